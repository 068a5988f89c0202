import { Component, status, useState } from "@odoo/owl";
import { ConsentChoice } from "@pos_customer_consent/app/components/consent_choice/consent_choice";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** What a new customer is asked to agree to, in the language that they read. */
export class ConsentFields extends Component {
    static template = "pos_customer_consent.ConsentFields";
    static components = { ConsentChoice };
    static props = { form: Object };

    setup() {
        this.pos = usePos();
        this.form = useState(this.props.form);
    }

    get questions() {
        return this.form.consentQuestions;
    }

    get lang() {
        return this.form.values.lang || this.form.consents.lang;
    }

    /** The languages that there are words in; with one there is nothing to choose. */
    get languages() {
        const { models } = this.pos;
        const codes = new Set(models["consent.wording"].map((wording) => wording.lang));
        codes.add(this.lang);
        const known = models["res.lang"].filter((lang) => codes.has(lang.code));
        return known.length > 1 ? known.map(({ code, name }) => ({ code, name })) : [];
    }

    answer({ purpose, wording }, granted, channel = "pos") {
        this.form.answerConsent(
            this.pos.consentAnswers.make({ purpose, granted, wording_id: wording, channel })
        );
    }

    /** The customer reads and answers for themselves. */
    letAnswer() {
        const questions = this.questions;
        const answer = (answers) => {
            for (const { purpose, granted } of answers) {
                const question = questions.find((q) => q.purpose === purpose);
                this.answer(question, granted, "customer_display");
            }
        };
        const isWanted = () => status(this) !== "destroyed";
        const name = this.form.values.name || "";
        return this.pos.consentDisplay.ask(questions, this.lang, answer, { name, isWanted });
    }
}
