import { CustomerFormPopup } from "@pos_customer/app/components/popups/customer_form_popup/customer_form_popup";
import { ConsentFields } from "@pos_customer_consent/app/components/popups/customer_form_popup/fields/consent_fields";
import { askedPurposes } from "@pos_customer_consent/app/utils/consent_lines";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

patch(CustomerFormPopup, {
    components: { ...CustomerFormPopup.components, ConsentFields },
});

patch(CustomerFormPopup.prototype, {
    makeForm() {
        const form = super.makeForm();
        if (!this.props.partnerId) {
            const purposes = askedPurposes(this.pos.models);
            form.askConsents(
                purposes.filter((purpose) => purpose.ask_at_creation),
                user.context.lang
            );
        }
        return form;
    },

    /** Whoever answered while being typed anew answered as who they are. */
    async use(id) {
        const answers = this.form.consentAnswers;
        await super.use(...arguments);
        const partner = this.pos.models["res.partner"].get(id);
        if (answers.length && partner?.customer_uuid && !this.form.general) {
            await this.pos.consentAnswers.give(partner.customer_uuid, answers);
        }
    },
});
