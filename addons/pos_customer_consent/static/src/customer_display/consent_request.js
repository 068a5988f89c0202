import { Component, useEffect, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

const THANKS = 4000; // ms

/**
 * What the till asks, over the whole customer display: the customer reads, chooses and
 * confirms. Nothing is chosen before, and nothing is said to the till but what was tapped.
 */
export class ConsentRequest extends Component {
    static template = "pos_customer_consent.ConsentRequest";
    static props = [];

    setup() {
        this.data = useState(useService("consent_display_data"));
        this.state = useState({ answers: {}, doneId: "", thanks: "" });
        this.channel = new BroadcastChannel("CUSTOMER_CONSENT_DISPLAY");
        useEffect(
            () => this.begin(),
            () => [this.request?.id]
        );
    }

    /** What the till asks of this display and the customer has not answered yet. */
    get request() {
        const { request } = this.data;
        return request && request.id !== this.state.doneId ? request : null;
    }

    begin() {
        if (this.request) {
            this.state.answers = {};
            this.state.thanks = "";
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

    confirm() {
        this.tell("confirmed");
        this.state.thanks = this.request.texts.thanks;
        browser.setTimeout(() => (this.state.thanks = ""), THANKS);
        this.end();
    }

    decline() {
        this.tell("declined");
        this.end();
    }

    end() {
        this.state.doneId = this.request.id;
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
        ).catch(() => {}); // the till in this browser has heard it
    }

    htmlLang(lang) {
        return lang ? lang.replace("_", "-") : undefined;
    }
}

registry.category("main_components").add("pos_customer_consent.ConsentRequest", {
    Component: ConsentRequest,
});
