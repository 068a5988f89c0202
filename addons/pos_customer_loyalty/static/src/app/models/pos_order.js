import { formatNumber } from "@pos_customer_loyalty/app/utils/points_choice";
import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { formatCurrency } from "@point_of_sale/app/models/utils/currency";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

// how many points of a card count while one reward is computed; see `spendPoints`
let limit = null;

function withLimit(newLimit, compute) {
    const before = limit;
    limit = newLimit;
    try {
        return compute();
    } finally {
        limit = before;
    }
}

const keyOf = (reward, couponId) => `${reward.id}-${couponId}`;

patch(PosOrder.prototype, {
    // -- what it tells the server ----------------------------------------------------

    /** What the sale earns and spends rides in the order, and is applied once with it. */
    serializeForORM() {
        const data = super.serializeForORM(...arguments);
        if (this.finalized && this.uiState?.loyaltyChanges) {
            data.loyalty_changes = this.uiState.loyaltyChanges;
        }
        return data;
    },

    // -- what it earns ---------------------------------------------------------------

    _programIsApplicable(program) {
        return super._programIsApplicable(...arguments) && program.takesCustomer(this.getPartner());
    },

    isLineValidForLoyaltyPoints(line) {
        return super.isLineValidForLoyaltyPoints(...arguments) && !line.isReturned;
    },

    /** A mere return earns nothing, not even what a programme gives for each order. */
    pointsForPrograms() {
        const points = super.pointsForPrograms(...arguments);
        if (!this.isMereReturn) {
            return points;
        }
        return Object.fromEntries(Object.keys(points).map((id) => [id, []]));
    },

    get isMereReturn() {
        return (
            this.getHasRefundLines() &&
            this.lines.every((line) => line.is_reward_line || line.isReturned)
        );
    },

    /** Points that wait are no points of this order yet. */
    getWaitingPoints(couponId) {
        const change = Object.values(this.uiState.couponPointChanges).find(
            ({ coupon_id }) => coupon_id === couponId
        );
        const program = change && this.models["loyalty.program"].get(change.program_id);
        return program?.pointsWait ? change.points : 0;
    },

    _getRealCouponPoints(couponId) {
        const points = super._getRealCouponPoints(...arguments) - this.getWaitingPoints(couponId);
        return limit?.couponId === couponId ? Math.min(points, limit.points) : points;
    },

    /** Core takes off what the free product itself earns: nothing, where points wait. */
    _isRewardProductPartOfRules(reward) {
        return !reward.program_id.pointsWait && super._isRewardProductPartOfRules(...arguments);
    },

    // -- what it gives ---------------------------------------------------------------

    getClaimableRewards() {
        const partner = this.getPartner();
        return super
            .getClaimableRewards(...arguments)
            .filter(({ reward }) => reward.program_id.takesCustomer(partner));
    },

    _applyReward(reward) {
        if (!reward.program_id.takesCustomer(this.getPartner())) {
            return reward.program_id.typesText;
        }
        return super._applyReward(...arguments);
    },

    /** Points that were earned now and can be spent later stand apart from the balance. */
    getLoyaltyPoints() {
        return super.getLoyaltyPoints(...arguments).map((stat) => {
            if (!stat.program.pointsWait) {
                return stat;
            }
            const { won, total, ...points } = stat.points;
            const left = parseFloat((total - won).toFixed(2));
            return { ...stat, points: { ...points, won: 0, waiting: won, total: left } };
        });
    },

    /** What core's receipt does not say: points that wait, a balance of zero, and what a return did. */
    getPointsReceipt() {
        const { clawed_back = [], given_back = [], pending = [] } = this.uiState.loyaltyResult || {};
        const programs = this.models["loyalty.program"];
        const line = (program, label, points) => ({
            label,
            text: program.isMoney ? formatCurrency(points, this.currency) : formatNumber(points),
        });
        const stats = this.getLoyaltyPoints()
            .filter(({ program, points }) => program.portal_visible && (points.won || points.spent || points.waiting))
            .map(({ program, points }) => {
                const row = pending.find(({ program_id }) => program_id === program.id);
                const day = row ? deserializeDate(row.ready_on) : undefined;
                const isPrinted = (points.won || points.spent) && points.balance;
                return [
                    points.waiting &&
                        line(program, program.getWaitingText(day), row ? row.points : points.waiting),
                    !isPrinted && line(program, _t("Balance %s:", program.unit), points.balance),
                ];
            });
        const returned = new Map([...clawed_back, ...given_back].map((row) => [row.card_id, row.program_id]));
        const cards = [...returned].map(([cardId, programId]) => {
            const program = programs.get(programId);
            if (!program) {
                return [];
            }
            const { unit } = program;
            const of = (rows) =>
                rows
                    .filter((row) => row.card_id === cardId)
                    .reduce((sum, row) => sum + row.points + (row.pending || 0), 0);
            const card = this.models["loyalty.card"].get(cardId);
            return [
                of(clawed_back) && line(program, _t("%s taken back:", unit), of(clawed_back)),
                of(given_back) && line(program, _t("%s given back:", unit), of(given_back)),
                card && line(program, _t("Balance %s:", unit), card.points),
            ];
        });
        return [...stats, ...cards.filter(([taken, given]) => taken || given)]
            .map((lines) => lines.filter(Boolean))
            .filter((lines) => lines.length);
    },

    // -- how many points it spends ----------------------------------------------------

    /** Where the customer chooses how much: rewards worth so much for each point. */
    getSpendableRewards() {
        const cards = this.models["loyalty.card"];
        const couponIds = [
            ...Object.values(this.uiState.couponPointChanges).map((change) => change.coupon_id),
            ...this._code_activated_coupon_ids.map((coupon) => coupon.id),
        ];
        return [...new Set(couponIds)]
            .map((id) => cards.get(id))
            .filter((coupon) => coupon?.program_id?.takesCustomer(this.getPartner()))
            .flatMap((coupon) =>
                coupon.program_id.reward_ids
                    .filter((reward) => reward.discount_mode === "per_point" && !reward.clear_wallet)
                    .map((reward) => ({ reward, coupon, spent: this.getSpentPoints(reward, coupon.id) }))
            )
            .filter(
                ({ reward, coupon, spent }) =>
                    spent > 0 ||
                    (this.priceIncl > 0 &&
                        this._getRealCouponPoints(coupon.id) >= Math.max(reward.required_points, 0.01))
            );
    },

    getRewardLinesOf(reward, couponId) {
        return this._get_reward_lines().filter(
            (line) => line.reward_id?.id === reward.id && line.coupon_id?.id === couponId
        );
    },

    getSpentPoints(reward, couponId) {
        return this.getRewardLinesOf(reward, couponId).reduce((sum, line) => sum + line.points_cost, 0);
    },

    /**
     * Spend so many points of a card on a reward, and no more when the order changes.
     *
     * @param {number} [points] 0 for none, nothing for as many as there is use for
     * @returns {true | string} as `_applyReward`
     */
    spendPoints(reward, couponId, points) {
        for (const line of this.getRewardLinesOf(reward, couponId)) {
            line.delete();
        }
        const { [keyOf(reward, couponId)]: _former, ...chosen } = this.uiState.chosenPoints || {};
        this.uiState.chosenPoints = points ? { ...chosen, [keyOf(reward, couponId)]: points } : chosen;
        return points === 0 || this._applyReward(reward, couponId, {});
    },

    /** What was chosen for a reward that the cashier takes away counts no more. */
    removeOrderline(line) {
        if (line.is_reward_line && line.reward_id && line.coupon_id) {
            const { [keyOf(line.reward_id, line.coupon_id.id)]: _former, ...chosen } =
                this.uiState.chosenPoints || {};
            this.uiState.chosenPoints = chosen;
        }
        return super.removeOrderline(...arguments);
    },

    _resetPrograms() {
        super._resetPrograms(...arguments);
        this.uiState.chosenPoints = {};
    },

    /** How many points there is use for: what core would spend. */
    getMostPoints(reward, couponId) {
        const lines = this.getRewardLinesOf(reward, couponId);
        const former = this.uiState.chosenPoints?.[keyOf(reward, couponId)];
        this.spendPoints(reward, couponId);
        const most = this.getSpentPoints(reward, couponId);
        this.spendPoints(reward, couponId, lines.length ? former : 0);
        return most;
    },

    _getRewardLineValuesDiscount({ reward, coupon_id: couponId }) {
        const points = this.uiState.chosenPoints?.[keyOf(reward, couponId)];
        const isChosen = points !== undefined && reward.discount_mode === "per_point";
        return withLimit(isChosen ? { couponId, points } : limit, () =>
            super._getRewardLineValuesDiscount(...arguments)
        );
    },
});
