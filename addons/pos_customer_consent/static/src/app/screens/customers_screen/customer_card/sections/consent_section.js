import { Component, onWillUnmount, status, useState } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { ConsentChoice } from "@pos_customer_consent/app/components/consent_choice/consent_choice";
import { consentLines } from "@pos_customer_consent/app/utils/consent_lines";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** What the customer agreed to, and changes it by a tap. */
export class ConsentSection extends Component {
    static template = "pos_customer_consent.ConsentSection";
    static components = { ConsentChoice };
    static props = { card: Object, partnerId: Number };

    setup() {
        this.pos = usePos();
        this.known = useState(this.pos.consentAnswers.known);
        onWillUnmount(this.pos.consentAnswers.watch(this.props.partnerId, this.uuid));
    }

    get uuid() {
        return this.props.card.identity.uuid;
    }

    get lines() {
        const consents = this.known[this.uuid] || this.props.card.consents;
        return consentLines(consents, this.pos.consentAnswers.of(this.uuid));
    }

    answer(line, granted) {
        if (line.granted === granted && !line.refused) {
            return;
        }
        const { consentAnswers } = this.pos;
        const answer = consentAnswers.make({
            purpose: line.code,
            granted,
            wording_id: line.wording,
        });
        return consentAnswers.give(this.uuid, [answer]);
    }

    /** What may be asked of the customer now. */
    get asked() {
        return this.lines.filter((line) => line.mayGrant);
    }

    /** The customer reads and answers for themselves. */
    letAnswer() {
        const { consentAnswers, consentDisplay } = this.pos;
        const questions = this.asked.map(({ code, ...line }) => ({ purpose: code, ...line }));
        const wordings = Object.fromEntries(questions.map((line) => [line.purpose, line.wording]));
        const { uuid } = this;
        const { lang, name } = this.props.card.identity;
        const give = (answers) =>
            consentAnswers.give(
                uuid,
                answers.map((answer) =>
                    consentAnswers.make({
                        ...answer,
                        wording_id: wordings[answer.purpose],
                        channel: "customer_display",
                    })
                )
            );
        const isWanted = () => status(this) !== "destroyed" && this.uuid === uuid;
        return consentDisplay.ask(questions, lang, give, { name, isWanted });
    }

    dismiss(line) {
        return this.pos.consentAnswers.forget(line.refused);
    }
}

customerCardSections.add(
    "consents",
    {
        component: ConsentSection,
        isShown: ({ consents, identity }) => Boolean(identity.uuid && consents?.length),
    },
    { sequence: 40 }
);
