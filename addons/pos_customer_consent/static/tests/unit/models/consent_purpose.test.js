import { expect, test } from "@odoo/hoot";
import { tillModels } from "@pos_customer_consent/../tests/unit/till_models";
import { askedPurposes } from "@pos_customer_consent/app/utils/consent_lines";

test("each reads the newest words in their language, or in the nearest", () => {
    const models = tillModels();
    const [news, calls, unsaid] = [1, 2, 3].map((id) => models["consent.purpose"].get(id));
    const read = (purpose, lang) => purpose.getWording(lang)?.id;
    expect(read(news, "fr_FR")).toBe(12);
    expect(read(news, "fr_BE")).toBe(12);
    expect(read(news, "en_US")).toBe(14);
    // of the shop, then English
    expect(read(news, "de_DE")).toBe(13);
    expect(read(calls, "de_DE")).toBe(21);
    expect(read(news, false)).toBe(13);
    expect(read(unsaid, "fr_FR")).toBe(undefined);
});

test("what has no words is not asked", () => {
    const codes = askedPurposes(tillModels()).map((purpose) => purpose.code);
    expect(codes).toEqual(["calls", "news"]);
});
