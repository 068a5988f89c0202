import { ProductTemplateAccounting } from "@point_of_sale/app/models/accounting/product_template_accounting";
import { patch } from "@web/core/utils/patch";

// The extra price of the product's attributes while nested lists are looked up. Core
// passes 0 to the base of a list, and so the server and the till disagree on it.
let nestedPriceExtra = 0;

patch(ProductTemplateAccounting.prototype, {
    getPrice(pricelist, quantity, priceExtra = 0, recurring = false, ...rest) {
        if (recurring) {
            return super.getPrice(pricelist, quantity, nestedPriceExtra, recurring, ...rest);
        }
        nestedPriceExtra = priceExtra;
        try {
            return super.getPrice(pricelist, quantity, priceExtra, recurring, ...rest);
        } finally {
            nestedPriceExtra = 0;
        }
    },
});
