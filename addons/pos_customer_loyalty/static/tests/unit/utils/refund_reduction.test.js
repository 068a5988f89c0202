import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { reduceRefund } from "@pos_customer_loyalty/app/utils/refund_reduction";
import { ConnectionLostError } from "@web/core/network/rpc";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";

describe.current.tags("headless");
beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, { decimalPoint: ".", grouping: [3, 0], thousandsSep: "," });
});

const SALE = { id: 7, isSynced: true };
const BOOK = { refunded_orderline_id: { id: 70, order_id: SALE }, qty: -2, delete: () => {} };
const SPENT = { program_id: 1, program: "Bonus", points: 30, shortfall: 30, policy: "reduce", amount: 3 };

function till({ preview = [SPENT], agrees = true, lines = [BOOK] } = {}) {
    const order = {
        lines: [...lines],
        finalized: false,
        priceIncl: -20,
        payment_ids: [],
        currency: { round: (x) => x, isZero: (x) => Math.abs(x) < 0.005 },
        getHasRefundLines: () => lines.some((line) => line.refunded_orderline_id),
    };
    const calls = [];
    const pos = {
        calls,
        asked: [],
        env: { utils: { formatCurrency: (x) => `${x} €` } },
        models: {
            "loyalty.program": {
                get: (id) => (id === 1 ? { reward_ids: [{ discount_line_product_id: { id: 5 } }] } : undefined),
            },
            "pos.order.line": { create: (values) => order.lines.push(values) },
        },
        data: {
            call: async (...args) => {
                calls.push(args);
                if (preview instanceof Error) {
                    throw preview;
                }
                return preview;
            },
        },
        dialog: {
            add: (_dialog, props) => {
                pos.asked.push(props.body);
                (agrees ? props.confirm : props.cancel)();
            },
        },
        dropPaymentsOf: () => {},
    };
    return { pos, order };
}

test("with the cashier's word a line stands for the points that are spent", async () => {
    const { pos, order } = till();
    expect(await reduceRefund(pos, order)).toBe(true);
    expect(pos.calls[0].slice(1)).toEqual([
        "customer_loyalty_refund_preview",
        [[7], [{ line_id: 70, qty: 2 }]],
    ]);
    expect(pos.asked[0]).toMatch("30 of the points of “Bonus”");
    const line = order.lines.at(-1);
    expect([line.product_id.id, line.qty, line.price_unit]).toEqual([5, 1, 3]);
});

test("without it the refund is not paid", async () => {
    const { pos, order } = till({ agrees: false });
    expect(await reduceRefund(pos, order)).toBe(false);
    expect(order.lines).toHaveLength(1);
});

test("a refund that is reduced already is not reduced again", async () => {
    const line = { isForMissingPoints: true, price_unit: 3, qty: 1, delete: () => {} };
    const { pos, order } = till({ lines: [BOOK, line] });
    expect(await reduceRefund(pos, order)).toBe(true);
    expect(pos.asked).toHaveLength(0);
    expect(order.lines).toHaveLength(2);
});

test("what the till has no discount for is left to the server to note", async () => {
    const { pos, order } = till({ preview: [{ ...SPENT, program_id: 2 }] });
    expect(await reduceRefund(pos, order)).toBe(true);
    expect(order.lines).toHaveLength(1);
});

test("nothing is asked where nothing is missing, or another policy counts", async () => {
    for (const preview of [[], [{ ...SPENT, policy: "negative", amount: 0 }]]) {
        const { pos, order } = till({ preview });
        expect(await reduceRefund(pos, order)).toBe(true);
        expect(pos.asked).toHaveLength(0);
    }
});

test("without a connection the refund goes on", async () => {
    const { pos, order } = till({ preview: new ConnectionLostError() });
    expect(await reduceRefund(pos, order)).toBe(true);
});

test("a sale is no refund", async () => {
    const { pos, order } = till({ lines: [{ qty: 1 }] });
    expect(await reduceRefund(pos, order)).toBe(true);
    expect(pos.calls).toHaveLength(0);
});
