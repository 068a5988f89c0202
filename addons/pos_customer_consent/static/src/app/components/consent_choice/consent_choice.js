import { Component, useState } from "@odoo/owl";

/**
 * Yes or no to one purpose, its wording a tap away. Nothing is chosen until somebody does.
 */
export class ConsentChoice extends Component {
    static template = "pos_customer_consent.ConsentChoice";
    static props = {
        code: String,
        name: String,
        body: String,
        lang: { type: String, optional: true },
        // true, false, or null while there is no answer
        granted: { validate: (granted) => [true, false, null].includes(granted) },
        mayGrant: { type: Boolean, optional: true },
        mayRefuse: { type: Boolean, optional: true },
        onAnswer: Function,
        slots: { type: Object, optional: true },
    };
    static defaultProps = { mayGrant: true, mayRefuse: true, lang: "" };

    setup() {
        this.state = useState({ open: false });
    }

    get htmlLang() {
        return this.props.lang.replace("_", "-") || undefined;
    }

    toggle() {
        this.state.open = !this.state.open;
    }
}
