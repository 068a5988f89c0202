import { useState } from "@odoo/owl";
import { CustomerRow } from "@pos_customer/app/screens/customers_screen/customer_row/customer_row";
import { patch } from "@web/core/utils/patch";

patch(CustomerRow.prototype, {
    setup() {
        super.setup(...arguments);
        this.figures = useState(this.pos.loyaltyFigures.texts);
    },
});
