import { expect, test } from "@odoo/hoot";
import { advanceTime, Deferred, mockDate, tick } from "@odoo/hoot-mock";
import { blockText, heldBlocks, isOver } from "@pos_customer/app/utils/customer_block";
import { maySell } from "@pos_customer/app/utils/customer_sale_check";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";
import { ConnectionLostError } from "@web/core/network/rpc";

const blocked = { blocked: true, reason: "unpaid", until: "", through: "", may_override: false };
const free = { blocked: false };

function makePartner(values = {}) {
    return {
        id: 7,
        name: "Bo",
        customer_blocked_pos: false,
        customer_blocked_pos_reason: false,
        customer_blocked_pos_until: false,
        isBlockedAtTill() {
            return this.customer_blocked_pos && !isOver(this.customer_blocked_pos_until);
        },
        ...values,
    };
}

const held = (values = {}) =>
    makePartner({ customer_blocked_pos: true, customer_blocked_pos_reason: "unpaid", ...values });

/** A till whose server answers with what the test says, and whose dialogs are counted. */
function makeTill({ answer = free, offline = false, employees = false } = {}) {
    allowTranslations();
    const asked = [];
    const dialogs = [];
    const call = async (model, method, args, kwargs) => {
        asked.push({ method, args, kwargs });
        const result = await answer;
        if (result instanceof Error) {
            throw result;
        }
        return method === "customer_check_pos" ? result : true;
    };
    const pos = {
        config: { id: 1, module_pos_hr: employees },
        data: {
            network: { offline },
            orm: { call, silent: { call } },
            callRelated: async () => ({}),
        },
        dialog: { add: (component, props) => dialogs.push(props) },
    };
    return { pos, asked, dialogs, methods: () => asked.map(({ method }) => method) };
}

const makeOrder = (values = {}) => ({
    uuid: "u-1",
    priceIncl: 20,
    isRefund: false,
    uiState: {},
    ...values,
});

test("nobody and a refund need no question", async () => {
    const { pos, asked } = makeTill({ answer: blocked });
    expect(await maySell(pos, makeOrder(), undefined)).toBe(true);
    expect(await maySell(pos, makeOrder({ priceIncl: -20, isRefund: true }), held())).toBe(true);
    expect(asked).toHaveLength(0);
});

test("asked once for a customer of an order, and again at the payment button", async () => {
    const { pos, asked } = makeTill();
    const order = makeOrder();
    expect(await maySell(pos, order, makePartner())).toBe(true);
    expect(await maySell(pos, order, makePartner())).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0].kwargs).toEqual({ config_id: 1, order_uuid: "u-1" });
    await maySell(pos, order, makePartner(), { again: true });
    await maySell(pos, order, makePartner({ id: 8 }));
    expect(asked).toHaveLength(3);
});

test("a block that the till was told of meanwhile is asked about", async () => {
    const { pos, asked, dialogs } = makeTill();
    const order = makeOrder();
    await maySell(pos, order, makePartner());
    pos.data.network.offline = true;
    expect(await maySell(pos, order, held())).toBe(false);
    expect(asked).toHaveLength(1);
    expect(dialogs).toHaveLength(1);
});

test("refused until a colleague allows it", async () => {
    const { pos, dialogs, methods } = makeTill({ answer: blocked });
    const answer = maySell(pos, makeOrder(), makePartner());
    await tick();
    expect(dialogs[0].body).toInclude("Unpaid invoices");
    dialogs[0].confirm();
    await tick();
    await dialogs[1].authorise("chief", "secret");
    dialogs[1].getPayload(true);
    expect(await answer).toBe(true);
    expect(methods()).toEqual(["customer_check_pos", "customer_override_block_authorised"]);
});

test("whoever goes back sells nothing", async () => {
    const { pos, dialogs } = makeTill({ answer: blocked });
    const order = makeOrder();
    const answer = maySell(pos, order, makePartner());
    await tick();
    dialogs[0].cancel();
    expect(await answer).toBe(false);
    expect(order.uiState).toEqual({});
});

test("a manager confirms, unless employees share the till", async () => {
    for (const employees of [false, true]) {
        const { pos, dialogs, methods } = makeTill({
            answer: { ...blocked, may_override: true },
            employees,
        });
        const answer = maySell(pos, makeOrder(), makePartner());
        await tick();
        dialogs[0].confirm();
        await tick();
        if (employees) {
            expect(dialogs[1].authorise).not.toBe(undefined);
            expect(methods()).toEqual(["customer_check_pos"]);
        } else {
            expect(await answer).toBe(true);
            expect(methods()).toEqual(["customer_check_pos", "customer_override_block"]);
        }
    }
});

test("without an answer the till judges by what it holds", async () => {
    for (const failure of [new ConnectionLostError(), new Error("of the server")]) {
        const { pos, dialogs } = makeTill({ answer: failure });
        expect(await maySell(pos, makeOrder(), makePartner())).toBe(true);
        expect(await maySell(pos, makeOrder(), held())).toBe(false);
        expect(dialogs[0].body).toInclude("no connection");
    }
    const { pos, asked } = makeTill({ offline: true, answer: blocked });
    expect(await maySell(pos, makeOrder(), makePartner())).toBe(true);
    expect(asked).toHaveLength(0);
});

test("a server that keeps silent holds nobody up", async () => {
    const { pos } = makeTill({ answer: new Deferred() });
    const answer = maySell(pos, makeOrder(), makePartner());
    await advanceTime(3100);
    expect(await answer).toBe(true);
});

test("a block ends by the clock of the till", () => {
    allowTranslations();
    mockDate("2031-03-05 12:00:00");
    const until = luxon.DateTime.now().plus({ minutes: 30 });
    const partner = held({ customer_blocked_pos_until: until });
    expect(heldBlocks(partner)).toHaveLength(1);
    mockDate("2031-03-05 12:31:00");
    expect(heldBlocks(partner)).toHaveLength(0);
    expect(isOver("2031-03-05 10:00:00")).toBe(true);
    expect(isOver("")).toBe(false);
});

test("what a block says", () => {
    allowTranslations();
    patchWithCleanup(localization, {
        dateFormat: "MM/dd/yyyy",
        dateTimeFormat: "MM/dd/yyyy HH:mm:ss",
        timeFormat: "HH:mm:ss",
    });
    expect(blockText({ reason: "fraud", until: "" })).toBe("Fraud");
    expect(blockText({ reason: "of another version", until: "" })).toBe("Other reason");
    const at = (time) => luxon.DateTime.fromISO(`2031-03-05T${time}`);
    const day = blockText({ reason: "fraud", until: at("23:59:59") });
    expect(day).toInclude("Fraud, until");
    expect(day).not.toInclude("59");
    expect(blockText({ reason: "fraud", until: at("18:30:00") })).toInclude(":30");
    expect(blockText({ reason: "fraud", until: "", through: "Debt Co" })).toInclude("Debt Co");
});
