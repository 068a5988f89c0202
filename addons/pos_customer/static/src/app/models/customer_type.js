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

/** What a new customer gets: the default of the company or of those over it, else everyone's. */
export function defaultCustomerType(models) {
    const defaults = models["customer.type"].filter((type) => type.is_default);
    const company = models["pos.config"].getFirst()?.company_id?.id;
    return (
        defaults.find((type) => type.raw.company_id === company) ||
        defaults.find((type) => type.raw.company_id) ||
        defaults[0]
    );
}

registry.category("pos_available_models").add(CustomerType.pythonModel, CustomerType);
