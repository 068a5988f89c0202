/* global posmodel */
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import { click, row, search } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

const orderIsFor = (name) => ({
    content: `the order is for ${name}`,
    trigger: `.product-screen .order-customer-line .customer-name:contains(${name})`,
});

const scanText = (text) => ({
    content: `a camera reads ${text}`,
    trigger: "body",
    run: () => posmodel.barcodeReader.scan(text),
});

const setOffline = (offline) => ({
    content: offline ? "the network is cut" : "the network is back",
    trigger: "body",
    run: () => {
        posmodel.data.network.offline = offline;
    },
});

registry.category("web_tour.tours").add("pos_customer_scan_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            // products as ever, also one with the code of a customer
            scan_barcode("5901234123457"),
            ProductScreen.selectedOrderlineHas("Till Book", "1", "20.00"),
            scan_barcode("DAN-1"),
            ProductScreen.selectedOrderlineHas("Till Pen", "1", "3.33"),
            { trigger: ".product-screen:not(:has(.order-customer-line))" },
            ProductScreen.totalAmountIs("23.33"),
            // a code in whatever case; prices follow
            scan_barcode("ana-1"),
            orderIsFor("Ana Student"),
            ProductScreen.totalAmountIs("21.00"),
            // a barcode of Odoo's pattern, and one that the nomenclature takes for a discount
            scan_barcode("0420001"),
            orderIsFor("Bo Plain"),
            ProductScreen.totalAmountIs("23.33"),
            scan_barcode("2250123456"),
            orderIsFor("Cleo Expired"),
            ProductScreen.totalAmountIs("23.33"),
            // a code on the phone of the customer
            scanText("https://shop.example/my/card/ANA-1?from=phone"),
            orderIsFor("Ana Student"),
            // a code of nobody is as unknown as ever
            scan_barcode("NOBODY-77"),
            { trigger: ".o_notification:contains(Unknown Barcode):contains(NOBODY-77)" },
            orderIsFor("Ana Student"),
            // while the customer is chosen
            click(".product-screen .set-partner"),
            { trigger: ".customers-choosing" },
            {
                content: "a scan into the box that has the focus is a scan all the same",
                trigger: ".customers-search input:focus",
                run: ({ anchor }) => {
                    for (const key of [..."BO-1", "Enter"]) {
                        const options = { key, bubbles: true, cancelable: true };
                        anchor.dispatchEvent(new KeyboardEvent("keydown", options));
                    }
                },
            },
            orderIsFor("Bo Plain"),
            // on the payment screen
            ProductScreen.clickPayButton(),
            PaymentScreen.totalIs("23.33"),
            scan_barcode("ANA-1"),
            PaymentScreen.totalIs("21.00"),
            { trigger: ".payment-screen .partner-button:contains(Ana Student)" },
            scan_barcode("NOBODY-78"),
            { trigger: ".o_notification:contains(NOBODY-78)" },
            // on the Customers screen it opens the card, or makes the customer of the card
            click(".customers-button"),
            { trigger: row("Bo Plain") },
            scanText("0420001"),
            { trigger: ".customer-card .customer-card-name:contains(Bo Plain)" },
            scanText("CARD-99"),
            { trigger: ".customers-create-query:contains(Add a customer with the card CARD-99)" },
            click(".customers-create-query"),
            { trigger: ".customer-form input[name=customer_code]:value(CARD-99)" },
            { trigger: ".customer-form input[name=name]:value()" },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_offline_search_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            setOffline(true),
            scanText("ana-1"),
            orderIsFor("Ana Student"),
            ProductScreen.totalAmountIs("18.00"),
            scanText("0420001"),
            orderIsFor("Bo Plain"),
            click(".product-screen .set-partner"),
            { trigger: ".customers-offline:contains(There is no connection.)" },
            search("student"),
            click(row("Ana Student")),
            orderIsFor("Ana Student"),
            click(".customers-button"),
            search("nobody here"),
            { trigger: ".customers-empty:contains(No customer fits “nobody here”.)" },
            search("bo plain"),
            click(row("Bo Plain")),
            { trigger: ".customer-card:contains(There is no connection.)" },
            { trigger: ".customer-card:not(:has(.customer-card-action-loyalty_card))" },
            setOffline(false),
            Chrome.endTour(),
        ].flat(),
});
