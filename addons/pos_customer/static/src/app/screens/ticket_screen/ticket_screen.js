import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import { patch } from "@web/core/utils/patch";

patch(TicketScreen.prototype, {
    /**
     * A refund has the price list and the taxes of the order that it refunds, also when
     * that one had none. Core keeps those of the new order where the old has none.
     */
    postRefund(destinationOrder) {
        super.postRefund(...arguments);
        const refunded = destinationOrder.refunded_order_id;
        destinationOrder.pricelist_id = refunded.pricelist_id;
        destinationOrder.fiscal_position_id = refunded.fiscal_position_id;
    },
});
