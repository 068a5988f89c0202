/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import { click, row } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

/** Find a customer on the Customers screen and choose them, by what they are called. */
function chooseCustomer(name) {
    return [
        { content: "open the customers", trigger: ".customers-button", run: "click" },
        {
            content: `look for ${name}`,
            trigger: ".customers-search input",
            run: `edit ${name}`,
        },
        {
            content: `choose ${name}`,
            trigger: `.customer-row:contains("${name}") .customer-row-pick`,
            run: "click",
        },
        {
            content: `${name} is on the order`,
            trigger: `.order-customer-line .customer-name:contains("${name}")`,
        },
    ];
}

const orderIsFor = (name) => ({
    content: `the order is for ${name}`,
    trigger: `.product-screen .order-customer-line .customer-name:contains("${name}")`,
});

function hasLine(product, total, reason) {
    const why = reason
        ? `:has(.customer-type-price:contains("${reason}"))`
        : ":not(:has(.customer-type-price))";
    return {
        content: `${product} costs ${total}`,
        trigger: `.orderline:contains("${product}"):contains("${total}")${why}`,
    };
}

registry.category("web_tour.tours").add("customer_money_keeps_its_price_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            chooseCustomer("Ana Student"),
            ProductScreen.clickDisplayedProduct("Till Book"),
            ProductScreen.clickDisplayedProduct("Till Bottle Deposit"),
            ProductScreen.clickDisplayedProduct("Till Gift Card"),
            ProductScreen.clickDisplayedProduct("Till Top-up"),
            hasLine("Till Book", "18.00", "Student −10"),
            hasLine("Till Bottle Deposit", "0.50"),
            hasLine("Till Gift Card", "50.00"),
            hasLine("Till Top-up", "25.00"),
            ProductScreen.totalAmountIs("93.50"),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("customer_french_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            {
                content: "the button speaks French",
                trigger: ".customers-button:contains('Clients')",
            },
            chooseCustomer("Ana Student"),
            ProductScreen.clickDisplayedProduct("Till Book"),
            hasLine("Till Book", "18,00", "Étudiant −10"),
            ProductScreen.clickPayButton(false),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            {
                content: "the receipt speaks French",
                trigger:
                    ".pos-receipt .customer-type-saving:contains('Vous économisez'):contains('Étudiant −10'):contains('2,00')",
            },
            {
                content: "nothing of ours is left in English",
                trigger: ".pos-receipt:not(:contains('You save'))",
            },
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("customer_scan_loyalty_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            // core's scan of a loyalty card works as ever
            scan_barcode("0440BO1"),
            orderIsFor("Bo Plain"),
            { trigger: ".loyalty-points-won:contains(20)" },
            // the card of a customer, and points and prices follow
            scan_barcode("ANA-1"),
            orderIsFor("Ana Student"),
            ProductScreen.totalAmountIs("18.00"),
            { trigger: ".loyalty-points-won:contains(18)" },
            // a code that the nomenclature takes for a coupon is still this customer's
            scan_barcode("0449CLEO"),
            orderIsFor("Cleo Expired"),
            { trigger: ".loyalty-points-won:contains(20)" },
            // chosen on the Customers screen, points follow as well
            click(".product-screen .set-partner"),
            click(row("Ana Student")),
            orderIsFor("Ana Student"),
            { trigger: ".loyalty-points-won:contains(18)" },
            Chrome.endTour(),
        ].flat(),
});

/** As if a terminal had taken the money, or was about to. */
function terminalSays(status) {
    return {
        content: `the terminal says ${status}`,
        trigger: ".payment-screen .paymentline",
        run: () => posmodel.getOrder().payment_ids[0].setPaymentStatus(status),
    };
}

function changeCustomer(name) {
    return {
        content: `the customer becomes ${name}`,
        trigger: ".payment-screen",
        run: () => {
            const partner = posmodel.models["res.partner"].find((p) => p.name === name);
            posmodel.setPartnerToCurrentOrder(partner);
        },
    };
}

registry.category("web_tour.tours").add("customer_terminal_payment_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Card"),
            terminalSays("waiting"),
            changeCustomer("Ana Student"),
            {
                content: "nobody changes the price while the card is in the terminal",
                trigger: ".modal .modal-title:contains('A card payment is under way')",
            },
            Dialog.confirm(),
            PaymentScreen.totalIs("20.00"),
            terminalSays("done"),
            changeCustomer("Ana Student"),
            {
                content: "what the terminal took too much is said",
                trigger: ".modal .modal-body:contains('20.00'):contains('18.00'):contains('2.00')",
            },
            Dialog.cancel(),
            PaymentScreen.totalIs("20.00"),
            changeCustomer("Ana Student"),
            Dialog.confirm(),
            PaymentScreen.totalIs("18.00"),
            {
                content: "the payment of the terminal stays, and the till gives 2.00 back",
                trigger: ".payment-screen .paymentlines .paymentline",
                run: () => {
                    const order = posmodel.getOrder();
                    if (order.payment_ids.length !== 1 || order.payment_ids[0].getAmount() !== 20) {
                        throw new Error("the terminal's payment was lost");
                    }
                },
            },
            PaymentScreen.changeIs("2.00"),
            Chrome.endTour(),
        ].flat(),
});
