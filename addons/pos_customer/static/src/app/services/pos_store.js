import { WhatsappPopup } from "@pos_customer/app/components/popups/whatsapp_popup/whatsapp_popup";
import { CustomerDrafts } from "@pos_customer/app/services/customer_drafts";
import { CustomerSync } from "@pos_customer/app/services/customer_sync";
import { maySell } from "@pos_customer/app/utils/customer_sale_check";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    async processServerData() {
        await super.processServerData(...arguments);
        this.customerSync = new CustomerSync(this);
        this.customerDrafts = new CustomerDrafts(this);
        window.addEventListener("pos-network-online", () => this.sendInterruptedOrders());
    },

    /**
     * A connection that broke while an order was sent leaves it as if it had arrived: core
     * would send it again only when the page is loaded again.
     */
    sendInterruptedOrders() {
        for (const order of this.models["pos.order"].filter((o) => o.isUnsyncedPaid)) {
            order._markDirty();
            this.addPendingOrder([order.id]);
        }
    },

    /**
     * Choose a message to the customer and open WhatsApp with it.
     *
     * @param {{ id: number, name: string }} partner
     * @param {PosOrder} [order] what it is about, once the server has it
     */
    openWhatsapp({ id, name }, order) {
        const document = order?.isSynced ? { document: `pos.order,${order.id}` } : {};
        this.dialog.add(WhatsappPopup, { partnerId: id, name, ...document });
    },

    /** A customer who is on the way goes first: the order then knows who they are. */
    async preSyncAllOrders() {
        await this.customerDrafts.settled();
        return super.preSyncAllOrders(...arguments);
    },

    /** Customers who rode in the orders are known now. */
    postSyncAllOrders() {
        this.customerDrafts.send();
        return super.postSyncAllOrders(...arguments);
    },

    /**
     * Changing the customer changes the prices. Once something has been paid the cashier
     * sees the new total and decides; what a terminal took stays on the order.
     */
    setPartnerToCurrentOrder(partner) {
        const set = (chosen) => super.setPartnerToCurrentOrder(chosen);
        // core's own addons do not hand on that this takes time
        this.customerOnTheWay = this.setPartnerWithCare(partner, set);
        return this.customerOnTheWay;
    },

    async setPartnerWithCare(partner, set) {
        const order = this.getOrder();
        if (partner && this.isBeingPaid(order) && !(await maySell(this, order, partner))) {
            return;
        }
        if (!order.payment_ids.length || order.isRefund) {
            return set(partner);
        }
        if (order.payment_ids.some((payment) => this.isPaymentUnderWay(payment))) {
            this.dialog.add(AlertDialog, {
                title: _t("A card payment is under way"),
                body: _t("Finish or cancel the payment on the terminal, then change the customer."),
            });
            return;
        }
        const before = { partner: order.partner_id, total: order.priceIncl, toInvoice: order.to_invoice };
        set(partner);
        if (order.currency.isZero(order.priceIncl - before.total)) {
            return;
        }
        if (await this.confirmNewTotal(order, before.total)) {
            this.dropOpenPayments(order);
        } else {
            set(before.partner || false);
            order.to_invoice = before.toInvoice;
        }
    },

    isBeingPaid(order) {
        return order.payment_ids.length > 0 || this.router.state.current === "PaymentScreen";
    },

    /** A blocked customer is refused before anything is paid. */
    async pay() {
        if (await this.maySellNow()) {
            return super.pay(...arguments);
        }
    },

    async validateOrderFast() {
        if (await this.maySellNow()) {
            return super.validateOrderFast(...arguments);
        }
    },

    /** Whether the customer of the order may pay now; a second tap meanwhile counts for none. */
    async maySellNow() {
        if (this.isCheckingSale) {
            return false;
        }
        this.isCheckingSale = true;
        try {
            const order = this.getOrder();
            return (
                !order.canPay() ||
                ((await maySell(this, order, order.getPartner(), { again: true })) && (await this.mayPayMore()))
            );
        } finally {
            this.isCheckingSale = false;
        }
    },

    /** Whether nothing else stands against the payment; other modules ask what they know of. */
    async mayPayMore() {
        return true;
    },

    isPaymentUnderWay(payment) {
        return payment.isElectronic() && !["done", "reversed", "retry", "pending"].includes(payment.payment_status);
    },

    /** Payments that a terminal has taken cannot be undone by changing the customer. */
    terminalPayments(order) {
        return order.payment_ids.filter((payment) => payment.isElectronic() && payment.isDone());
    },

    async confirmNewTotal(order, oldTotal) {
        const format = (amount) => this.env.utils.formatCurrency(amount);
        const total = order.priceIncl;
        const taken = this.terminalPayments(order).reduce((sum, payment) => sum + payment.getAmount(), 0);
        const lines = [
            _t("The total was %(old)s and is now %(new)s.", { old: format(oldTotal), new: format(total) }),
        ];
        if (taken && taken > total) {
            lines.push(
                _t("The terminal has taken %(taken)s: give back %(difference)s.", {
                    taken: format(taken),
                    difference: format(taken - total),
                })
            );
        } else if (taken) {
            lines.push(
                _t("The terminal has taken %(taken)s: %(difference)s is still to pay.", {
                    taken: format(taken),
                    difference: format(total - taken),
                })
            );
        }
        lines.push(_t("Other payments have to be entered again."));
        return ask(this.dialog, {
            title: _t("The customer changes the total"),
            body: lines.join(" "),
            confirmLabel: _t("Keep the new customer"),
            cancelLabel: _t("Back to the old customer"),
        });
    },

    dropOpenPayments(order) {
        const kept = new Set(this.terminalPayments(order));
        for (const payment of order.payment_ids.filter((line) => !kept.has(line))) {
            order.removePaymentline(payment);
        }
    },

    // -- the customer of the order under way ----------------------------------------

    /** On the Customers screen, which leads back here; core's dialog is for tills set so. */
    async selectPartner(currentOrder = this.getOrder()) {
        const isFixed = currentOrder?.getPartner() && currentOrder.getHasRefundLines();
        if (!currentOrder || isFixed || this.config.customer_core_dialog) {
            return super.selectPartner(...arguments);
        }
        const partner = await this.chooseCustomer(currentOrder);
        if (partner !== undefined) {
            await this.giveCustomer(partner);
        }
        return currentOrder.getPartner();
    },

    /**
     * Show the Customers screen until somebody is chosen, and come back from there.
     *
     * @returns {Promise<ResPartner | false | undefined>} false for no customer, undefined
     *      when the screen was left without an answer
     */
    chooseCustomer(order) {
        const { current, params } = this.router.state;
        return new Promise((resolve) => {
            const answer = (partner) => {
                resolve(partner);
                this.navigate(current, params);
            };
            this.navigate("CustomersScreen", {
                choosing: {
                    current: order.getPartner(),
                    choose: answer,
                    cancel: () => answer(undefined),
                    abandon: () => resolve(undefined),
                },
            });
        });
    },

    /**
     * Give the order under way its customer, or none; prices and points follow.
     *
     * @returns {Promise<boolean>} whether the order has this customer now
     */
    async giveCustomer(partner) {
        const order = this.getOrder();
        const current = order.getPartner();
        if (current && current.id !== partner?.id && order.getHasRefundLines()) {
            this.dialog.add(AlertDialog, {
                title: _t("The customer of a refund stays"),
                body: _t(
                    "The order has refund lines for %s. Make a new order for another customer.",
                    current.name
                ),
            });
            return false;
        }
        await this.setPartnerToCurrentOrder(partner);
        await this.customerOnTheWay;
        await this.updateRewards?.(); // of pos_loyalty, where it is installed
        return order.getPartner()?.id === partner?.id;
    },
});
