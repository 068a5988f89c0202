import { expect, test } from "@odoo/hoot";
import { mergeRows, queryMatcher, sortedRows, valuesOfQuery } from "@pos_customer/app/utils/customer_rows";

const ewa = {
    id: 1,
    name: "Ewa Wiśniewska",
    code: "C0000042",
    phone: "+48 600 123 456",
    email: "ewa@example.org",
    street: "ul. Długa 7",
    zip: "00-238",
    city: "Warszawa",
};

const matchesQuery = (row, query, fields) => queryMatcher(query, fields)(row);

test("a row that is shown never moves", () => {
    const shown = [{ id: 5, name: "E" }, { id: 1, name: "A" }];
    const merged = mergeRows(shown, [
        { id: 1, name: "A2" },
        { id: 2, name: "B" },
        { id: 5, name: "E2" },
    ]);
    expect(merged.map((row) => row.id)).toEqual([5, 1, 2]);
    expect(merged.map((row) => row.name)).toEqual(["E2", "A2", "B"]);
    expect(shown.map((row) => row.name)).toEqual(["E", "A"]);
});

test("the same row twice in an answer is one row", () => {
    expect(mergeRows([], [{ id: 1 }, { id: 1 }]).length).toBe(1);
});

test("words in any order, without accents, on any column", () => {
    for (const query of ["", "wisniewska ewa", "EWA warsz", "c0000042", "dluga 7", "ewa@"]) {
        expect(matchesQuery(ewa, query)).toBe(true);
    }
    expect(matchesQuery(ewa, "ewa krakow")).toBe(false);
});

test("a phone however it is written", () => {
    for (const query of ["600123456", "+48600", "123-456", "0600 123"]) {
        expect(matchesQuery(ewa, query)).toBe(true);
    }
    expect(matchesQuery(ewa, "600124")).toBe(false);
});

test("values between commas go to the fields in order", () => {
    const fields = ["name", "street"];
    expect(matchesQuery(ewa, "Ewa, Dluga", fields)).toBe(true);
    expect(matchesQuery(ewa, "Dluga, Ewa", fields)).toBe(false);
    expect(matchesQuery(ewa, "ewa, dluga, whatever", fields)).toBe(true);
    expect(matchesQuery(ewa, ", dluga", fields)).toBe(true);
    expect(matchesQuery(ewa, "dluga ewa", fields)).toBe(true);
    expect(matchesQuery(ewa, "warszawa", fields)).toBe(false);
    expect(matchesQuery(ewa, "c0000042", ["customer_code"])).toBe(true);
    expect(matchesQuery(ewa, "anything", ["a_field_that_no_row_has"])).toBe(false);
});

test("the best fit first, then who came lately", () => {
    const rows = [
        { id: 1, name: "Majan", code: "" },
        { id: 2, name: "Jan Zander", code: "" },
        { id: 3, name: "Jan Abel", code: "" },
        { id: 4, name: "Jan Late", code: "", served_on: "2024-05-01" },
        { id: 5, name: "Zoë", code: "JAN" },
    ];
    expect(sortedRows(rows, "jan").map((row) => row.id)).toEqual([5, 4, 3, 2, 1]);
});

test("what was typed goes into the field that it looks like", () => {
    expect(valuesOfQuery("  ")).toEqual({});
    expect(valuesOfQuery("Jan Jansen")).toEqual({ name: "Jan Jansen" });
    expect(valuesOfQuery("+31 6 1234")).toEqual({ phone: "+31 6 1234" });
    expect(valuesOfQuery("0470")).toEqual({ phone: "0470" });
    expect(valuesOfQuery("-")).toEqual({ name: "-" });
    expect(valuesOfQuery("jan@ex")).toEqual({ email: "jan@ex" });
    expect(valuesOfQuery("Jan @ Home")).toEqual({ name: "Jan @ Home" });
    expect(valuesOfQuery("C-1")).toEqual({ name: "C-1" });
});

test("values of a search by fields go into these fields", () => {
    const fields = ["name", "customer_type_id", "street"];
    expect(valuesOfQuery("Jan, student, Voorstraat 3", fields)).toEqual({
        name: "Jan",
        street: "Voorstraat 3",
    });
    expect(valuesOfQuery(", , Voorstraat 3", fields)).toEqual({ street: "Voorstraat 3" });
    expect(valuesOfQuery("C-1", ["customer_code"])).toEqual({ customer_code: "C-1" });
    expect(valuesOfQuery("jan@example.org", fields)).toEqual({ email: "jan@example.org" });
});
