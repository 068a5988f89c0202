import { beforeEach, describe, expect, mockDate, test } from "@odoo/hoot";
import { tillModels } from "@pos_customer_loyalty/../tests/unit/till_models";
import { allowTranslations } from "@web/../tests/web_test_helpers";

describe.current.tags("headless");
beforeEach(() => allowTranslations());

const program = (values = {}) =>
    tillModels({
        "loyalty.program": [
            {
                id: 1,
                name: "Bonus",
                program_type: "loyalty",
                is_nominative: true,
                pending_days: 0,
                customer_type_ids: [],
                ...values,
            },
        ],
    })["loyalty.program"].get(1);

const ofType = (id) => ({ getCustomerType: () => id && { id } });

test("points wait where the programme says so, money never does", () => {
    expect(program().pointsWait).toBe(false);
    expect(program({ pending_days: 14 }).pointsWait).toBe(true);
    expect(program({ pending_days: 14, program_type: "ewallet" }).pointsWait).toBe(false);
    expect(program({ pending_days: 14, is_nominative: false }).pointsWait).toBe(false);
});

test("the day from which points can be spent moves with the clock", () => {
    const bonus = program({ pending_days: 14 });
    mockDate("2026-03-01 10:00:00");
    expect(bonus.getReadyOn().toISODate()).toBe("2026-03-15");
    mockDate("2026-03-02 10:00:00");
    expect(bonus.getReadyOn().toISODate()).toBe("2026-03-16");
});

test("a programme without types takes everybody, also nobody in particular", () => {
    expect(program().takesCustomer(ofType(1))).toBe(true);
    expect(program().takesCustomer(undefined)).toBe(true);
});

test("a programme for a type takes whoever is of it now", () => {
    const students = program({ customer_type_ids: [2] });
    expect(students.takesCustomer(ofType(2))).toBe(true);
    expect(students.takesCustomer(ofType(1))).toBe(false);
    expect(students.takesCustomer(ofType(undefined))).toBe(false);
    expect(students.takesCustomer(undefined)).toBe(false);
    expect(students.typesText).toMatch("Student");
});

test("a programme for types of another company takes nobody here", () => {
    expect(program({ customer_type_ids: [99] }).takesCustomer(ofType(1))).toBe(false);
});
