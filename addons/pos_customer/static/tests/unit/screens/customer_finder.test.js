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
        fetch: (question, limit, offset) => {
            const answer = new Deferred();
            asked.push({ ...question, limit, offset, answer });
            return answer;
        },
        local: () => local,
        ...options,
    });
    return { finder, asked, names: () => finder.rows.map((r) => r.name) };
}

const people = (...names) => names.map((name, index) => row(index + 1, name));

test("rows of the till at once, those of the server behind them", async () => {
    const local = [row(3, "Carl"), row(1, "Clea")];
    const { finder, asked, names } = makeFinder({ local });
    finder.search("c");
    expect(names()).toEqual(["Carl", "Clea"]);
    expect(asked.length).toBe(1);
    asked[0].answer.resolve({
        rows: [row(1, "Clea", { city: "Lyon" }), row(2, "Cees"), row(3, "Carl")],
        more: false,
    });
    await tick();
    expect(names()).toEqual(["Carl", "Clea", "Cees"]);
    expect(finder.rows[1].city).toBe("Lyon");
    expect(finder.loading).toBe(false);
});

test("rows of the till do not push down the best ones of the server", async () => {
    const local = people("Ca", "Cb", "Cc", "Cd", "Ce", "Cf", "Cg");
    const { finder, asked, names } = makeFinder({ local });
    finder.search("c");
    expect(names()).toEqual(["Ca", "Cb", "Cc", "Cd", "Ce"]);
    asked[0].answer.resolve({ rows: [row(9, "C")], more: true });
    await tick();
    expect(names()).toEqual(["Ca", "Cb", "Cc", "Cd", "Ce", "C"]);
});

test("a server that takes its time is not waited for", async () => {
    const local = people("Ca", "Cb", "Cc", "Cd", "Ce", "Cf", "Cg");
    const { finder, names } = makeFinder({ local });
    finder.search("");
    expect(names()).toEqual([]);
    await advanceTime(400);
    expect(names().length).toBe(7);
    finder.search("c");
    await advanceTime(400);
    expect(names().length).toBe(7);
    expect(finder.loading).toBe(true);
});

test("the first key asks at once, then the latest of a burst, and no more often", async () => {
    const { finder, asked } = makeFinder({ every: 10000 });
    finder.search("j");
    expect(asked.map((question) => question.query)).toEqual(["j"]);
    for (const query of ["ja", "jan", "jans"]) {
        await advanceTime(10);
        finder.search(query);
    }
    expect(asked.length).toBe(1);
    await advanceTime(10000);
    expect(asked.map((question) => question.query)).toEqual(["j", "jans"]);
});

test("once it is answered the next key asks at once", async () => {
    const { finder, asked } = makeFinder();
    finder.search("j");
    asked[0].answer.resolve({ rows: [], more: false });
    await tick();
    finder.search("ja");
    expect(asked.map((question) => question.query)).toEqual(["j", "ja"]);
});

test("an answer that comes too late is dropped", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("ja");
    finder.search("jan");
    await advanceTime(100);
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
    finder.search("ja");
    finder.search("jan");
    await advanceTime(100);
    asked[1].answer.resolve({ rows: [row(1, "Jan")], more: false });
    asked[0].answer.reject(new ConnectionLostError());
    await tick();
    expect(names()).toEqual(["Jan"]);
    expect(finder.offline).toBe(false);
});

test("more pages follow what the server sent, not what is shown", async () => {
    const local = [row(9, "Zoë")];
    const { finder, asked, names } = makeFinder({ local });
    finder.search("o");
    asked[0].answer.resolve({ rows: [row(1, "Otto"), row(2, "Bo")], more: true });
    await tick();
    finder.loadMore();
    finder.loadMore();
    expect(asked.length).toBe(2);
    expect(asked[1].offset).toBe(2);
    asked[1].answer.resolve({ rows: [row(9, "Zoë"), row(3, "Bob")], more: false });
    await tick();
    expect(names()).toEqual(["Zoë", "Otto", "Bo", "Bob"]);
});

test("rows seen before answer the next key press at once", async () => {
    const { finder, asked, names } = makeFinder();
    finder.search("ja");
    asked[0].answer.resolve({ rows: [row(1, "Jan"), row(2, "Jakob")], more: false });
    await tick();
    finder.search("jan");
    expect(names()).toEqual(["Jan"]);
});

