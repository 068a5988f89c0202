import { useCustomerScan } from "@pos_customer/app/hooks/customer_scan_hook";
import { PaymentScreen } from "@point_of_sale/app/screens/payment_screen/payment_screen";
import { patch } from "@web/core/utils/patch";

patch(PaymentScreen.prototype, {
    setup() {
        super.setup(...arguments);
        useCustomerScan();
    },
});
