import { withPatience } from "@pos_customer/app/utils/patience";
import { formatNumber } from "@pos_customer_loyalty/app/utils/points_choice";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

/**
 * Points of a return may be spent already. Where the programme says so the refund is
 * reduced by what they were worth, with the cashier's word.
 *
 * @returns {Promise<boolean>} whether the refund can be paid
 */
export async function reduceRefund(pos, order) {
    if (!order || order.finalized || !order.getHasRefundLines()) {
        return true;
    }
    const missing = await missingPoints(pos, order);
    const amount = missing.reduce((sum, row) => sum + row.amount, 0);
    const lines = order.lines.filter((line) => line.isForMissingPoints);
    const reduced = lines.reduce((sum, line) => sum + line.price_unit * line.qty, 0);
    if (order.currency.isZero(amount - reduced)) {
        return true;
    }
    if (amount && !(await ask(pos.dialog, question(pos, missing, amount)))) {
        return false;
    }
    const total = order.priceIncl;
    lines.forEach((line) => line.delete());
    missing.forEach((row) => addLine(pos, order, row));
    pos.dropPaymentsOf(order, total);
    return true;
}

/** What the server says; without a connection it notes by itself what is missing. */
async function missingPoints(pos, order) {
    const lines = order.lines.filter((line) => line.refunded_orderline_id);
    const sale = lines[0].refunded_orderline_id.order_id;
    if (!sale?.isSynced) {
        return [];
    }
    const returned = lines.map((line) => ({ line_id: line.refunded_orderline_id.id, qty: -line.qty }));
    try {
        const answer = await withPatience(
            pos.data.call("pos.order", "customer_loyalty_refund_preview", [[sale.id], returned])
        );
        return answer
            .filter(({ policy, amount }) => policy === "reduce" && amount > 0)
            .map((row) => ({
                ...row,
                amount: order.currency.round(row.amount),
                product: discountProduct(pos, row.program_id),
            }))
            .filter(({ product }) => product);
    } catch (error) {
        if (error instanceof ConnectionLostError) {
            return [];
        }
        throw error;
    }
}

function question(pos, missing, amount) {
    const points = missing.map(({ program, shortfall }) =>
        _t("%(points)s of the points of “%(program)s” are spent already.", {
            points: formatNumber(shortfall),
            program,
        })
    );
    const sum = _t("The refund is reduced by %s.", pos.env.utils.formatCurrency(amount));
    return {
        title: _t("Points of this return are spent"),
        body: [...points, sum].join(" "),
        confirmLabel: _t("Reduce the refund"),
        cancelLabel: _t("Back"),
    };
}

/** What the points were spent on: the discount that is given back in part. */
function discountProduct(pos, programId) {
    const program = pos.models["loyalty.program"].get(programId);
    const rewards = program?.reward_ids.filter((reward) => reward.discount_line_product_id) || [];
    const reward = rewards.find((reward) => reward.reward_type === "discount") || rewards[0];
    return reward?.discount_line_product_id;
}

function addLine(pos, order, { program, shortfall, amount, product }) {
    pos.models["pos.order.line"].create({
        order_id: order,
        product_id: product,
        qty: 1,
        price_unit: amount,
        price_type: "manual",
        tax_ids: [],
        customer_note: `${program}: ${formatNumber(shortfall)}`,
    });
}
