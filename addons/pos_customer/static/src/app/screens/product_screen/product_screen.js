import { useCustomerScan } from "@pos_customer/app/hooks/customer_scan_hook";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";
import { patch } from "@web/core/utils/patch";

patch(ProductScreen.prototype, {
    setup() {
        super.setup(...arguments);
        useCustomerScan((barcode) => this._getProductByBarcode(barcode));
    },
});
