import { countryOfPhone, isInternational } from "@pos_customer/app/utils/phone_country";
import { _t } from "@web/core/l10n/translation";

export const TEXTS = [
    "name",
    "phone",
    "email",
    "website",
    "street",
    "street2",
    "zip",
    "city",
    "vat",
    "customer_code",
    "customer_note",
];
const EMPTY = {
    ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
    is_company: false,
    parent_id: false,
    state_id: false,
    country_id: false,
    customer_type_id: false,
    category_id: [],
    properties: {},
};
/** What Odoo gives a contact of its company: the form does not ask for it. */
const ADDRESS = ["street", "street2", "zip", "city", "state_id", "country_id"];
/** Everyone has it, so that a short form need not show it. */
const HIDDEN_WHEN_USUAL = ["country_id", "state_id", "customer_type_id", "customer_code"];
/** What is compared with other customers while it is typed. */
const COMPARED = ["name", "phone", "email", "zip", "vat", "customer_code", "parent_id"];

export const LABELS = {
    name: _t("Name"),
    phone: _t("Phone"),
    email: _t("E-mail"),
    website: _t("Website"),
    street: _t("Street and number"),
    street2: _t("Address line 2"),
    zip: _t("Postcode"),
    city: _t("City"),
    state_id: _t("State"),
    country_id: _t("Country"),
    parent_id: _t("Company"),
    vat: _t("VAT number"),
    customer_type_id: _t("Type"),
    customer_code: _t("Customer code"),
    category_id: _t("Tags"),
    customer_note: _t("Note for the seller"),
};

/** Let the form hold one more text, for an addon that brings the field. */
export function addFormText(name, label) {
    TEXTS.push(name);
    EMPTY[name] = "";
    LABELS[name] = label;
}

const clean = (value) => (typeof value === "string" ? value.trim() : value);
const isEmpty = (value) =>
    value === "" || value === false || value === null || (Array.isArray(value) && !value.length);
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is typed into the form of a customer, and what is to be said about it.
 *
 * Knows neither the screen nor the server: the popup loads and saves, the fields show.
 */
export class CustomerForm {
    /**
     * @param {Object} options
     * @param {string[]} options.fields shown at first
     * @param {string[]} options.required
     * @param {Object} options.preset values of a new customer that count as given
     * @param {Object} options.typed values that somebody has typed already
     */
    constructor({ fields, required = [], preset = {}, typed = {} }) {
        this.fields = fields;
        this.required = required;
        this.open = false;
        this.partnerId = false;
        this.initial = { ...EMPTY };
        this.preset = preset;
        this.values = { ...EMPTY, ...preset, ...typed };
        // what is filled in is shown however short the form is
        this.given = ["name", "is_company", ...Object.keys(typed)];
        this.parentName = "";
        this.typeUntil = false;
        this.scanned = false;
        this.errors = {};
        this.general = "";
        this.attributes = [];
        this.tags = [];
        this.phoneCodes = {};
        this.isManager = false;
        this.kept = null;
        this.phoneCountry = { id: this.values.country_id, chosen: false };
    }

    /** What `customer_form` of the server says; `values` of a customer who is there. */
    describe({ attributes, tags, phone_codes, is_manager }) {
        Object.assign(this, {
            attributes,
            tags,
            phoneCodes: phone_codes,
            isManager: is_manager,
        });
        this.followPhone();
    }

    edit({ id, values, parent_name, type_until }) {
        this.partnerId = id;
        this.initial = { ...EMPTY, ...values };
        this.preset = {};
        this.values = { ...this.initial, properties: { ...this.initial.properties } };
        this.given = Object.keys(values).filter(
            (name) => !isEmpty(values[name]) && !HIDDEN_WHEN_USUAL.includes(name)
        );
        this.parentName = parent_name;
        this.typeUntil = type_until;
        this.phoneCountry = { id: this.values.country_id, chosen: false };
        this.followPhone();
    }

