import { NumberPopup } from "@point_of_sale/app/components/popups/number_popup/number_popup";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";
import { parseFloat } from "@web/views/fields/parsers";

const ALMOST = 0.005; // two amounts of points that differ by less are one

export const formatNumber = (number, options = {}) =>
    formatFloat(number, { digits: [69, 2], trailingZeros: false, ...options });

/** The number that was typed as the reader writes it; NaN for none. */
export function typedNumber(text) {
    try {
        return text === "" ? NaN : parseFloat(String(text));
    } catch {
        return NaN;
    }
}

/** Points, or money, of a programme as the reader writes them. */
export function formatPoints(pos, program, points) {
    return program.isMoney
        ? pos.env.utils.formatCurrency(points)
        : `${formatNumber(points)} ${program.unit}`;
}

/**
 * Why so many points cannot be spent, "" when they can.
 *
 * @param {number} points
 * @param {Object} limits
 * @param {number} limits.most there is use for
 * @param {number} limits.step they are spent by so many; 0 where any part of one counts
 * @param {function(number): string} limits.format
 */
export function pointsRefusal(points, { most, step, format }) {
    if (Number.isNaN(points) || points < 0) {
        return _t("Enter how much to spend.");
    }
    if (points > most + ALMOST) {
        return _t("At most %s can be spent here.", format(most));
    }
    // what is left to pay may need a part of the last step only
    const rest = step && points < most - ALMOST ? points % step : 0;
    if (rest > ALMOST && step - rest > ALMOST) {
        return _t("They are spent by %s.", format(step));
    }
    return "";
}

/** Ask how many points of a card the customer spends on this order, and spend them. */
export async function choosePoints(pos, order, { reward, coupon, spent }) {
    if (order.payment_ids.some((payment) => pos.isPaymentUnderWay(payment))) {
        pos.dialog.add(AlertDialog, {
            title: _t("A card payment is under way"),
            body: _t("Finish or cancel the payment on the terminal, then choose the points."),
        });
        return;
    }
    const most = order.getMostPoints(reward, coupon.id);
    const answer = await askPoints(pos, { reward, coupon, spent, most });
    if (answer === undefined) {
        return;
    }
    const total = order.priceIncl;
    const points = typedNumber(answer);
    // as many as there is use for: so it stays when the order changes
    const isMost = points > 0 && points > most - ALMOST;
    order.spendPoints(reward, coupon.id, isMost ? undefined : points);
    pos.updateRewards();
    pos.dropPaymentsOf(order, total);
}

/** @returns {Promise<string | undefined>} what fits, as it was typed */
async function askPoints(pos, { reward, coupon, spent, most }) {
    const { isMoney, name } = coupon.program_id;
    const format = (points) => formatPoints(pos, coupon.program_id, points);
    const money = (points) => pos.env.utils.formatCurrency(points * reward.discount);
    const step = isMoney ? 0 : reward.required_points;
    const refusal = (text) => pointsRefusal(typedNumber(text), { most, step, format });
    let answer = formatNumber(spent || most, { thousandsSep: "" });
    do {
        answer = await makeAwaitable(pos.dialog, NumberPopup, {
            title: name,
            subtitle: isMoney
                ? _t("At most %s, 0 for nothing.", format(most))
                : _t("At most %(points)s, worth %(amount)s. 0 for none.", {
                      points: format(most),
                      amount: money(most),
                  }),
            startingValue: answer,
            isValid: (text) => !refusal(text),
            feedback: (text) => refusal(text) || (isMoney ? "" : _t("Worth %s", money(typedNumber(text)))),
        });
        // its Enter key confirms what its button would not
    } while (answer !== undefined && refusal(answer));
    return answer;
}
