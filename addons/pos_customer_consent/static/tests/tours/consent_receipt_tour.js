import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import { chooseCustomer } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { network } from "@pos_customer_consent/../tests/tours/utils/consent_util";
import { registry } from "@web/core/registry";

const sell = (...customer) => [
    ProductScreen.clickDisplayedProduct("Till Book"),
    ...customer,
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    { trigger: ".receipt-screen .pos-receipt" },
];
const withQr = { trigger: ".receipt-screen .pos-receipt .customer-consent-qr img[src^=data]" };
const withoutQr = { trigger: ".receipt-screen .pos-receipt:not(:has(.customer-consent-qr))" };
const next = { trigger: ".receipt-screen .button.next", run: "click" };

registry.category("web_tour.tours").add("pos_customer_consent_receipt_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            sell(chooseCustomer("Bo Plain")),
            withQr,
            next,
            // nobody to ask
            sell(),
            withoutQr,
            next,
            // nobody knows the way
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Bo Plain"),
            network("cut"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            withoutQr,
            { trigger: ".modal .modal-footer .btn", run: "click" },
            network("mend"),
            Chrome.endTour(),
        ].flat(Infinity),
});