    /** What was typed before and waits to be sent, with what the server said to it. */
    retype(draft) {
        const { phone_country_id, properties, category_id, ...values } = draft.values;
        Object.assign(this.values, values);
        if (properties) {
            this.values.properties = { ...this.values.properties, ...properties };
        }
        if (category_id) {
            this.values.category_id = category_id[0][2];
        }
        for (const name of TEXTS) {
            this.values[name] = this.values[name] || "";
        }
        this.given.push(...Object.keys(values), ...(properties ? ["properties"] : []));
        if (phone_country_id) {
            this.phoneCountry = { id: phone_country_id, chosen: true };
        }
        this.followPhone();
        this.errors = { ...draft.errors };
        this.general = draft.error || "";
        this.kept = this.payload;
    }

    get isNew() {
        return !this.partnerId;
    }

    // -- what is shown --------------------------------------------------------------

    /** Whether a field has its place in the form now. */
    shows(name) {
        if (name === "parent_id" && this.values.is_company) {
            return false;
        }
        if (this.takesAddressOfCompany && ADDRESS.includes(name)) {
            return false;
        }
        return (
            this.open ||
            this.fields.includes(name) ||
            this.given.includes(name) ||
            Boolean(this.errors[name])
        );
    }

    showsAny(...names) {
        return names.some((name) => this.shows(name));
    }

    /** Attributes are shown all or, where the form is short, those with a value. */
    get shownAttributes() {
        if (this.open || this.fields.includes("properties")) {
            return this.attributes;
        }
        return this.attributes.filter(({ name }) => !isEmpty(this.initial.properties[name] ?? false));
    }

    get takesAddressOfCompany() {
        return this.isNew && Boolean(this.values.parent_id);
    }

    isRequired(name) {
        return name === "name" || this.asksFor(name);
    }

    /** Whether the till cannot do without the field, as the form stands now. */
    asksFor(name) {
        const given = this.takesAddressOfCompany && ADDRESS.includes(name);
        return this.required.includes(name) && !given;
    }

    // -- typing ---------------------------------------------------------------------

    set(name, value) {
        this.values[name] = value;
        this.forget(name);
        if (name === "phone") {
            this.followPhone();
        }
        if (name === "country_id") {
            this.values.state_id = false;
            if (!this.values.phone) {
                this.phoneCountry = { id: value, chosen: false };
            }
        }
        if (name === "is_company" && value) {
            this.setParent(false);
        }
    }

    /** @param {string} text id of the chosen record, empty for none */
    setId(name, text) {
        this.set(name, Number(text) || false);
    }

    setAttribute(name, value) {
        this.values.properties = { ...this.values.properties, [name]: value };
        this.forget("properties");
    }

    /** @param {Object|false} row of the company that the contact belongs to */
    setParent(row) {
        this.set("parent_id", row ? row.id : false);
        this.parentName = row ? row.name : "";
        this.forget(...ADDRESS);
    }

    setCode(code) {
        this.set("customer_code", code);
        this.scanned = true;
    }

    setPhoneCountry(text) {
        this.phoneCountry = { id: Number(text) || false, chosen: true };
        this.forget("phone");
    }

    /** A number that says its country is shown with it. */
    followPhone() {
        const { phone, country_id } = this.values;
        const found = countryOfPhone(phone, this.phoneCodes, this.phoneCountry.id || country_id);
        if (found) {
            this.phoneCountry = { id: found, chosen: false };
        }
    }

    forget(...names) {
        this.general = "";
        for (const name of names) {
            delete this.errors[name];
        }
    }

    // -- what is wrong --------------------------------------------------------------

    /** Names of which one at least has to be filled in. */
    get nameFields() {
        return ["name"];
    }

    /** @returns {boolean} whether the form may be saved; the sentences stand in `errors` */
    check() {
        const errors = {};
        if (!this.nameFields.some((name) => clean(this.values[name]))) {
            errors[this.nameFields[0]] = this.values.is_company
                ? _t("Enter the name of the company.")
                : _t("Enter a name.");
        }
        for (const name of this.required) {
            if (this.asksFor(name) && isEmpty(clean(this.values[name] ?? ""))) {
                errors[name] = _t("Fill in “%s”: this till asks for it.", LABELS[name] || name);
            }
        }
        this.errors = errors;
        this.general = "";
        return !Object.keys(errors).length;
    }

