import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { tillModels } from "@pos_customer_consent/../tests/unit/till_models";
import { ConsentAnswers } from "@pos_customer_consent/app/services/consent_answers";
import { consentLines } from "@pos_customer_consent/app/utils/consent_lines";
import { waitingConsents } from "@pos_customer_consent/app/utils/consent_payload";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

const copy = (data) => JSON.parse(JSON.stringify(data));
const accept = ({ answers }) => ({
    partner_id: 7,
    answers: answers.map(({ key }) => ({ key, accepted: true, error: "" })),
    consents: [],
});

/** What the server says to each call in turn; the last says it from then on. */
function makeTill({ says = [accept], offline = false } = {}) {
    allowTranslations();
    const models = tillModels();
    const server = { calls: [], database: new Map(), says };
    const call = async (model, method, args, kwargs) => {
        server.calls.push(copy(kwargs));
        const say = server.says.length > 1 ? server.says.shift() : server.says[0];
        return say(kwargs);
    };
    const pos = {
        models,
        config: { id: 4 },
        customerDrafts: { get: (uuid) => models["customer.draft"].getBy("uuid", uuid) },
        getOrder: () => ({ uuid: "o-1", partner_id: models["res.partner"].get(7) }),
        getCashier: () => ({ id: 3, model: { name: "hr.employee" } }),
        notification: { add: (text) => expect.step(text) },
        ready: new Promise(() => {}),
        data: {
            network: { offline },
            orm: { silent: { call } },
            checkConnectivity: () => {},
            connectWebSocket: (name, method) => (server.tell = method),
            indexedDB: {
                create: async (name, rows) => rows.forEach((row) => server.database.set(row.key, copy(row))),
                delete: async (name, keys) => keys.forEach((key) => server.database.delete(key)),
            },
        },
    };
    return { pos, server, answers: new ConsentAnswers(pos) };
}

const lost = () => {
    throw new ConnectionLostError();
};

const yes = (answers, purpose = "news") => answers.make({ purpose, granted: true, wording_id: 12 });
const no = (answers, purpose = "news") => answers.make({ purpose, granted: false });

describe("sending", () => {
    test("what has arrived is kept no more, and the server knows where it is from", async () => {
        const { answers, server } = makeTill();
        await answers.give("u-bo", [yes(answers)]);
        expect(server.database.size).toBe(0);
        expect(answers.all).toHaveLength(0);
        const [{ uuid, config_id, answers: sent }] = server.calls;
        expect([uuid, config_id]).toEqual(["u-bo", 4]);
        const { order_uuid, employee_id, channel, wording_id, granted } = sent[0];
        expect([order_uuid, employee_id, channel, wording_id, granted]).toEqual(["o-1", 3, "pos", 12, true]);
    });

    test("it is in the till's database before it is sent", async () => {
        const { answers, server } = makeTill({
            says: [
                (kwargs) => {
                    expect(server.database.size).toBe(1);
                    expect.step("called");
                    return accept(kwargs);
                },
            ],
        });
        await answers.give("u-bo", [yes(answers)]);
        expect.verifySteps(["called"]);
    });

    test("the server hears how long ago it was, whatever the till's clock says", async () => {
        const { answers, pos, server } = makeTill({ offline: true });
        await answers.give("u-bo", [yes(answers)]);
        await advanceTime(60000);
        pos.data.network.offline = false;
        await answers.send();
        const { age_seconds } = server.calls[0].answers[0];
        expect(age_seconds).toBeGreaterThan(59);
        expect(age_seconds).toBeLessThan(70);
    });

    test("a clock that was set back makes nothing of the future", async () => {
        const { answers, pos, server } = makeTill({ offline: true });
        await answers.give("u-bo", [{ ...yes(answers), at: Date.now() + 3600000 }]);
        pos.data.network.offline = false;
        await answers.send();
        expect(server.calls[0].answers[0].age_seconds).toBe(0);
    });

    test("an answer that got lost is asked for again by the same key", async () => {
        const { answers, server } = makeTill({ says: [lost, accept] });
        await answers.give("u-bo", [yes(answers)]);
        expect(server.database.size).toBe(1);
        await answers.send();
        const [first, second] = server.calls;
        expect(second.answers[0].key).toBe(first.answers[0].key);
        expect(server.database.size).toBe(0);
    });

    test("each names the one before it for the same purpose", async () => {
        const { answers, server } = makeTill();
        await answers.give("u-bo", [yes(answers)]);
        await answers.give("u-bo", [no(answers, "calls")]);
        await answers.give("u-bo", [no(answers)]);
        const sent = server.calls.map((call) => call.answers[0]);
        expect(sent.map((answer) => answer.after)).toEqual([false, false, sent[0].key]);
    });

    test("what waits goes in the order in which it was given", async () => {
        const { answers, pos, server } = makeTill({ offline: true });
        await answers.give("u-bo", [yes(answers)]);
        await advanceTime(1000);
        await answers.give("u-bo", [no(answers)]);
        pos.data.network.offline = false;
        await answers.send();
        expect(server.calls[0].answers.map((answer) => answer.granted)).toEqual([true, false]);
    });
});

describe("elsewhere", () => {
    const consents = [{ purpose: "news" }];

    test("a card that is open hears of it, others ask nothing", async () => {
        const { answers, server } = makeTill({ says: [() => ({ partner_id: 7, answers: [], consents })] });
        const close = answers.watch(7, "u-bo");
        await server.tell({ ids: [8] });
        expect(server.calls).toHaveLength(0);
        await server.tell({ ids: [7, 8] });
        expect(server.calls.map((call) => [call.uuid, call.answers])).toEqual([["u-bo", []]]);
        expect(answers.known["u-bo"]).toEqual(consents);
        close();
        await server.tell({ ids: [7] });
        expect(server.calls).toHaveLength(1);
    });
});

