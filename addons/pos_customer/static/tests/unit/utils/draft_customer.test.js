import { describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { tillModels } from "@pos_customer/../tests/unit/till_models";
import { applyDraft, localId } from "@pos_customer/app/utils/draft_customer";

const makeDraft = (models, values, more = {}) =>
    models["customer.draft"].create({ uuid: "u-1", key: "k-1", partner_id: -5, values, ...more });

const bo = (values = {}) => ({
    id: 7,
    name: "Bo",
    customer_uuid: "u-1",
    customer_type_id: 1,
    property_product_pricelist: 1,
    fiscal_position_id: 1,
    zip: "1000",
    city: "Brussels",
    ...values,
});

test("the id of a customer whom the server does not know is below zero", () => {
    for (let i = 0; i < 100; i++) {
        const id = localId();
        expect(Number.isInteger(id) && id < 0 && id >= -(2 ** 31)).toBe(true);
    }
});

describe("a new customer", () => {
    test("is shown as the server would make them", () => {
        const models = tillModels();
        const email = "nora@example.com";
        const nora = applyDraft(makeDraft(models, { name: "Nora", email, street: "Main 1", zip: "1000" }));
        expect(nora.id).toBe(-5);
        expect(nora.customer_uuid).toBe("u-1");
        expect(nora.is_customer).toBe(true);
        expect(nora.customer_type_id.name).toBe("Person");
        expect(nora.property_product_pricelist.name).toBe("Shop");
        expect(nora.fiscal_position_id.name).toBe("Home");
        expect(nora.invoice_emails).toBe(email);
        expect(nora.pos_contact_address).toBe("Main 1\n1000");
    });

    test("has the price of their type, until the proof is out of date", () => {
        mockDate("2031-03-05 12:00:00");
        const nora = applyDraft(makeDraft(tillModels(), { name: "Nora", customer_type_id: 2 }));
        expect(nora.property_product_pricelist.name).toBe("Students");
        expect(nora.fiscal_position_id.name).toBe("Exempt");
        expect(nora.customer_type_until.toISODate()).toBe("2032-03-05");
    });

    test("is one record, however often the draft is shown", () => {
        const models = tillModels();
        const draft = makeDraft(models, { name: "Nora" });
        applyDraft(draft);
        draft.values = { name: "Nora", city: "Lyon" };
        expect(applyDraft(draft).city).toBe("Lyon");
        expect(models["res.partner"].length).toBe(1);
    });
});

describe("a customer whom the till holds", () => {
    const change = (values, partner = {}, more = {}) => {
        const models = tillModels({ "res.partner": [bo(partner)] });
        return applyDraft(makeDraft(models, values, { partner_id: 7, ...more }));
    };

    test("has what was typed, and the rest as before", () => {
        const partner = change({ phone: "0470", city: "Lyon" });
        expect([partner.phone, partner.zip, partner.name]).toEqual(["0470", "1000", "Bo"]);
        expect(partner.pos_contact_address).toBe("1000 Lyon");
        expect(partner.property_product_pricelist.name).toBe("Shop");
    });

    test("changes price with the type, unless they have a price of their own", () => {
        expect(change({ customer_type_id: 2 }).property_product_pricelist.name).toBe("Students");
        const own = change({ customer_type_id: 2 }, { property_product_pricelist: 3 });
        expect(own.property_product_pricelist.name).toBe("Own");
    });

    test("stays as the server has them once it has refused", () => {
        const partner = change({ phone: "0470" }, {}, { errors: { phone: "No." } });
        expect(partner.phone).toBeEmpty();
    });

    test("who is not loaded is left alone", () => {
        const models = tillModels();
        expect(applyDraft(makeDraft(models, { phone: "0470" }, { partner_id: 7 }))).toBe(undefined);
        expect(models["res.partner"].length).toBe(0);
    });
});