    /** Put a sentence of the server beside the field whose value or type it names. */
    refuse(message, typeName = "") {
        const { customer_code, email, phone, vat } = this.values;
        const named = Object.entries({
            customer_code,
            email,
            phone,
            vat,
            customer_type_id: typeName && `“${typeName}”`,
        }).find(
            ([, value]) =>
                value.trim() && message.toLowerCase().includes(value.trim().toLowerCase())
        );
        this.errors = named ? { [named[0]]: message } : {};
        this.general = named ? "" : message;
    }

    // -- what is saved --------------------------------------------------------------

    /** What somebody has changed. */
    get changes() {
        const before = this.isNew ? { ...this.initial, ...this.preset } : this.initial;
        const changes = {};
        for (const name of Object.keys(this.values).filter((key) => key !== "properties")) {
            const value = clean(this.values[name]);
            if (!isSame(value, before[name])) {
                changes[name] = value;
            }
        }
        const properties = this.changedAttributes;
        if (Object.keys(properties).length) {
            changes.properties = properties;
        }
        return changes;
    }

    get changedAttributes() {
        const changed = {};
        for (const [name, value] of Object.entries(this.values.properties)) {
            const old = this.initial.properties[name] ?? false;
            if (!isSame(isEmpty(clean(value)) ? false : clean(value), isEmpty(old) ? false : old)) {
                changed[name] = clean(value);
            }
        }
        return changed;
    }

    get isDirty() {
        return Object.keys(this.changes).length > 0 || this.isPhoneMoved;
    }

    /** Whether closing the form loses what was typed: a draft is kept elsewhere. */
    get isTouched() {
        return this.kept ? !isSame(this.payload, this.kept) : this.isDirty;
    }

    /** Whether a number without a prefix was given to another country. */
    get isPhoneMoved() {
        const { phone } = this.values;
        return this.phoneCountry.chosen && Boolean(phone.trim()) && !isInternational(phone);
    }

    /** What the server gets: the changes, and for a new customer also what is preset. */
    get payload() {
        const values = this.isNew
            ? { ...this.preset, ...this.changes }
            : { ...this.changes };
        if (this.takesAddressOfCompany) {
            // of the company; its type counts as well
            for (const name of [...ADDRESS, "customer_type_id"]) {
                delete values[name];
            }
        }
        if (this.isPhoneMoved) {
            values.phone = this.values.phone.trim();
        }
        if (values.phone && this.phoneCountry.id) {
            values.phone_country_id = this.phoneCountry.id;
        }
        for (const name of TEXTS) {
            if (values[name] === "" && name !== "name") {
                values[name] = false;
            }
        }
        if (values.category_id) {
            values.category_id = [[6, 0, values.category_id]];
        }
        return values;
    }

    /**
     * What to look for among the other customers, `null` when nothing was typed that
     * could tell.
     */
    get comparable() {
        const { phone, email, zip, vat, customer_code } = this.values;
        const changed = COMPARED.some((name) => name !== "parent_id" && name in this.changes);
        const telling =
            phone.replace(/\D/g, "").length >= 6 ||
            /\S@\S+\.\S/.test(email) ||
            zip.trim().length >= 3 ||
            vat.trim().length >= 5 ||
            customer_code.trim();
        if (!telling || !changed) {
            return null;
        }
        const values = {};
        for (const name of COMPARED) {
            const value = clean(this.values[name]);
            if (!isEmpty(value)) {
                values[name] = value;
            }
        }
        if (this.partnerId) {
            values.id = this.partnerId;
        }
        if (values.phone && this.phoneCountry.id) {
            values.phone_country_id = this.phoneCountry.id;
        }
        return values;
    }
}
