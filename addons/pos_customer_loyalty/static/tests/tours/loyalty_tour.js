/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { chooseCustomer } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { network, pageIsKept, reload, stillCut } from "@pos_customer/../tests/tours/utils/network_util";
import {
    click,
    meanwhile,
    onReceipt,
    payBy,
    spendButton,
    typeNumber,
} from "@pos_customer_loyalty/../tests/tours/utils/loyalty_util";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const start = () => Chrome.startPoS();

/** As the browser tells the till when a cable is put back. */
const tell = (event) => ({
    content: `the browser says: ${event}`,
    trigger: "body",
    run: () => window.dispatchEvent(new Event(event)),
});

/** A till asks first whether the customer may buy. */
const chooseAtPayment = (name) => [
    chooseCustomer(name),
    { trigger: `.payment-screen .partner-button:contains("${name}")` },
];

const sellBook = () => [ProductScreen.clickDisplayedProduct("Till Book"), ProductScreen.clickPayButton()];

tours.add("pos_customer_loyalty_earn_tour", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Bo Plain"),
            { trigger: ".product-screen .loyalty-points-balance:contains(5)" },
            // what is changed in the back office shows when the customer is picked again
            meanwhile("adjust"),
            chooseCustomer("Bo Plain"),
            { trigger: ".product-screen .loyalty-points-balance:contains(35)" },
            ProductScreen.clickPayButton(),
            payBy("Cash"),
            onReceipt("Stars Won:"),
            { trigger: ".pos-receipt .loyalty:contains(Balance Stars):contains(55)" },
            ReceiptScreen.clickNextOrder(),
            // made while they pay
            sellBook(),
            click(".payment-screen .partner-button"),
            click(".customers-new"),
            { trigger: ".customer-form [name=name]", run: "edit Nora New" },
            click(".customer-form-save"),
            { trigger: ".payment-screen .partner-button:contains(Nora New)" },
            payBy("Cash"),
            { trigger: ".pos-receipt .loyalty:contains(Balance Stars):contains(20)" },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_spend_tour", {
    steps: () =>
        [
            start(),
            sellBook(),
            chooseAtPayment("Bo Plain"),
            { trigger: spendButton("Bonus") },
            click(spendButton("Bonus")),
            // with the twenty of this sale
            { trigger: ".modal:contains(170 Stars):contains(17.00)" },
            typeNumber("171"),
            { trigger: ".modal:contains(At most 170 Stars can) .btn-primary:disabled" },
            { trigger: "body", run: "press Enter" },
            { trigger: ".modal:contains(At most 170 Stars can) .popup-input:contains(171)" },
            { trigger: "body", run: "press Escape" },
            click(spendButton("Bonus")),
            typeNumber("25"),
            { trigger: ".modal:contains(They are spent by 10 Stars) .btn-primary:disabled" },
            { trigger: "body", run: "press Escape" },
            click(spendButton("Bonus")),
            typeNumber("30"),
            { trigger: "body", run: "press Enter" },
            { trigger: `body:not(:has(.modal)) ${spendButton("Bonus")}:contains(30 Stars)` },
            { trigger: ".payment-screen .total:contains(17.00)" },
            // the choice stays when something else changes
            PaymentScreen.clickBack(),
            ProductScreen.clickDisplayedProduct("Till Pen"),
            ProductScreen.totalAmountIs("20.33"),
            ProductScreen.clickNumpad("⌫", "⌫"),
            ProductScreen.totalAmountIs("17.00"),
            ProductScreen.clickPayButton(),
            payBy("Cash"),
            { trigger: ".pos-receipt .loyalty:contains(Stars Spent):contains(30)" },
            { trigger: ".pos-receipt .loyalty:contains(Balance Stars):contains(140)" },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_wait_tour", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Bo Plain"),
            { trigger: ".product-screen .waiting-points:contains(Stars to spend from):contains(+20)" },
            ProductScreen.clickPayButton(),
            click(spendButton("Bonus")),
            // the twenty of this sale are not there yet
            { trigger: ".modal:contains(At most 10 Stars)" },
            { trigger: "body", run: "press Enter" },
            { trigger: ".payment-screen .total:contains(19.00)" },
            payBy("Cash"),
            { trigger: ".pos-receipt .receipt-points:contains(Stars to spend from):contains(20)" },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_refund_tour", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Bo Plain"),
            ProductScreen.clickPayButton(),
            payBy("Cash"),
            ReceiptScreen.clickNextOrder(),
            meanwhile("spend"),
            Chrome.clickOrders(),
            TicketScreen.selectFilter("Paid"),
            TicketScreen.selectOrderByPrice("20.00"),
            ProductScreen.clickNumpad("1"),
            TicketScreen.toRefundTextContains("To Refund: 1"),
            TicketScreen.confirmRefund(),
            { trigger: ".modal:contains(15 of the points of “Bonus” are spent already):contains(1.50)" },
            click(".modal .btn-primary:contains(Reduce the refund)"),
            { trigger: "body:not(:has(.modal)) .payment-screen .total:contains(18.50)" },
            payBy("Cash"),
            onReceipt("Points already spent"),
            { trigger: ".pos-receipt .receipt-points:contains(Stars taken back)" },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_types_tour", {
    steps: () =>
        [
            start(),
            sellBook(),
            chooseAtPayment("Bo Plain"),
            payBy("Cash"),
            { trigger: ".pos-receipt:not(:has(.loyalty)):contains(Bo Plain)" },
            ReceiptScreen.clickNextOrder(),
            sellBook(),
            chooseAtPayment("Ana Student"),
            payBy("Cash"),
            { trigger: ".pos-receipt .loyalty:contains(Balance Stars):contains(18)" },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_offline_tour", {
    steps: () =>
        [
            start(),
            pageIsKept(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Bo Plain"),
            { trigger: ".product-screen .loyalty-points-balance:contains(5)" },
            ProductScreen.clickPayButton(),
            network("cut"),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt" },
            click(".modal:contains(Connection Lost) .modal-footer .btn"),
            reload(),
            stillCut(),
            // the answer to the order gets lost, and the order is sent once more
            network("lose=sync_from_ui"),
            tell("online"),
            {
                content: "the order was sent and its answer lost",
                trigger: "body",
                timeout: 40000,
                run: async () => {
                    for (let i = 0; i < 200; i++) {
                        const answer = await fetch("/pos_customer_test_network?ask");
                        if ((await answer.text()) === "cut") {
                            return;
                        }
                        await new Promise((resolve) => setTimeout(resolve, 100));
                    }
                    throw new Error("Nothing was lost.");
                },
            },
            network("mend"),
            tell("online"),
            {
                content: "the order has arrived",
                trigger: "body",
                timeout: 40000,
                run: async () => {
                    for (let i = 0; i < 200; i++) {
                        const orders = posmodel.models["pos.order"].filter((o) => o.finalized);
                        if (orders.length && orders.every((o) => o.isSynced)) {
                            return;
                        }
                        await new Promise((resolve) => setTimeout(resolve, 100));
                    }
                    throw new Error("The order did not arrive.");
                },
            },
            Chrome.endTour(),
        ].flat(Infinity),
});

tours.add("pos_customer_loyalty_holder_tour", {
    steps: () =>
        [
            start(),
            click(".customers-button"),
            { trigger: ".customers-search input", run: "edit ana-1" },
            click('.customers-list .customer-row:contains("Ana Student")'),
            { trigger: ".customer-card-loyalty .customer-card-points:contains(12 Stars)" },
            { trigger: ".customer-card-voucher:contains(GIFT-25):contains(25)" },
            click(".customer-card-voucher .customer-card-holder"),
            { trigger: ".customer-picker .customers-search input", run: "edit bo-1" },
            click('.customer-picker .customer-row:contains("Bo Plain")'),
            { trigger: ".customer-reassign .customer-reassign-new:contains(Bo Plain)" },
            click(".customer-reassign-reason:has(input[value=requested])"),
            click(".customer-reassign-confirm"),
            { trigger: ".authorisation-popup [name=login]", run: "edit chief" },
            { trigger: ".authorisation-popup [name=password]", run: "edit chief-password" },
            click(".authorisation-confirm"),
            { trigger: "body:not(:has(.modal)) .customer-card-loyalty:not(:has(.customer-card-voucher))" },
            Chrome.endTour(),
        ].flat(Infinity),
});