describe("refusals", () => {
    const refuseNews = ({ answers }) => ({
        partner_id: 7,
        answers: answers.map(({ key, purpose }) =>
            purpose === "news" ? { key, accepted: false, error: "Not so." } : { key, accepted: true, error: "" }
        ),
        consents: [],
    });

    test("one refused loses no other, and stays with its sentence", async () => {
        const { answers, server } = makeTill({ says: [refuseNews] });
        await answers.give("u-bo", [yes(answers), no(answers, "calls")]);
        expect(answers.all.map(({ purpose, error }) => [purpose, error])).toEqual([["news", "Not so."]]);
        expect([...server.database.values()][0].error).toBe("Not so.");
        await answers.send();
        expect(server.calls).toHaveLength(1);
    });

    test("the next answer to the same takes its place", async () => {
        const { answers, server } = makeTill({ says: [refuseNews, accept] });
        await answers.give("u-bo", [yes(answers)]);
        await answers.give("u-bo", [no(answers)]);
        expect(answers.all).toHaveLength(0);
        expect(server.calls[1].answers).toHaveLength(1);
    });

    test("a refusal of everything is told with each", async () => {
        const refusal = () => {
            throw Object.assign(new RPCError(), {
                exceptionName: "odoo.exceptions.UserError",
                data: { message: "Deleted." },
            });
        };
        const { answers } = makeTill({ says: [refusal] });
        await answers.give("u-bo", [yes(answers), no(answers, "calls")]);
        expect(answers.all.map(({ error }) => error)).toEqual(["Deleted.", "Deleted."]);
    });

    test("an ended session or a broken server refuses nothing", async () => {
        const broken = () => {
            throw Object.assign(new RPCError(), {
                exceptionName: "odoo.http.SessionExpiredException",
                data: { message: "Session expired" },
            });
        };
        const { answers, server } = makeTill({ says: [broken, accept] });
        await answers.give("u-bo", [no(answers)]);
        expect(answers.all.map(({ error }) => error)).toEqual([""]);
        expect(server.database.size).toBe(1);
        await advanceTime(3000);
        expect(server.calls).toHaveLength(2);
        expect(server.database.size).toBe(0);
    });

    test("a clock that was set back turns no two answers round", async () => {
        const { answers, pos, server } = makeTill({ offline: true });
        await answers.give("u-bo", [{ ...yes(answers), at: Date.now() + 3600000 }]);
        await answers.give("u-bo", [no(answers)]);
        pos.data.network.offline = false;
        await answers.send();
        expect(server.calls[0].answers.map(({ granted }) => granted)).toEqual([true, false]);
    });
});

describe("new customers", () => {
    test("they go first, and their answers travel with them", async () => {
        const { answers, pos, server } = makeTill();
        const draft = pos.models["customer.draft"].create({ uuid: "u-new", partner_id: -5, values: {} });
        await answers.give("u-new", [yes(answers)]);
        expect(server.calls).toHaveLength(0);
        const { consents } = waitingConsents(pos.models, "u-new");
        expect(consents.config_id).toBe(4);
        expect(consents.answers[0].purpose).toBe("news");
        expect(waitingConsents(pos.models, "u-bo")).toEqual({});
        draft.delete();
        await answers.send();
        expect(server.calls).toHaveLength(1);
        expect(answers.all).toHaveLength(0);
    });

    test("of whom the server has not heard yet, nothing is given up", async () => {
        const unknown = () => ({ partner_id: false, answers: [], consents: [] });
        const { answers } = makeTill({ says: [unknown] });
        await answers.give("u-new", [yes(answers)]);
        expect(answers.all).toHaveLength(1);
        expect(answers.all[0].error).toBe("");
    });

    test("with a customer who is given up go their answers", async () => {
        const { answers, server } = makeTill({ offline: true });
        await answers.give("u-new", [yes(answers)]);
        await answers.forgetAll("u-new");
        expect(server.database.size).toBe(0);
    });
});

describe("lines of the card", () => {
    const item = (state, values) => ({
        purpose: "news",
        name: "News",
        state,
        since: false,
        until: false,
        channel: "pos",
        body: "Deux",
        till: { wording: 12, title: "News", lang: "fr_FR", asked: true },
        ...values,
    });

    test("what waits stands before what the server knows", async () => {
        const { answers } = makeTill({ offline: true });
        const [known] = consentLines([item("granted")], answers.of("u-bo"));
        expect([known.granted, known.isWaiting]).toEqual([true, false]);
        await answers.give("u-bo", [no(answers)]);
        const [line] = consentLines([item("granted")], answers.of("u-bo"));
        expect([line.granted, line.isWaiting]).toEqual([false, true]);
    });

    test("an expired yes, and none, are no answer", () => {
        allowTranslations();
        for (const state of ["expired", "unanswered", "unknown"]) {
            expect(consentLines([item(state)], [])[0].granted).toBe(null);
        }
    });

    test("what is not asked here is shown where it was answered, to be withdrawn", () => {
        allowTranslations();
        const till = { ...item("").till, asked: false };
        expect(consentLines([item("unanswered", { till })], [])).toHaveLength(0);
        expect(consentLines([item("granted", { till })], [])[0].mayGrant).toBe(false);
    });

    test("a refused answer is told, also of a purpose that is gone", async () => {
        const { answers } = makeTill({ offline: true });
        await answers.give("u-bo", [yes(answers, "gone")]);
        answers.all[0].error = "Given up.";
        const [line] = consentLines([], answers.of("u-bo"));
        expect([line.code, line.refused.error]).toEqual(["gone", "Given up."]);
    });
});
