import { CustomerPickerPopup } from "@pos_customer/app/components/popups/customer_picker_popup/customer_picker_popup";
import { CustomerReassignPopup } from "@pos_customer/app/components/popups/customer_reassign_popup/customer_reassign_popup";
import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
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

    /** Another customer for a paid order: chosen, explained, and done in the server. */
    async onChangeCustomer(order) {
        if (!order.isSynced) {
            this.dialog.add(AlertDialog, {
                title: _t("The order is not on the server yet"),
                body: _t(
                    "It gets there by itself when the connection is back. Then change its customer."
                ),
            });
            return;
        }
        const partner = await makeAwaitable(this.dialog, CustomerPickerPopup, {
            title: _t("Whose order is %s?", order.pos_reference),
            canClear: Boolean(order.partner_id),
        });
        if (partner === undefined) {
            return;
        }
        const changed = await makeAwaitable(this.dialog, CustomerReassignPopup, { order, partner });
        if (changed?.length) {
            const partners = [order.partner_id, partner].filter(Boolean);
            await this.onCustomerChanged(changed, partners);
        }
    },

    /**
     * Show the orders as the server has them now: core forbids to change finalised ones here.
     *
     * @param {number[]} orderIds
     * @param {ResPartner[]} partners who had them and who has them
     */
    async onCustomerChanged(orderIds, partners) {
        await this.pos.data.loadServerOrders([["id", "in", orderIds]]);
    },
});
