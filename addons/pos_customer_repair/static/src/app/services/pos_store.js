import { currentCustomer } from "@pos_customer/app/utils/load_customer";
import { CustomerPickerPopup } from "@pos_customer/app/components/popups/customer_picker_popup/customer_picker_popup";
import { maySell } from "@pos_customer/app/utils/customer_sale_check";
import { withPatience } from "@pos_customer/app/utils/patience";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { WorkOrderPopup } from "@pos_customer_repair/app/components/popups/work_order_popup/work_order_popup";
import { RepairTicket } from "@pos_customer_repair/app/components/repair_ticket/repair_ticket";
import { WorkOrder } from "@pos_customer_repair/app/utils/work_order";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    // -- taking in ------------------------------------------------------------------

    /** Take in what `partner` brings, or the customer of the order, or one chosen first. */
    async startWorkOrder(partner = this.getOrder()?.getPartner()) {
        partner ||= await makeAwaitable(this.dialog, CustomerPickerPopup, {
            title: _t("Whose repair is it?"),
        });
        if (!partner) {
            return;
        }
        if (typeof partner.id !== "number" || partner.id < 0) {
            this.dialog.add(AlertDialog, {
                title: _t("This customer is not sent yet"),
                body: _t(
                    "A work order needs a connection, and the customer on the server. Try again when the connection is back."
                ),
            });
            return;
        }
        const workOrder = new WorkOrder(this.config.id, partner.id);
        if (!(await this.mayServe(partner, workOrder.uuid))) {
            return;
        }
        const made = await makeAwaitable(this.dialog, WorkOrderPopup, { partner, workOrder });
        if (made) {
            await this.workOrderMade(made, partner);
        }
    },

    /** Whether the customer is not blocked, or a colleague allows this one repair. */
    mayServe(partner, repairUuid) {
        // what is allowed for a sale is not for a repair
        const uuid = `repair:${repairUuid}`;
        return maySell(this, { uuid, priceIncl: 1, isRefund: false, uiState: {} }, partner, { again: true });
    },

    async workOrderMade({ ticket, deposit }, partner) {
        if (ticket.changed) {
            this.printRepairTicket(ticket);
            this.dialog.add(AlertDialog, {
                title: _t("%s was taken in before", ticket.name),
                body: _t(
                    "Its answer came too late the first time. The ticket shows what was taken in; what you changed since is not in it. Tell the workshop, and take a deposit on the customer's card."
                ),
            });
            return;
        }
        this.notification.add(_t("%s is made.", ticket.name), { type: "success" });
        this.printRepairTicket(ticket);
        if (deposit) {
            await this.saying(() => this.takeRepairDeposit(ticket.id, partner, deposit));
        }
    },

    async printRepairTicket(ticket) {
        const { company, currency } = this;
        const { formatCurrency } = this.env.utils;
        return this.printer.print(
            RepairTicket,
            { ticket, company, currency, formatCurrency },
            { webPrintFallback: true }
        );
    },

    // -- the card of the customer -----------------------------------------------------

    async reprintRepairTicket(repairId) {
        await this.saying(async () => {
            await this.printRepairTicket(await this.callRepair("customer_repair_ticket", repairId));
        });
    },

    /** Take a deposit on a repair of the card, as core does on any sale order. */
    async depositOnRepair(repair, partnerId) {
        await this.saying(async () => {
            const partner = await currentCustomer(this, partnerId);
            if (await this.mayServe(partner, repair.uuid)) {
                await this.takeRepairDeposit(repair.id, partner);
            }
        });
    },

    /** A finished repair comes into the till: its parts, its labour, less the deposit. */
    async collectRepair(repair, partnerId) {
        await this.saying(async () => {
            const partner = await currentCustomer(this, partnerId);
            if (!(await this.mayServe(partner, repair.uuid))) {
                return;
            }
            const orderId = await this.callRepair("customer_repair_collect", repair.id);
            if (this.openRepairOrder(orderId)) {
                return;
            }
            const saleOrder = await this.bringSaleOrder(orderId, partner);
            if (saleOrder.amount_paid > 0) {
                // paid by a link or in the web shop
                await this.addDownPaymentProductOrderlineToOrder(saleOrder, -saleOrder.amount_paid, false);
            }
            await this.settleSO(saleOrder, saleOrder.fiscal_position_id);
            this.keepAgreedPrices();
            this.showOrder();
        });
    },

    // -- core's settling, without its question -----------------------------------------

    /** @param {number} [amount] asked for, as core does, where it is not given */
    async takeRepairDeposit(repairId, partner, amount) {
        const orderId = await this.callRepair("customer_repair_deposit", repairId);
        if (this.openRepairOrder(orderId)) {
            return;
        }
        const saleOrder = await this.bringSaleOrder(orderId, partner);
        if (amount) {
            await this.addDownPaymentProductOrderlineToOrder(saleOrder, amount, false);
        } else {
            await this.downPaymentSO(saleOrder, false);
        }
        this.showOrder();
    },

    /** Show the order that holds it already: nothing is in the till twice. */
    openRepairOrder(saleOrderId) {
        const line = this.models["pos.order.line"].find(
            (l) => l.sale_order_origin_id?.id === saleOrderId && l.order_id && !l.order_id.finalized
        );
        if (!line) {
            return false;
        }
        this.setOrder(line.order_id);
        this.showOrder();
        return true;
    },

    /** Core rounds unit prices: what was agreed with its taxes would be a cent off. */
    keepAgreedPrices() {
        for (const line of this.getOrder().lines) {
            const sold = line.sale_order_line_id;
            // another unit has another price, which is no matter of rounding
            if (sold && !sold.is_downpayment && Math.abs(line.price_unit - sold.price_unit) < 0.01) {
                line.price_unit = sold.price_unit;
            }
        }
    },

    /**
     * An order of its own for who pays: what was under way stays as it is.
     *
     * @param {ResPartner} partner whose repair it is
     */
    async bringSaleOrder(saleOrderId, partner) {
        const saleOrder = await this._getSaleOrder(saleOrderId);
        const payer = saleOrder.partner_id || partner;
        const order = this.getOrder();
        const isFree =
            order && order.isEmpty() && !order.payment_ids.length && [undefined, payer.id].includes(order.getPartner()?.id);
        if (!isFree) {
            this.addNewOrder();
        }
        await this.giveCustomer(payer);
        this.getOrder().update({ fiscal_position_id: saleOrder.fiscal_position_id });
        return saleOrder;
    },

    /** Two tills may have brought the same repair: the second one is not paid again. */
    async mayPayMore() {
        return (await super.mayPayMore(...arguments)) && (await this.mayPayRepairs());
    },

    async mayPayRepairs() {
        const orderIds = this.getOrder()
            .lines.filter((line) => line.sale_order_origin_id && line.sale_order_line_id && line.qty > 0)
            .map((line) => line.sale_order_origin_id.id);
        if (!orderIds.length || this.data.network.offline) {
            return true;
        }
        let paid = [];
        try {
            paid = await withPatience(
                this.data.orm.silent.call("repair.order", "customer_repairs_paid", [
                    [...new Set(orderIds)],
                    this.config.id,
                ])
            );
        } catch {
            // no error of the question may keep a shop from selling
        }
        if (paid.length) {
            this.dialog.add(AlertDialog, {
                title: _t("This repair is charged already"),
                body: _t(
                    "%s was paid or invoiced meanwhile. Cancel this order. The customer's card says what is still to be paid.",
                    paid.join(", ")
                ),
            });
        }
        return !paid.length;
    },

    showOrder() {
        this.mobile_pane = "left"; // a phone shows what is to be paid
        this.navigate("ProductScreen", { orderUuid: this.getOrder().uuid });
    },

    callRepair(method, repairId) {
        return this.data.orm.call("repair.order", method, [[repairId], this.config.id]);
    },

    /** Do it; a refusal of the server is told. */
    async saying(act) {
        try {
            await act();
        } catch (error) {
            this.dialog.add(AlertDialog, { title: _t("This was not possible"), body: serverMessage(error) });
        }
    },
});
