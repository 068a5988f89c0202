import { describe, expect, test } from "@odoo/hoot";
import { advanceTime, tick } from "@odoo/hoot-mock";
import { EventBus } from "@odoo/owl";
import { tillModels } from "@pos_customer/../tests/unit/till_models";
import { CustomerDrafts } from "@pos_customer/app/services/customer_drafts";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

const BO = { id: 7, name: "Bo", customer_uuid: "u-bo", phone: "0123" };
const copy = (data) => JSON.parse(JSON.stringify(data));
const taken = (partner_id, refused = {}, error = "") => ({ partner_id, refused, error });

/** What the server says; the till holds Bo, and orders of whom the test says. */
function makeTill({ upsert, receive, offline = false } = {}) {
    allowTranslations();
    const models = tillModels({ "res.partner": [{ ...BO }] });
    const answers = { customer_upsert: upsert, customer_receive_draft: receive };
    const server = { calls: [], database: new Map(), moved: [], answers };
    const call = async (model, method, args, kwargs) => {
        server.calls.push({ method, ...copy(kwargs) });
        return answers[method](kwargs);
    };
    const pos = {
        models,
        config: { id: 1 },
        customerSync: { bus: new EventBus() },
        notification: { add: (text) => expect.step(text) },
        ready: new Promise(() => {}),
        data: {
            network: { offline },
            orm: { silent: { call } },
            checkConnectivity: () => {},
            indexedDB: {
                create: async (name, [row]) => server.database.set(row.uuid, copy(row)),
                delete: async (name, [uuid]) => server.database.delete(uuid),
            },
            synchronizeLocalDataInIndexedDB: async () => {},
            callRelated: async (model, method, [config, [[, , id]]]) =>
                models.connectNewData({ "res.partner": [{ name: `#${id}`, ...models["res.partner"].get(id)?.raw, id }] }),
        },
    };
    pos.customerSync.bus.addEventListener("moved", ({ detail }) => server.moved.push(detail.oldId));
    return { pos, server, drafts: new CustomerDrafts(pos) };
}

const lost = () => {
    throw new ConnectionLostError();
};

const refusal = (message) => {
    throw Object.assign(new RPCError(), {
        exceptionName: "odoo.exceptions.UserError",
        data: { message },
    });
};

describe("saving", () => {
    test("with a connection nothing is kept", async () => {
        const { drafts, server } = makeTill({ upsert: () => 12 });
        const partner = await drafts.save({ uuid: "u-1", values: { name: "Nora" } });
        expect(partner.id).toBe(12);
        expect(drafts.all).toHaveLength(0);
        expect(server.database.size).toBe(0);
        expect(server.calls[0].key).not.toBeEmpty();
    });

    test("without one the customer is in the till and in its database", async () => {
        const { drafts, server } = makeTill({ offline: true });
        const nora = await drafts.save({ uuid: "u-1", values: { name: "Nora" } });
        expect(nora.id).toBeLessThan(0);
        expect(server.calls).toHaveLength(0);
        expect(server.database.get("u-1").values).toEqual({ name: "Nora" });
        const bo = await drafts.save({ uuid: "u-bo", values: { phone: "0470" } });
        expect([bo.id, bo.phone]).toEqual([7, "0470"]);
        expect(drafts.of(7).payload.values).toEqual({ phone: "0470" });
    });

    test("an answer that got lost is asked for again with the same key", async () => {
        const { drafts, server } = makeTill({ upsert: lost, receive: () => taken(12) });
        await drafts.save({ uuid: "u-1", values: { name: "Nora" } });
        await drafts.send();
        const [first, second] = server.calls;
        expect(second.draft).toEqual({ uuid: "u-1", key: first.key, values: first.values });
    });

    test("what is typed twice before it is sent is one draft with another key", async () => {
        const { drafts, pos, server } = makeTill({ offline: true, upsert: () => 7 });
        await drafts.save({ uuid: "u-bo", values: { phone: "0470" } });
        const { key } = drafts.of(7);
        await drafts.save({ uuid: "u-bo", values: { city: "Lyon" } });
        expect(drafts.all).toHaveLength(1);
        expect(drafts.of(7).values).toEqual({ phone: "0470", city: "Lyon" });
        expect(drafts.of(7).key).not.toBe(key);
        // the connection is back, and the form is faster than the draft
        pos.data.network.offline = false;
        await drafts.save({ uuid: "u-bo", values: { zip: "69000" } });
        expect(server.calls[0].values).toEqual({ phone: "0470", city: "Lyon", zip: "69000" });
        expect(drafts.all).toHaveLength(0);
    });

    test("what the server refuses is for the cashier, and nothing is kept", async () => {
        const { drafts } = makeTill({ upsert: () => refusal("No.") });
        await expect(drafts.save({ uuid: "u-1", values: { name: "Nora" } })).rejects.toThrow(RPCError);
        expect(drafts.all).toHaveLength(0);
    });

    test("a browser that stores nothing says so", async () => {
        const { drafts, pos } = makeTill({ offline: true });
        pos.data.indexedDB.create = async () => [{ status: "rejected" }];
        await drafts.save({ uuid: "u-1", values: { name: "Nora" } });
        expect.verifySteps([
            "This browser could not store the customer. Leave the page open until the connection is back.",
        ]);
    });
});

