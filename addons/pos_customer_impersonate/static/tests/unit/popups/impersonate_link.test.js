import { beforeEach, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { ImpersonateLink } from "@pos_customer_impersonate/app/components/popups/impersonate_popup/impersonate_link";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";

beforeEach(allowTranslations);

const WAITING = { state: "waiting", seconds: 600 };
const ACTING = { state: "acting", seconds: 1800 };
const ENDED = { state: "ended", seconds: 0 };

/** A link whose server answers one after the other as the test says, then the last again. */
function makeLink(answers = [], made = { id: 7, url: "https://shop/link", ...WAITING }) {
    const calls = [];
    const link = new ImpersonateLink({
        make: async () => {
            if (made instanceof Error) {
                throw made;
            }
            return made;
        },
        ask: async (method, id) => {
            calls.push([method, id]);
            const answer = answers.length > 1 ? answers.shift() : answers[0];
            if (answer instanceof Error) {
                throw answer;
            }
            return { ...answer };
        },
    });
    return { link, calls };
}

test("the link is shown while it waits, and counts down", async () => {
    const { link, calls } = makeLink([WAITING]);
    expect(link.isOpen).toBe(false);
    await link.start({});
    expect(link.url).toBe("https://shop/link");
    expect(link.timeLeft).toBe("10:00");
    await advanceTime(2000);
    expect(link.timeLeft).toBe("9:58");
    expect(calls).toEqual([]);
    link.stop();
});

test("what becomes of it is asked for until it has ended", async () => {
    const { link, calls } = makeLink([WAITING, ACTING, ENDED]);
    await link.start({});
    await advanceTime(3000);
    expect(link.state).toBe("waiting");
    expect(link.timeLeft).toBe("10:00"); // the server's clock counts
    await advanceTime(3000);
    expect(link.state).toBe("acting");
    expect(link.url).toBe("");
    expect(link.timeLeft).toBe("30:00");
    await advanceTime(3000);
    expect(link.state).toBe("ended");
    expect(calls).toEqual(Array(3).fill(["customer_impersonate_progress", 7]));
    await advanceTime(9000);
    expect(calls).toHaveLength(3);
});

test("it counts down to nothing and not below", async () => {
    const { link } = makeLink([ENDED], { id: 7, url: "u", state: "waiting", seconds: 1 });
    await link.start({});
    await advanceTime(2000);
    expect(link.timeLeft).toBe("0:00");
    link.stop();
});

test("a lost connection is told and does not stop it", async () => {
    const { link } = makeLink([new ConnectionLostError(), ACTING]);
    await link.start({});
    await advanceTime(3000);
    expect(String(link.error)).toMatch(/no connection/);
    expect(link.state).toBe("waiting");
    await advanceTime(3000);
    expect(link.error).toBe("");
    expect(link.state).toBe("acting");
    link.stop();
});

test("ended here", async () => {
    const { link, calls } = makeLink([ENDED]);
    await link.start({});
    await link.end();
    expect(calls).toEqual([["customer_impersonate_end", 7]]);
    expect(link.state).toBe("ended");
    expect(link.url).toBe("");
    await advanceTime(9000);
    expect(calls).toHaveLength(1);
});

test("a refusal is told, and a cashier who gives up gets no link", async () => {
    const refusal = Object.assign(new Error(), { data: { message: "Not this one." } });
    for (const [made, error] of [
        [refusal, "Not this one."],
        [undefined, ""],
    ]) {
        const { link, calls } = makeLink([], made === undefined ? null : made);
        await link.start({});
        expect([link.state, link.url, link.error, link.isBusy]).toEqual(["", "", error, false]);
        await advanceTime(9000);
        expect(calls).toEqual([]);
    }
});

test("a new link for the same is followed from its start, and the old one no more", async () => {
    const { link, calls } = makeLink([WAITING]);
    await link.start({ reason: "help" });
    link.make = async (values) => {
        expect(values).toEqual({ reason: "help" });
        return { id: 8, url: "https://shop/another", ...WAITING };
    };
    await advanceTime(2000);
    await link.again();
    expect(link.url).toBe("https://shop/another");
    await advanceTime(2000);
    expect(calls).toEqual([]);
    await advanceTime(1000);
    expect(calls).toEqual([["customer_impersonate_progress", 8]]);
    link.stop();
});
