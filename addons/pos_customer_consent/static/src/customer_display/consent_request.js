import { Component, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

const THANKS = 4000; // ms
const PATIENCE = 5000; // ms until what was confirmed and has not arrived can be confirmed again

/**
 * What the till asks, over the whole customer display: the customer reads, chooses and
 * confirms. Nothing is chosen before, and nothing is said to the till but what was tapped.
 */
export class ConsentRequest extends Component {
    static template = "pos_customer_consent.ConsentRequest";
    static props = [];

    setup() {
        this.data = useState(useService("consent_display_data"));
        this.state = useState({ answers: {}, declinedId: "", isSent: false, thanks: "" });
        this.channel = new BroadcastChannel("CUSTOMER_CONSENT_DISPLAY");
        useEffect(
            () => this.hear(),
            () => [this.data.request?.id, this.data.request?.end]
        );
    }

    /** What the till asks of this display, until it has ended there or was declined here. */
    get request() {
        const { request } = this.data;
        return request && !request.end && request.id !== this.state.declinedId ? request : null;
    }

    hear() {
        const { id, end, thanks } = this.data.request || {};
        Object.assign(this.state, { answers: {}, isSent: false, thanks: "" });
        if (end === "answered") {
            this.state.thanks = thanks;
            browser.setTimeout(() => (this.state.thanks = ""), THANKS);
        } else if (id && !end) {
            this.tell("shown");
        }
    }

    choose(purpose, granted) {
        this.state.answers[purpose] = granted;
        this.tell("chosen");
    }

    /** Whether it can be confirmed: something was chosen, and nothing that is needed is missing. */
    get isComplete() {
        const { answers } = this.state;
        return (
            Object.keys(answers).length > 0 &&
            this.request.questions.every(({ purpose, isRequired }) => !isRequired || purpose in answers)
        );
    }

    /** It is thanked for when the till says that it is there; until then it can be tried again. */
    confirm() {
        const { id } = this.request;
        this.state.isSent = true;
        this.tell("confirmed");
        browser.setTimeout(() => {
            if (this.request?.id === id) {
                this.state.isSent = false;
            }
        }, PATIENCE);
    }

    decline() {
        this.tell("declined");
        this.state.declinedId = this.request.id;
        this.state.answers = {};
    }

    /** To the till in this browser, and over the network to one on another device. */
    tell(type) {
        const answers = Object.entries(this.state.answers).map(([purpose, granted]) => ({
            purpose,
            granted,
        }));
        const message = { id: this.request.id, type, answers };
        this.channel.postMessage(message);
        const { config_id, access_token, device_uuid } = session;
        rpc(
            "/pos_customer_consent/display",
            { config_id, access_token, device_uuid, message },
            { silent: true }
        ).catch(() => {}); // the till in this browser has heard it, or it is confirmed again
    }

    htmlLang(lang) {
        return lang ? lang.replace("_", "-") : undefined;
    }
}

registry.category("main_components").add("pos_customer_consent.ConsentRequest", {
    Component: ConsentRequest,
});
