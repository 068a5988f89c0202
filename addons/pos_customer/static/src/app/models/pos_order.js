import { PosOrder } from "@point_of_sale/app/models/pos_order";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

patch(PosOrder.prototype, {
    /** A customer whom the server does not have yet rides in the order. */
    serializeForORM() {
        const data = super.serializeForORM(...arguments);
        const partner = this.partner_id;
        const isUnsent = partner?.id < 0;
        // the server has it of an order that was sent before, maybe to somebody else
        data.customer_draft_uuid = isUnsent && partner.customer_uuid;
        if (isUnsent) {
            data.customer_draft = partner.getCustomerDraft()?.payload;
        }
        return data;
    },

    /**
     * A refund repeats the price and the taxes that were paid, whatever has become of
     * its customer. A type that expired since the till was opened counts no more.
     */
    updatePricelistAndFiscalPosition(newPartner) {
        if (this.is_refund || this.getHasRefundLines()) {
            return;
        }
        super.updatePricelistAndFiscalPosition(...arguments);
        if (newPartner && newPartner.isCustomerTypeExpired()) {
            this.takeBackCustomerType(newPartner);
        }
    },

    /** Replace what the expired type gave by what the default type gives. */
    takeBackCustomerType(partner) {
        const expired = partner.customer_type_id;
        const current = partner.getCustomerType();
        const preset = this.config.use_presets && this.preset_id;
        // ids, because one record may come behind several reactive proxies
        const pricelist = expired.pricelist;
        if (!preset?.pricelist_id && pricelist && this.pricelist_id?.id === pricelist.id) {
            this.setPricelist(current?.pricelist || this.config.pricelist_id);
        }
        const position = expired.fiscal_position_id;
        if (!preset?.fiscal_position_id && position && this.fiscal_position_id?.id === position.id) {
            this.fiscal_position_id =
                current?.fiscal_position_id || this.config.default_fiscal_position_id;
        }
    },

    /** The type whose price list the order has: why its prices are what they are. */
    get pricingCustomerType() {
        const id = this.pricelist_id?.id;
        return id && this.models["customer.type"].find((type) => type.pricelist?.id === id);
    },

    /** What the type of the customer takes off the order, in display prices. */
    get customerTypeSaving() {
        return this.currency.round(
            this.lines.reduce((saving, line) => {
                const without = line.priceWithoutCustomerType;
                return without === undefined ? saving : saving + without - line.displayPrice;
            }, 0)
        );
    },

    /** What the receipt calls it: ``You save (Student −10 %)``. */
    get customerTypeSavingLabel() {
        return _t("You save (%s)", this.pricingCustomerType?.label);
    },
});
