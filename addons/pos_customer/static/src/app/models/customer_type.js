import { registry } from "@web/core/registry";
import { Base } from "@point_of_sale/app/models/related_models";

/** What a customer is to the shop: a student, a reseller, a colleague. */
export class CustomerType extends Base {
    static pythonModel = "customer.type";

    /** The list that gives the type its price here, loaded whatever the till offers. */
    get pricelist() {
        return this.effective_pricelist_id;
    }
}

registry.category("pos_available_models").add(CustomerType.pythonModel, CustomerType);
