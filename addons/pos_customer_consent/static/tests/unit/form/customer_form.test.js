import { expect, test } from "@odoo/hoot";
import { tillModels } from "@pos_customer_consent/../tests/unit/till_models";
import { CustomerForm } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { askedPurposes } from "@pos_customer_consent/app/utils/consent_lines";
import { allowTranslations } from "@web/../tests/web_test_helpers";

function makeForm({ condition = false } = {}) {
    allowTranslations();
    const models = tillModels();
    models["consent.purpose"].get(2).is_condition = condition;
    const form = new CustomerForm({ fields: [], typed: { name: "Nora" } });
    form.askConsents(askedPurposes(models), "fr_FR");
    const answer = (purpose, granted) => form.answerConsent({ purpose, granted, key: `${purpose}-${granted}` });
    return { form, answer };
}

test("nothing is chosen before somebody chooses", () => {
    const { form } = makeForm();
    expect(form.consentQuestions.map(({ granted }) => granted)).toEqual([null, null]);
    expect(form.payload.consents).toBe(undefined);
});

test("an answer that is required may be a no", () => {
    const { form, answer } = makeForm();
    expect(form.check()).toBe(false);
    expect(Object.keys(form.errors)).toEqual(["consent_news"]);
    answer("news", false);
    expect(form.errors).toEqual({});
    expect(form.check()).toBe(true);
});

test("a condition needs a yes", () => {
    const { form, answer } = makeForm({ condition: true });
    answer("news", true);
    answer("calls", false);
    expect(form.check()).toBe(false);
    expect(Object.keys(form.errors)).toEqual(["consent_calls"]);
    answer("calls", true);
    expect(form.check()).toBe(true);
});

test("the last answer to each goes with what was typed, and counts as typed", () => {
    const { form, answer } = makeForm();
    answer("news", true);
    answer("news", false);
    expect(form.payload.consents.map(({ key }) => key)).toEqual(["news-false"]);
    expect(form.payload.name).toBe("Nora");
    expect(form.isDirty).toBe(true);
});

test("the words follow the language that is chosen", () => {
    const { form } = makeForm();
    const bodies = () => form.consentQuestions.map(({ body }) => body);
    expect(bodies()).toEqual(["Calls", "Deux"]);
    form.set("lang", "pl_PL");
    expect(bodies()).toEqual(["Calls", "Dwa"]);
    expect(form.payload.lang).toBe("pl_PL");
});

test("a customer who is there is asked nothing in the form", () => {
    const form = new CustomerForm({ fields: [] });
    expect(form.consentQuestions).toEqual([]);
    form.set("name", "Bo");
    expect(form.check()).toBe(true);
    expect("consents" in form.payload).toBe(false);
});
