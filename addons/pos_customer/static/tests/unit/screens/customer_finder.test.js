import { expect, test } from "@odoo/hoot";
import { advanceTime, Deferred, tick } from "@odoo/hoot-mock";
import { CustomerFinder } from "@pos_customer/app/screens/customers_screen/customer_finder";
import { ConnectionLostError } from "@web/core/network/rpc";

const row = (id, name, values = {}) => ({
    id,
    name,
    code: "",
    type_id: false,
    type_until: false,
    phone: "",
    email: "",
    street: "",
    zip: "",
    city: "",
    is_company: false,
    ...values,
});

/** A finder whose questions are answered by the test, in the order it likes. */
function makeFinder({ local = [], ...options } = {}) {
    const asked = [];
    const finder = new CustomerFinder({
        fetch: (query, limit, offset) => {
            const answer = new Deferred();
            asked.push({ query, limit, offset, answer });
            return answer;
        },
        local: () => local,
        ...options,
    });
    return { finder, asked, names: () => finder.rows.map((r) => r.name) };
}

test("local rows at once, those of the server behind them", async () => {
    const local = [row(3, "Carl"), row(1, "Ana")];
    const { finder, asked, names } = makeFinder({ local });
    finder.search("");
    expect(names()).toEqual(["Ana", "Carl"]);
    await advanceTime(200);
    asked[0].answer.resolve({
        rows: [row(1, "Ana", { city: "Lyon" }), row(2, "Bo"), row(3, "Carl")],
        more: false,
    });
    await tick();
    expect(names()).toEqual(["Ana", "Carl", "Bo"]);
    expect(finder.rows[0].city).toBe("Lyon");
    expect(finder.loading).toBe(false);
});

test("typing asks once, when it pauses", async () => {
    const { finder, asked } = makeFinder();
    finder.search("j");
    await advanceTime(50);
    finder.search("ja");
    await advanceTime(50);
    finder.search("jan");
    await advanceTime(200);
    expect(asked.map((question) => question.query)).toEqual(["jan"]);
});

test("an answer that comes too late is dropped", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("ja", { now: true });
    finder.search("jan", { now: true });
    asked[1].answer.resolve({ rows: [row(1, "Jan")], more: false });
    await tick();
    expect(names()).toEqual(["Jan"]);
    asked[0].answer.resolve({ rows: [row(2, "Jakob")], more: true });
    await tick();
    expect(names()).toEqual(["Jan"]);
    expect(finder.more).toBe(false);
});

test("a late error does not disturb the answer that counts", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("ja", { now: true });
    finder.search("jan", { now: true });
    asked[1].answer.resolve({ rows: [row(1, "Jan")], more: false });
    asked[0].answer.reject(new ConnectionLostError());
    await tick();
    expect(names()).toEqual(["Jan"]);
    expect(finder.offline).toBe(false);
});

test("more pages follow what the server sent, not what is shown", async () => {
    const local = [row(9, "Zoë")];
    const { finder, asked, names } = makeFinder({ local });
    finder.search("", { now: true });
    asked[0].answer.resolve({ rows: [row(1, "Ana"), row(2, "Bo")], more: true });
    await tick();
    finder.loadMore();
    finder.loadMore();
    expect(asked.length).toBe(2);
    expect(asked[1].offset).toBe(2);
    asked[1].answer.resolve({ rows: [row(9, "Zoë"), row(3, "Carl")], more: false });
    await tick();
    expect(names()).toEqual(["Zoë", "Ana", "Bo", "Carl"]);
});

test("rows seen before answer the next key press at once", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("ja", { now: true });
    asked[0].answer.resolve({ rows: [row(1, "Jan"), row(2, "Jakob")], more: false });
    await tick();
    finder.search("jan");
    expect(names()).toEqual(["Jan"]);
});

test("a cut connection keeps what the till holds", async () => {
    const { finder, asked, names } = makeFinder({ local: [row(1, "Ana")] });
    finder.search("ana", { now: true });
    asked[0].answer.reject(new ConnectionLostError());
    await tick();
    expect(names()).toEqual(["Ana"]);
    expect(finder.offline).toBe(true);
    expect(finder.loading).toBe(false);
});

test("settled waits for the answer without the pause", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("card-1");
    const settled = finder.settled();
    expect(asked.length).toBe(1);
    asked[0].answer.resolve({ rows: [row(1, "Ana", { code: "CARD-1" })], more: false });
    await settled;
    expect(names()).toEqual(["Ana"]);
    await advanceTime(500);
    expect(asked.length).toBe(1);
});

test("a customer just made is on top, and one who is shown stays in place", () => {
    const { finder, names } = makeFinder({ local: [row(1, "Ana"), row(2, "Bo")] });
    finder.search("");
    finder.show(row(3, "Carl"));
    expect(names()).toEqual(["Carl", "Ana", "Bo"]);
    finder.show(row(1, "Anna"));
    expect(names()).toEqual(["Carl", "Anna", "Bo"]);
});

test("what changed elsewhere takes its place, who is gone leaves", async () => {
    const { finder, asked, names } = makeFinder({ local: [row(1, "Ana")] });
    finder.search("", { now: true });
    asked[0].answer.resolve({ rows: [row(2, "Bo"), row(3, "Carl")], more: false });
    await tick();
    finder.update([row(2, "Bob"), row(9, "Stranger")]);
    expect(names()).toEqual(["Ana", "Bob", "Carl"]);
    finder.forget([3]);
    expect(names()).toEqual(["Ana", "Bob"]);
    finder.search("");
    expect(names()).toEqual(["Ana", "Bob"]);
    expect(finder.holds(3)).toBe(false);
});
