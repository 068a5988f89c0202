import { ResPartner } from "@point_of_sale/app/models/res_partner";
import { patch } from "@web/core/utils/patch";

patch(ResPartner.prototype, {
    moreOfCustomerRow() {
        const of = (name) => (!this.is_company && this[name]) || "";
        return {
            ...super.moreOfCustomerRow(...arguments),
            firstname: of("firstname"),
            lastname: of("lastname"),
        };
    },
});
