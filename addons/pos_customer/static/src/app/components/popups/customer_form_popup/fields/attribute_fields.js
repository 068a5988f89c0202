import { Component, useState } from "@odoo/owl";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;
const WIDE = ["text", "tags"];

/** The attributes that the shop shows at the till. */
export class AttributeFields extends Component {
    static template = "pos_customer.AttributeFields";
    static components = { CustomerFormField };
    static props = { form: Object };

    setup() {
        this.form = useState(this.props.form);
    }

    valueOf({ name }) {
        return this.form.values.properties[name] ?? false;
    }

    isWide({ type }) {
        return WIDE.includes(type);
    }

    set({ name }, value) {
        this.form.setAttribute(name, value === "" ? false : value);
    }

    setNumber(attribute, text) {
        const number = attribute.type === "integer" ? parseInt(text, 10) : parseFloat(text);
        this.set(attribute, Number.isNaN(number) ? false : number);
    }

    /** A moment is typed by the clock of the shop and kept by that of the world. */
    momentOf(attribute) {
        const value = this.valueOf(attribute);
        return value ? deserializeDateTime(value).toFormat("yyyy-MM-dd'T'HH:mm") : "";
    }

    setMoment(attribute, text) {
        this.set(attribute, text ? serializeDateTime(DateTime.fromISO(text)) : false);
    }

    toggle(attribute, key) {
        const chosen = this.valueOf(attribute) || [];
        this.set(
            attribute,
            chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key]
        );
    }

    isChosen(attribute, key) {
        return (this.valueOf(attribute) || []).includes(key);
    }
}