describe("sending", () => {
    /** A till that has one new customer with an order, and the connection back. */
    async function waiting(options) {
        const till = makeTill({ ...options, offline: true });
        const nora = await till.drafts.save({ uuid: "u-1", values: { name: "Nora", customer_code: "C" } });
        till.order = till.pos.models["pos.order"].create({ uuid: "o-1", partner_id: nora });
        till.order.finalized = true;
        till.pos.data.network.offline = false;
        return till;
    }

    test("orders and rows follow to the customer of the server", async () => {
        const { drafts, order, pos, server } = await waiting({ receive: () => taken(12) });
        const oldId = order.partner_id.id;
        await drafts.send();
        expect(order.partner_id.id).toBe(12);
        expect(server.moved).toEqual([oldId]);
        expect(pos.models["res.partner"].get(oldId)).toBe(undefined);
        expect(drafts.all).toHaveLength(0);
        expect(server.database.size).toBe(0);
    });

    test("what is refused stays, and is sent again only on demand", async () => {
        const { drafts, order, server } = await waiting({
            receive: () => taken(12, { customer_code: "Taken." }),
        });
        await drafts.send();
        const [draft] = drafts.all;
        expect(order.partner_id.id).toBe(12);
        expect([draft.partner_id, draft.isNew, draft.isRefused]).toEqual([12, false, true]);
        expect(draft.values).toEqual({ customer_code: "C" });
        expect(draft.errors).toEqual({ customer_code: "Taken." });
        expect(server.database.get("u-1").errors).toEqual({ customer_code: "Taken." });
        await drafts.send();
        expect(server.calls).toHaveLength(1);
        server.answers.customer_receive_draft = () => taken(12);
        await drafts.send({ again: true });
        expect(drafts.all).toHaveLength(0);
    });

    test("a correction leaves out what was withdrawn", async () => {
        const { drafts, server } = await waiting({
            receive: () => taken(12, { customer_code: "Taken." }),
            upsert: () => 12,
        });
        await drafts.send();
        await drafts.save({ uuid: "u-1", values: { phone: "0470" } });
        expect(server.calls.at(-1).values).toEqual({ phone: "0470" });
        expect(drafts.all).toHaveLength(0);
    });

    test("what is typed while it is on its way is sent with the next", async () => {
        const { drafts, server } = await waiting();
        server.answers.customer_receive_draft = () => {
            drafts.get("u-1").update({ key: "k-2", values: { name: "Nora B." } });
            return taken(12);
        };
        await drafts.send();
        expect(drafts.of(12).values).toEqual({ name: "Nora B." });
        server.answers.customer_receive_draft = () => taken(12);
        await drafts.send();
        expect(server.calls.at(-1).draft.key).toBe("k-2");
        expect(drafts.all).toHaveLength(0);
    });

    test("one of whom nobody can be made does not hold up the others", async () => {
        const { drafts, server } = await waiting({
            receive: ({ draft }) => {
                if (draft.uuid === "u-1") {
                    throw new Error("of the server");
                }
                return taken(7);
            },
        });
        drafts.pos.data.network.offline = true;
        await drafts.save({ uuid: "u-bo", values: { phone: "0470" } });
        drafts.pos.data.network.offline = false;
        await drafts.send();
        expect(drafts.all.map((d) => d.uuid)).toEqual(["u-1"]);
        expect(drafts.all[0].error).toInclude("could not take the customer");
        server.answers.customer_receive_draft = () => refusal("Enter a name.");
        await drafts.send({ again: true });
        expect(drafts.all[0].error).toBe("Enter a name.");
    });

    test("a connection that is none is tried again, each time later", async () => {
        const { drafts, server } = await waiting({ receive: lost });
        await drafts.send();
        expect([drafts.all.length, drafts.pause]).toEqual([1, 2000]);
        window.dispatchEvent(new CustomEvent("pos-network-online"));
        await advanceTime(1900);
        expect(server.calls).toHaveLength(1);
        await advanceTime(200);
        expect([server.calls.length, drafts.pause]).toEqual([2, 4000]);
        server.answers.customer_receive_draft = () => taken(12);
        drafts.sendSoon();
        await advanceTime(4000);
        await tick();
        expect([drafts.all.length, drafts.pause]).toEqual([0, 0]);
    });
});

test("who is discarded is gone", async () => {
    const { drafts, pos, server } = makeTill({ offline: true });
    const nora = await drafts.save({ uuid: "u-1", values: { name: "Nora" } });
    await drafts.discard(drafts.of(nora.id));
    expect(pos.models["res.partner"].map((p) => p.id)).toEqual([7]);
    expect([drafts.all.length, server.database.size]).toEqual([0, 0]);
});
