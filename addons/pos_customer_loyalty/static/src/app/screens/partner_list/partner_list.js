import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { onWillStart } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";

const SHOWN = 100; // as many as the server sends at once

patch(PartnerList.prototype, {
    setup() {
        super.setup(...arguments);
        onWillStart(() => {
            const listed = this.getPartners(this.state.initialPartners).slice(0, SHOWN);
            // the list is there at once, the figures when they come
            this.pos.loyaltyFigures.refresh(listed.map((partner) => partner.id));
        });
    },

    /** Core asks only for those whom a search finds, and for none who has spent everything. */
    searchPartner() {
        return this.getNewPartners();
    },

    /** Those who come when the list is scrolled have cards too. */
    async getNewPartners() {
        const partners = await super.getNewPartners(...arguments);
        await this.pos.loyaltyFigures.refresh(partners.map((partner) => partner.id));
        return partners;
    },
});
