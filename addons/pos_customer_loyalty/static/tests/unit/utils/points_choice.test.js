import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { pointsRefusal, typedNumber } from "@pos_customer_loyalty/app/utils/points_choice";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";

describe.current.tags("headless");
beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, { decimalPoint: ".", grouping: [3, 0], thousandsSep: "," });
});

const limits = (more = {}) => ({ most: 250, step: 100, format: String, ...more });

test("what is no number is refused", () => {
    for (const text of ["", "-", "abc"]) {
        expect(pointsRefusal(typedNumber(text), limits())).toMatch("Enter");
    }
    expect(pointsRefusal(typedNumber("-100"), limits())).toMatch("Enter");
});

test("none, whole steps and all that there is use for fit", () => {
    for (const text of ["0", "100", "200", "250"]) {
        expect(pointsRefusal(typedNumber(text), limits())).toBe("");
    }
});

test("more than there is use for, and parts of a step, are refused", () => {
    expect(pointsRefusal(250.5, limits())).toMatch("At most 250");
    expect(pointsRefusal(150, limits())).toMatch("by 100");
});

test("money is spent to the cent", () => {
    expect(pointsRefusal(33.33, limits({ step: 0 }))).toBe("");
});

test("steps that are no whole numbers do not stumble over rounding", () => {
    expect(pointsRefusal(0.3, limits({ step: 0.1 }))).toBe("");
    expect(pointsRefusal(0.7, limits({ step: 0.1 }))).toBe("");
});
