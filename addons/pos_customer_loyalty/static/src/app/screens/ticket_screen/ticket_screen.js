import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import { patch } from "@web/core/utils/patch";

patch(TicketScreen.prototype, {
    /** Points moved with the order: the cards that the till holds are out of date. */
    async onCustomerChanged(orderIds, partners) {
        await super.onCustomerChanged(...arguments);
        const ids = partners.map((partner) => partner.id);
        await this.pos.fetchCoupons([["partner_id", "in", ids]], false);
    },
});
