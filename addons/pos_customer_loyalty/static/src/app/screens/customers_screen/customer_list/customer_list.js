import { useEffect } from "@odoo/owl";
import { CustomerList } from "@pos_customer/app/screens/customers_screen/customer_list/customer_list";
import { patch } from "@web/core/utils/patch";
import { useDebounced } from "@web/core/utils/timing";

const DELAY = 200; // ms: who types or scrolls on wants other rows

patch(CustomerList.prototype, {
    /** What the customers who are seen have to spend comes after their rows. */
    setup() {
        super.setup(...arguments);
        const show = useDebounced((ids) => this.pos.loyaltyFigures.show(ids), DELAY);
        useEffect(
            (ids) => {
                if (ids && !this.isOffline) {
                    show(ids.split(",").map(Number));
                }
            },
            () => [this.shownRows.map(({ row }) => row.id).join(",")]
        );
    },
});
