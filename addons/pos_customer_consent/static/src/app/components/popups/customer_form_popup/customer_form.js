import { markRaw } from "@odoo/owl";
import { CustomerForm } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** The answers that a new customer is asked for; none is given before somebody gives it. */
patch(CustomerForm.prototype, {
    /**
     * @param {ConsentPurpose[]} purposes asked of a new customer
     * @param {string} lang what the customer reads, until another language is chosen
     */
    askConsents(purposes, lang) {
        this.consents = { purposes: markRaw(purposes), lang, answers: {} };
    },

    /** What is asked now, with what was answered. */
    get consentQuestions() {
        const { purposes = [], lang, answers } = this.consents || {};
        return purposes.map((purpose) => {
            const wording = purpose.getWording(this.values.lang || lang);
            return {
                purpose: purpose.code,
                name: purpose.name,
                title: wording._title,
                body: wording.body,
                lang: wording.lang,
                wording: wording.id,
                isRequired: purpose.answer_required || purpose.is_condition,
                isCondition: purpose.is_condition,
                granted: answers[purpose.code]?.granted ?? null,
                error: this.errors[`consent_${purpose.code}`] || "",
            };
        });
    },

    get consentAnswers() {
        return Object.values(this.consents?.answers || {});
    },

    /** @param {Object} answer as of `ConsentAnswers.make` */
    answerConsent(answer) {
        this.consents.answers[answer.purpose] = answer;
        this.forget(`consent_${answer.purpose}`);
    },

    check() {
        super.check(...arguments);
        for (const { purpose, name, isRequired, isCondition, granted } of this.consentQuestions) {
            if (isCondition && !granted) {
                this.errors[`consent_${purpose}`] = _t(
                    "Without a yes to “%s” the customer cannot be saved.",
                    name
                );
            } else if (isRequired && granted === null) {
                this.errors[`consent_${purpose}`] = _t("Ask the customer, and tap Yes or No.");
            }
        }
        return !Object.keys(this.errors).length;
    },

    get isDirty() {
        return super.isDirty || this.consentAnswers.length > 0;
    },

    get payload() {
        const values = super.payload;
        const answers = this.consentAnswers;
        return answers.length ? { ...values, consents: answers.map((answer) => ({ ...answer })) } : values;
    },
});
