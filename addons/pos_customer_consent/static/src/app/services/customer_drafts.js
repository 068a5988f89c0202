import { CustomerDrafts } from "@pos_customer/app/services/customer_drafts";
import { answerPayload, waitingConsents } from "@pos_customer_consent/app/utils/consent_payload";
import { patch } from "@web/core/utils/patch";

/** Answers travel with the customer who is made here, and wait by themselves if need be. */
patch(CustomerDrafts.prototype, {
    async saveNow({ uuid, values }) {
        const saved = await super.saveNow(...arguments);
        this.pos.consentAnswers.remember(uuid, values.consents || []);
        return saved;
    },

    async call(method, params) {
        const { uuid, values, draft } = params;
        const { consentAnswers } = this.pos;
        if (values?.consents) {
            const consents = values.consents.map((answer) =>
                answerPayload({ ...answer, ...consentAnswers.origin(uuid, answer) })
            );
            return super.call(method, { ...params, values: { ...values, consents } });
        }
        if (draft) {
            const consents = waitingConsents(this.pos.models, draft.uuid);
            return super.call(method, { ...params, draft: { ...draft, ...consents } });
        }
        return super.call(...arguments);
    },

    async keep({ values, ...draft }) {
        const { consents, ...others } = values;
        if (consents) {
            await this.pos.consentAnswers.keep(draft.uuid, consents);
        }
        return super.keep({ ...draft, values: others });
    },

    /** The server knows the customer now. */
    async settle(draft, partner) {
        await super.settle(...arguments);
        if (partner) {
            this.pos.consentAnswers.sendSoon();
        }
    },

    async discard(draft) {
        if (draft.isNew) {
            await this.pos.consentAnswers.forgetAll(draft.uuid);
        }
        return super.discard(...arguments);
    },
});
