import { LoyaltyFigures } from "@pos_customer_loyalty/app/services/loyalty_figures";
import { reduceRefund } from "@pos_customer_loyalty/app/utils/refund_reduction";
import { loyaltyIdsGenerator } from "@pos_loyalty/app/services/pos_store";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { logPosMessage } from "@point_of_sale/app/utils/pretty_console_log";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** `store` with another answer to the calls that it makes of the server. */
const answering = (store, call) =>
    Object.create(store, { data: { value: Object.create(store.data, { call: { value: call } }) } });

patch(PosStore.prototype, {
    async processServerData() {
        await super.processServerData(...arguments);
        this.loyaltyFigures = new LoyaltyFigures(this);
    },

    // -- the order and its points --------------------------------------------------------

    /**
     * What core would tell the server about the points of a paid order, afterwards and by a
     * call of its own: it is taken down while the till knows it, and rides in the order.
     */
    async noteLoyaltyChanges(order) {
        const noted = {};
        const call = (_model, _method, [_id, changes]) => {
            Object.assign(noted, changes);
            return {};
        };
        await super.postProcessLoyalty.call(answering(this, call), order);
        order.uiState.loyaltyChanges = noted;
        delete order.uiState.loyaltyResult;
    },

    async preSyncAllOrders(orders) {
        await super.preSyncAllOrders(...arguments);
        for (const order of orders) {
            if (order.state === "paid" && !order.uiState.loyaltyChanges) {
                await this.noteLoyaltyChanges(order); // paid without the payment screen
            }
        }
    },

    /** The server has done it with the order: show what came of it. */
    async postProcessLoyalty(order) {
        const { loyaltyChanges, loyaltyResult } = order.uiState;
        if (!loyaltyChanges || loyaltyResult) {
            return; // sold elsewhere, or heard of before
        }
        if (!Object.keys(loyaltyChanges).length && !order.getHasRefundLines()) {
            return;
        }
        let result;
        try {
            result = await this.data.call("pos.order", "customer_loyalty_result", [order.id]);
        } catch (error) {
            // the sale is done, and so are its points: an error would make it open again
            logPosMessage("Store", "postProcessLoyalty", "The points are not known yet", false, [error]);
            return;
        }
        order.uiState.loyaltyResult = result || {};
        await super.postProcessLoyalty.call(answering(this, () => result || {}), order);
        this.followNewCards(order, result?.coupon_updates || []);
        if (order.getHasRefundLines() && order.getPartner()) {
            await this.loyaltyFigures.refresh([order.getPartner().id]);
        }
    },

    /** A card that the order made has another id now: core forgets it, and its balance. */
    followNewCards(order, updates) {
        for (const change of Object.values(order.uiState.couponPointChanges)) {
            const update = updates.find(({ old_id }) => old_id === change.coupon_id);
            change.coupon_id = update?.id || change.coupon_id;
        }
    },

    // -- figures that are fresh ----------------------------------------------------------

    /** Core asks for a card when a customer is picked: once for all their programmes. */
    async _updatePrograms() {
        this.loyaltyFigures.beginPick();
        await super._updatePrograms(...arguments);
        this.loyaltyFigures.state.version++;
    },

    /** Until who was chosen a moment ago is the customer of the order. */
    async customerSettled() {
        await this.customerGiven?.catch(() => {});
    },

    giveCustomer() {
        this.customerGiven = super.giveCustomer(...arguments);
        return this.customerGiven;
    },

    /** The card as the server has it now; without a connection, or without one, as it may be. */
    async fetchLoyaltyCard(programId, partnerId) {
        await this.loyaltyFigures.ofPick(partnerId);
        return (
            this.models["loyalty.card"].find(
                (card) => card.partner_id?.id === partnerId && card.program_id?.id === programId
            ) ||
            this.models["loyalty.card"].create({
                id: loyaltyIdsGenerator(),
                code: null,
                program_id: this.models["loyalty.program"].get(programId),
                partner_id: this.models["res.partner"].get(partnerId),
                points: 0,
                expiration_date: null,
            })
        );
    },

    async setPartnerToCurrentOrder(partner) {
        const before = this.getOrder().getPartner();
        super.setPartnerToCurrentOrder(...arguments);
        await this.customerOnTheWay;
        if (partner && before?.id === partner.id) {
            await this.loyaltyFigures.refresh([partner.id]); // picked once more
        }
    },

    getLoyaltyCards() {
        return super.getLoyaltyCards(...arguments).filter((card) => card?.points);
    },

    // -- programmes for certain types ------------------------------------------------------

    async activateCode(code) {
        const rule = this.models["loyalty.rule"].find(
            ({ mode, promo_barcode, code: own }) => mode === "with_code" && [promo_barcode, own].includes(code)
        );
        if (rule && !rule.program_id.takesCustomer(this.getOrder().getPartner())) {
            return rule.program_id.typesText;
        }
        return super.activateCode(...arguments);
    },

    getPotentialFreeProductRewards() {
        const partner = this.getOrder()?.getPartner();
        return super
            .getPotentialFreeProductRewards(...arguments)
            .filter(({ reward }) => reward.program_id.takesCustomer(partner));
    },

    // -- before a payment ------------------------------------------------------------------

    /** The points of a return may be spent already. */
    async mayPayMore() {
        return (await super.mayPayMore(...arguments)) && reduceRefund(this, this.getOrder());
    },

    /** The total is another: what was entered for the old one counts no more. */
    dropPaymentsOf(order, oldTotal) {
        if (order.payment_ids.length && !order.currency.isZero(order.priceIncl - oldTotal)) {
            this.dropOpenPayments(order);
            this.notification.add(_t("The total has changed. Enter the payments again."), { type: "warning" });
        }
    },
});
