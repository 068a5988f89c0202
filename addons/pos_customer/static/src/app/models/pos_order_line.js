import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { patch } from "@web/core/utils/patch";

patch(PosOrderline.prototype, {
    /**
     * What the line would cost at the sales price, where the type of the customer made
     * it cheaper; undefined elsewhere. A typed or refunded price has its own reason.
     */
    get priceWithoutCustomerType() {
        if (this.price_type !== "original" || this.combo_parent_id || this.combo_line_ids.length) {
            return undefined;
        }
        const type = this.order_id?.pricingCustomerType;
        if (!type) {
            return undefined;
        }
        const product = this.product_id;
        const listPrice = product.product_tmpl_id.getPrice(
            false,
            this.getQuantity(),
            this.getPriceExtra(),
            false,
            product
        );
        if (this.currency.round(listPrice) <= this.currency.round(this.price_unit)) {
            return undefined;
        }
        const details = product.getTaxDetails({
            overridedValues: {
                price: listPrice,
                quantity: this.getQuantity(),
                discount: this.getDiscount(),
                fiscalPosition: this.order_id.fiscal_position_id,
            },
        });
        return this.config.iface_tax_included === "total"
            ? details.total_included
            : details.total_excluded;
    },
});
