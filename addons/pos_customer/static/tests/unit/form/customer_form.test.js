import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { CustomerForm } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { allowTranslations } from "@web/../tests/web_test_helpers";

const BE = 20;
const PL = 30;
const DESCRIPTION = {
    attributes: [
        { name: "size", label: "Size", type: "integer", options: [] },
        { name: "diet", label: "Diet", type: "selection", options: [["vegan", "Vegan"]] },
    ],
    tags: [{ id: 1, name: "Regular" }],
    phone_codes: { [BE]: 32, [PL]: 48 },
    is_manager: false,
};

beforeEach(allowTranslations);

function newForm(options = {}) {
    const form = new CustomerForm({
        fields: ["phone", "email"],
        preset: { country_id: BE, customer_type_id: 5 },
        ...options,
    });
    form.describe(DESCRIPTION);
    return form;
}

function editForm(values = {}, options = {}) {
    const form = newForm(options);
    form.edit({
        id: 7,
        uuid: "u",
        values: { ...form.initial, name: "Ann", country_id: BE, customer_type_id: 5, ...values },
        parent_name: "",
        type_until: false,
    });
    return form;
}

describe("what is shown", () => {
    test("the fields of the till, and the others when asked for", () => {
        const form = newForm();
        expect(form.shows("name")).toBe(true);
        expect(form.shows("phone")).toBe(true);
        expect(form.shows("street")).toBe(false);
        form.open = true;
        expect(form.shows("street")).toBe(true);
    });

    test("what was typed before the form opened", () => {
        expect(newForm({ fields: [], typed: { phone: "0470" } }).shows("phone")).toBe(true);
    });

    test("what a customer has, however short the form is", () => {
        const form = editForm({ street: "Main 1", properties: { diet: "vegan" } });
        expect(form.shows("street")).toBe(true);
        expect(form.shows("city")).toBe(false);
        expect(form.shownAttributes.map((a) => a.name)).toEqual(["diet"]);
    });

    test("a field with an error", () => {
        const form = newForm();
        form.errors = { vat: "No such number." };
        expect(form.shows("vat")).toBe(true);
    });

    test("a company has no company, a contact no address of their own", () => {
        const form = newForm({ fields: ["parent_id", "street"] });
        expect(form.shows("parent_id")).toBe(true);
        form.setParent({ id: 3, name: "Acme" });
        expect(form.shows("street")).toBe(false);
        expect(form.parentName).toBe("Acme");
        form.set("is_company", true);
        expect(form.shows("parent_id")).toBe(false);
        expect(form.values.parent_id).toBe(false);
    });
});

describe("what is wrong", () => {
    test("a name is needed", () => {
        const form = newForm();
        expect(form.check()).toBe(false);
        expect(form.errors.name).toBe("Enter a name.");
        form.set("is_company", true);
        form.check();
        expect(form.errors.name).toBe("Enter the name of the company.");
        form.set("name", "Acme");
        expect(form.errors.name).toBe(undefined);
        expect(form.check()).toBe(true);
    });

    test("a sentence for each required field", () => {
        const form = newForm({ required: ["email", "zip"], typed: { name: "Ann" } });
        form.set("email", "   ");
        expect(form.check()).toBe(false);
        expect(Object.keys(form.errors)).toEqual(["email", "zip"]);
        expect(form.errors.zip).toBe("Fill in “Postcode”: this till asks for it.");
        form.set("email", "a@b.be");
        expect("email" in form.errors).toBe(false);
    });

    test("a contact has the address of the company", () => {
        const form = newForm({ required: ["zip"], typed: { name: "Jan" } });
        form.setParent({ id: 3, name: "Acme" });
        expect(form.check()).toBe(true);
    });

    test("sentences of the server go to the field whose value they name", () => {
        const form = newForm({ typed: { name: "Ann", email: "Ann@Example.com" } });
        form.refuse("Bob already has the e-mail ann@example.com.");
        expect(Object.keys(form.errors)).toEqual(["email"]);
        form.refuse("The type “Staff” is reserved.", "Staff");
        expect(Object.keys(form.errors)).toEqual(["customer_type_id"]);
        form.refuse("Something else.");
        expect(form.errors).toEqual({});
        expect(form.general).toBe("Something else.");
    });
});

