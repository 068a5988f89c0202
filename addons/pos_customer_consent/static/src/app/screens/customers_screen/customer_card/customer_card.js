import { CustomerCard } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { heldConsents } from "@pos_customer_consent/app/utils/consent_lines";
import { patch } from "@web/core/utils/patch";

patch(CustomerCard.prototype, {
    async load() {
        await super.load(...arguments);
        const { card } = this.state;
        if (card?.consents) {
            this.pos.consentAnswers.known[card.identity.uuid] = card.consents;
        }
    },

    /** Without an answer of the server: what it said last, and what may be asked. */
    get draftCard() {
        const card = super.draftCard;
        const partner = this.pos.models["res.partner"].get(this.props.row.id);
        const uuid = partner?.customer_uuid || "";
        return {
            ...card,
            identity: { ...card.identity, uuid, lang: partner?.lang || "" },
            consents: uuid
                ? this.pos.consentAnswers.known[uuid] || heldConsents(this.pos.models, partner.lang)
                : [],
        };
    },
});
