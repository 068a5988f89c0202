import { expect, test } from "@odoo/hoot";
import { Deferred, tick } from "@odoo/hoot-mock";
import { PosStore } from "@point_of_sale/app/services/pos_store";

/** A till with a repair in its order, whose server answers with what the test says. */
function makeTill(answer) {
    const order = {
        canPay: () => true,
        getPartner: () => null,
        lines: [{ sale_order_origin_id: { id: 5 }, sale_order_line_id: { id: 6 }, qty: 1 }],
    };
    const call = (_model, method, [orderIds]) => {
        expect.step(`${method} ${orderIds}`);
        return answer;
    };
    return Object.assign(Object.create(PosStore.prototype), {
        config: { id: 1 },
        data: { network: { offline: false }, orm: { silent: { call } } },
        getOrder: () => order,
    });
}

test("a second tap counts for none while the server is asked about repairs", async () => {
    const answer = new Deferred();
    const pos = makeTill(answer);
    const first = pos.maySellNow();
    await tick();
    expect.verifySteps(["customer_repairs_paid 5"]);
    expect(await pos.maySellNow()).toBe(false);
    answer.resolve([]);
    expect(await first).toBe(true);
    expect.verifySteps([]);
});