describe("what is saved", () => {
    test("a new customer brings what is preset", () => {
        const form = newForm({ typed: { name: " Ann " } });
        expect(form.payload).toEqual({ name: "Ann", country_id: BE, customer_type_id: 5 });
        expect(form.isDirty).toBe(true);
        expect(newForm().isDirty).toBe(false);
    });

    test("a customer who is there brings the changes", () => {
        const form = editForm({ city: "Gent", properties: { size: 42 } });
        expect(form.isDirty).toBe(false);
        form.set("city", "");
        form.set("category_id", [1]);
        form.setAttribute("diet", "vegan");
        expect(form.payload).toEqual({
            city: false,
            category_id: [[6, 0, [1]]],
            properties: { diet: "vegan" },
        });
        form.setAttribute("diet", false);
        expect("properties" in form.changes).toBe(false);
    });

    test("a contact brings neither address nor type", () => {
        const form = newForm({ typed: { name: "Jan" } });
        form.set("street", "Main 1");
        form.setParent({ id: 3, name: "Acme" });
        expect(form.payload).toEqual({ name: "Jan", parent_id: 3 });
    });

    test("another country takes another state", () => {
        const form = editForm({ state_id: 9 });
        form.set("country_id", PL);
        expect(form.payload).toEqual({ country_id: PL, state_id: false });
    });
});

describe("phone", () => {
    test("a national number is one of the country beside it", () => {
        const form = newForm({ typed: { name: "Ola" } });
        expect(form.phoneCountry.id).toBe(BE);
        form.set("phone", "601 234 567");
        form.setPhoneCountry(String(PL));
        expect(form.payload.phone).toBe("601 234 567");
        expect(form.payload.phone_country_id).toBe(PL);
    });

    test("an international number tells its country", () => {
        const form = newForm();
        form.set("phone", "+48 601");
        expect(form.phoneCountry.id).toBe(PL);
    });

    test("the country of the address goes first", () => {
        const form = newForm();
        form.set("country_id", PL);
        expect(form.phoneCountry.id).toBe(PL);
        form.set("phone", "02 123");
        form.set("country_id", BE);
        expect(form.phoneCountry.id).toBe(PL);
    });

    test("a number that is there is read anew with another country", () => {
        const form = editForm({ phone: "601 234 567" });
        expect(form.isDirty).toBe(false);
        form.setPhoneCountry(PL);
        expect(form.payload).toEqual({ phone: "601 234 567", phone_country_id: PL });
        const other = editForm({ phone: "+32 470 11 22 33" });
        other.setPhoneCountry(PL);
        expect(other.isDirty).toBe(false);
    });
});

describe("what is compared", () => {
    test("nothing before something tells", () => {
        const form = newForm({ typed: { name: "Ann" } });
        expect(form.comparable).toBe(null);
        form.set("phone", "0470");
        expect(form.comparable).toBe(null);
        form.set("phone", "0470 11");
        expect(form.comparable).toEqual({ name: "Ann", phone: "0470 11", phone_country_id: BE });
    });

    test("a customer who is there is not compared until something has changed", () => {
        const form = editForm({ email: "ann@example.com", zip: "1000" });
        expect(form.comparable).toBe(null);
        form.set("customer_note", "Mondays");
        expect(form.comparable).toBe(null);
        form.set("name", "Anna");
        expect(form.comparable).toEqual({
            id: 7,
            name: "Anna",
            email: "ann@example.com",
            zip: "1000",
        });
    });
});

describe("what waits to be sent", () => {
    const draft = {
        values: {
            phone: "0470 11 22 33",
            phone_country_id: PL,
            city: false,
            properties: { diet: "vegan" },
            category_id: [[6, 0, [1]]],
        },
        errors: { phone: "Not a number." },
    };

    test("is typed again, with what the server said", () => {
        const form = editForm({ city: "Lyon" }, { fields: [] });
        form.retype(draft);
        expect(form.errors).toEqual({ phone: "Not a number." });
        expect(form.shows("phone")).toBe(true);
        expect(form.values.city).toBe("");
        expect(form.payload).toEqual(draft.values);
    });

    test("is not lost with the form", () => {
        const form = editForm();
        expect(form.isTouched).toBe(false);
        form.retype(draft);
        expect([form.isDirty, form.isTouched]).toEqual([true, false]);
        form.set("city", "Lille");
        expect(form.isTouched).toBe(true);
    });
});
