import { Component, onWillUnmount, useState } from "@odoo/owl";
import { DisplayRequest } from "@pos_customer_consent/app/services/display_request";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** What the customer does at the customer display, as the cashier sees it. */
export class ConsentDisplayPopup extends Component {
    static template = "pos_customer_consent.ConsentDisplayPopup";
    static components = { Dialog };
    static props = { name: String, questions: Array, texts: Object, onAnswers: Function, close: Function };

    setup() {
        this.pos = usePos();
        const { questions, texts, onAnswers } = this.props;
        const display = this.pos.consentDisplay;
        this.request = useState(
            new DisplayRequest({
                questions: questions.map(({ purpose, title, body, lang, isRequired }) => ({
                    purpose,
                    title,
                    body,
                    lang,
                    isRequired: Boolean(isRequired),
                })),
                texts,
                send: (request) => display.show(request),
                onAnswers,
            })
        );
        const listener = (message) => this.request.receive(message);
        display.listener = listener;
        this.request.start();
        onWillUnmount(() => {
            this.request.withdraw();
            if (display.listener === listener) {
                display.listener = null;
            }
        });
    }

    get lines() {
        return this.props.questions.map(({ purpose, name }) => ({
            purpose,
            name,
            answer: { true: "yes", false: "no" }[this.request.answers[purpose]] || "none",
        }));
    }

    get text() {
        return {
            calling: _t("Looking for the customer display…"),
            missing: _t(
                "No customer display answers. Open it from the menu of the till, then try again."
            ),
            reading: _t("The customer reads and answers on the customer display."),
            answered: _t("The customer has answered."),
            declined: _t("The customer does not want to answer now."),
            withdrawn: "",
        }[this.request.state];
    }
}
