import { beforeEach, expect, test } from "@odoo/hoot";
import { WhatsappMessage } from "@pos_customer/app/components/popups/whatsapp_popup/whatsapp_message";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";

beforeEach(allowTranslations);

const MESSAGES = {
    number: "+33 6 12 34 56 78",
    problem: "",
    messages: [
        { code: "ready", name: "Ready", text: "It is ready" },
        { code: "late", name: "Late", text: "It takes longer" },
    ],
};

/** A message whose server answers as the test says, and the calls and windows it made. */
function makeMessage({ answers = {}, offline = false, blocked = false, document } = {}) {
    const calls = [];
    const opened = [];
    const network = { offline };
    const message = new WhatsappMessage({
        document,
        isOffline: () => network.offline,
        call: async (method, kwargs) => {
            calls.push([method, kwargs]);
            const answer = { customer_messages: MESSAGES, ...answers }[method];
            if (answer instanceof Error) {
                throw answer;
            }
            return answer;
        },
        open: (url) => {
            opened.push(url);
            return blocked ? null : {};
        },
    });
    return { message, calls, opened, network };
}

const refusal = (text) => Object.assign(new Error(text), { data: { message: text } });

test("the first message is proposed and seen, and nothing opens yet", async () => {
    const { message, calls, opened } = makeMessage({ document: "pos.order,7" });
    const loading = message.load();
    expect(message.isLoading).toBe(true);
    await loading;
    expect(message.isLoading).toBe(false);
    expect(message.isReady).toBe(true);
    expect(message.text).toBe("It is ready");
    expect(message.number).toBe("+33 6 12 34 56 78");
    expect(calls).toEqual([["customer_messages", { document: "pos.order,7" }]]);
    expect(opened).toEqual([]);
});

test("the chosen message opens", async () => {
    const url = "https://wa.me/33612345678?text=It%20takes%20longer";
    const { message, calls, opened } = makeMessage({ answers: { customer_whatsapp_url: url } });
    await message.load();
    message.choose("late");
    expect(message.text).toBe("It takes longer");
    expect(await message.start()).toBe(true);
    expect(opened).toEqual([url]);
    expect(calls[1]).toEqual([
        "customer_whatsapp_url",
        { template_code: "late", document: undefined, context: { customer_channel: "pos" } },
    ]);
});

test("without messages it opens without a text", async () => {
    const { message, calls, opened } = makeMessage({
        answers: {
            customer_messages: { ...MESSAGES, messages: [] },
            customer_whatsapp_url: "https://wa.me/33612345678",
        },
    });
    await message.load();
    expect(message.isReady).toBe(true);
    expect(message.text).toBe("");
    expect(await message.start()).toBe(true);
    expect(calls[1][1].template_code).toBe("");
    expect(opened.length).toBe(1);
});

test("a landline says so and opens nothing", async () => {
    const problem = "This is a landline, without WhatsApp.";
    const { message } = makeMessage({
        answers: { customer_messages: { number: "", problem, messages: [] } },
    });
    await message.load();
    expect(message.isReady).toBe(false);
    expect(message.error).toBe(problem);
});

test("without a connection it says so, before and after the messages came", async () => {
    const { message, calls, opened, network } = makeMessage({ offline: true });
    await message.load();
    expect(message.isReady).toBe(false);
    expect(String(message.error)).toMatch(/no connection/);
    expect(calls).toEqual([]);
    network.offline = false;
    await message.load();
    expect(message.error).toBe("");
    network.offline = true;
    expect(await message.start()).toBe(false);
    expect(String(message.error)).toMatch(/no connection/);
    expect(message.text).toBe("It is ready");
    expect(opened).toEqual([]);
});

test("a connection that breaks, and a refusal of the server, are told", async () => {
    for (const [error, words] of [
        [new ConnectionLostError(), /no connection/],
        [refusal("No advertising."), /No advertising/],
    ]) {
        const { message, opened } = makeMessage({ answers: { customer_whatsapp_url: error } });
        await message.load();
        expect(await message.start()).toBe(false);
        expect(String(message.error)).toMatch(words);
        expect(message.isLoading).toBe(false);
        expect(opened).toEqual([]);
    }
});

test("a number that changed meanwhile opens nothing", async () => {
    const { message, opened } = makeMessage({ answers: { customer_whatsapp_url: false } });
    await message.load();
    expect(await message.start()).toBe(false);
    expect(String(message.error)).toMatch(/changed meanwhile/);
    expect(opened).toEqual([]);
});

test("a browser that opens no windows is told", async () => {
    const { message, opened } = makeMessage({
        answers: { customer_whatsapp_url: "https://wa.me/1" },
        blocked: true,
    });
    await message.load();
    expect(await message.start()).toBe(false);
    expect(opened.length).toBe(1);
    expect(String(message.error)).toMatch(/Allow this page/);
});
