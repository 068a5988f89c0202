import { CustomerFormPopup } from "@pos_customer/app/components/popups/customer_form_popup/customer_form_popup";
import { valuesOfQuery } from "@pos_customer/app/utils/customer_rows";
import { PartnerList } from "@point_of_sale/app/screens/partner_list/partner_list";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { patch } from "@web/core/utils/patch";

patch(PartnerList.prototype, {
    /** Who was archived, merged or deleted while the list is open cannot be chosen. */
    getPartners(partners) {
        const { "res.partner": held } = this.pos.models;
        return super.getPartners(partners.filter((p) => p.active !== false && held.get(p.id)));
    },

    /** Customers are made and edited in our form; other contacts where they always were. */
    async editPartner(partner = false) {
        if (partner && !partner.is_customer) {
            return super.editPartner(...arguments);
        }
        const saved = await makeAwaitable(this.dialog, CustomerFormPopup, {
            partnerId: partner ? partner.id : undefined,
            values: partner ? {} : valuesOfQuery(this.state.query || ""),
        });
        if (saved) {
            this.clickPartner(saved.partner);
        }
    },
});