test("a cut connection shows all that the till holds", async () => {
    const local = people("Ca", "Cb", "Cc", "Cd", "Ce", "Cf", "Cg");
    const { finder, asked, names } = makeFinder({ local });
    finder.search("c");
    asked[0].answer.reject(new ConnectionLostError());
    await tick();
    expect(names().length).toBe(7);
    expect(finder.offline).toBe(true);
    expect(finder.loading).toBe(false);
});

test("a connection that is back moves no row", async () => {
    let cut = true;
    const local = people("Ca", "Cb");
    const { finder, asked, names } = makeFinder({ local, isOffline: () => cut });
    finder.search("c");
    await tick();
    expect(names()).toEqual(["Ca", "Cb"]);
    expect(asked.length).toBe(0);
    cut = false;
    finder.refresh();
    asked[0].answer.resolve({ rows: [row(9, "C"), row(2, "Cb", { city: "Lyon" })], more: false });
    await tick();
    expect(names()).toEqual(["Ca", "Cb", "C"]);
    expect(finder.rows[1].city).toBe("Lyon");
    expect(finder.offline).toBe(false);
});

test("filters and fields go with the question, empty ones do not", async () => {
    const { finder, asked } = makeFinder();
    finder.setFilters({ type_id: 3, blocked: false, served_after: "" });
    expect(asked.at(-1).filters).toEqual({ type_id: 3 });
    expect(finder.isFiltered).toBe(true);
    asked[0].answer.resolve({ rows: [], more: false });
    await tick();
    finder.setFields(["name", "street"]);
    expect(asked.at(-1).fields).toEqual(["name", "street"]);
    expect(asked.at(-1).filters).toEqual({ type_id: 3 });
    finder.setFilters({});
    expect(finder.isFiltered).toBe(false);
});

test("filters count for the rows of the till too, as far as these tell", () => {
    const local = [
        row(1, "Ca", { type_id: 3 }),
        row(2, "Cb", { type_id: 4, blocked: true }),
        row(3, "Cc", { type_id: 3, served_on: "2024-05-01" }),
    ];
    const { finder, names } = makeFinder({ local, isOffline: () => true });
    finder.setFilters({ type_id: 3 });
    expect(names()).toEqual(["Cc", "Ca"]);
    finder.setFilters({ blocked: true });
    expect(names()).toEqual(["Cb"]);
    finder.setFilters({ served_after: "2024-04-30" });
    expect(names()).toEqual(["Cc"]);
    finder.setFilters({ served_before: "2024-04-30" });
    expect(names()).toEqual([]);
});

test("settled waits for the answer without the pause", async () => {
    const { finder, asked, names } = makeFinder({ every: 10000 });
    finder.search("card");
    finder.search("card-1");
    const settled = finder.settled();
    expect(asked.map((question) => question.query)).toEqual(["card", "card-1"]);
    asked[1].answer.resolve({ rows: [row(1, "Ana", { code: "CARD-1" })], more: false });
    await settled;
    expect(names()).toEqual(["Ana"]);
    await advanceTime(10000);
    expect(asked.length).toBe(2);
});

test("a customer just made is on top, and one who is shown stays in place", async () => {
    const { finder, names } = makeFinder({ local: people("Ana", "Bo"), isOffline: () => true });
    finder.search("");
    finder.show(row(3, "Carl"));
    expect(names()).toEqual(["Carl", "Ana", "Bo"]);
    finder.show(row(1, "Anna"));
    expect(names()).toEqual(["Carl", "Anna", "Bo"]);
});

test("what changed elsewhere takes its place, who is gone leaves", async () => {
    const { finder, asked, names } = makeFinder({ local: [row(1, "Ana")] });
    finder.search("");
    asked[0].answer.resolve({ rows: [row(1, "Ana"), row(2, "Bo"), row(3, "Carl")], more: false });
    await tick();
    finder.update([row(2, "Bob"), row(9, "Stranger")]);
    expect(names()).toEqual(["Ana", "Bob", "Carl"]);
    finder.forget([3]);
    expect(names()).toEqual(["Ana", "Bob"]);
    finder.search("");
    await advanceTime(400);
    expect(names()).toEqual(["Ana", "Bob"]);
    expect(finder.holds(3)).toBe(false);
});
