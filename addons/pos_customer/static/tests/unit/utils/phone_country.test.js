import { expect, test } from "@odoo/hoot";
import { countryOfPhone, isInternational } from "@pos_customer/app/utils/phone_country";

const CODES = { 1: 1, 2: 1, 3: 32, 4: 352, 5: 35 };

test("the longest code that fits", () => {
    expect(countryOfPhone("+32 470", CODES, false)).toBe(3);
    expect(countryOfPhone("00352 621", CODES, false)).toBe(4);
    expect(countryOfPhone("+35 1", CODES, false)).toBe(5);
    expect(countryOfPhone("+99 1", CODES, false)).toBe(false);
});

test("of countries with one code the one at hand", () => {
    expect(countryOfPhone("+1 202", CODES, 2)).toBe(2);
    expect(countryOfPhone("+1 202", CODES, 1)).toBe(1);
    expect(countryOfPhone("+1 202", CODES, 3)).toBe(1);
});

test("a national number tells nothing", () => {
    expect(countryOfPhone("0470 11 22 33", CODES, 3)).toBe(false);
    expect(countryOfPhone("", CODES, 3)).toBe(false);
    expect(countryOfPhone("32470", CODES, 3)).toBe(false);
    expect(isInternational("+32")).toBe(true);
    expect(isInternational("0032 4")).toBe(true);
    expect(isInternational("04")).toBe(false);
    expect(isInternational("+")).toBe(false);
});
