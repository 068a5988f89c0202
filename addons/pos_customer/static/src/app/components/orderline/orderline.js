import { Orderline } from "@point_of_sale/app/components/orderline/orderline";
import { formatCurrency } from "@web/core/currency";
import { patch } from "@web/core/utils/patch";

patch(Orderline.prototype, {
    get lineScreenValues() {
        const values = super.lineScreenValues;
        const without = this.props.basic_receipt ? undefined : this.line.priceWithoutCustomerType;
        if (without !== undefined) {
            values.customerTypeLabel = this.line.order_id.pricingCustomerType.label;
            values.customerTypeInstead = formatCurrency(without, this.line.currency.id);
        }
        return values;
    },
});
