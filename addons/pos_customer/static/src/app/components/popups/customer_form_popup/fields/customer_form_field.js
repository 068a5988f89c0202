import { Component } from "@odoo/owl";
import { LABELS } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";

/** A field with its label, and what is wrong with it; nothing where the form is short. */
export class CustomerFormField extends Component {
    static template = "pos_customer.CustomerFormField";
    static props = {
        form: Object,
        name: String,
        label: { type: String, optional: true },
        hint: { type: String, optional: true },
        wide: { type: Boolean, optional: true },
        isLabel: { type: Boolean, optional: true },
        slots: Object,
    };
    static defaultProps = { hint: "", wide: false, isLabel: true };

    get label() {
        const label = this.props.label || LABELS[this.props.name] || this.props.name;
        return this.props.form.isRequired(this.props.name) ? `${label} *` : `${label}`;
    }

    get error() {
        return this.props.form.errors[this.props.name];
    }

    /** Buttons in a label would be pressed by a tap on its text. */
    get tag() {
        return this.props.isLabel ? "label" : "div";
    }
}
