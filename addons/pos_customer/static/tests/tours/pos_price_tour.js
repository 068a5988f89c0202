/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { chooseCustomer } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

function typeIs(label) {
    return {
        content: `the order says '${label}'`,
        trigger: `.order-customer-line .customer-type:contains("${label}")`,
    };
}

registry.category("web_tour.tours").add("pos_customer_price_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            // a price typed by the cashier stays, whatever happens to the customer
            ProductScreen.clickDisplayedProduct("Till Pen"),
            ProductScreen.clickNumpad("Price"),
            ProductScreen.modeIsActive("Price"),
            ProductScreen.clickNumpad("2"),
            ProductScreen.selectedOrderlineHas("Till Pen", "1", "2.00"),
            ProductScreen.clickDisplayedProduct("Till Book"),
            ProductScreen.clickDisplayedProduct("Till Bottle Deposit"),
            ProductScreen.totalAmountIs("22.50"),
            chooseCustomer("Ana Student"),
            typeIs("Student −10"),
            {
                content: "the note is for the cashier",
                trigger: ".order-customer-line:contains('Rings twice'):contains('ANA-1')",
            },
            {
                content: "the line says why, and what it would have cost",
                trigger: ".orderline:contains('Till Book') .customer-type-price:contains('Student −10'):contains('20.00')",
            },
            {
                content: "a deposit keeps its price",
                trigger: ".orderline:contains('Till Bottle Deposit'):not(:has(.customer-type-price))",
            },
            ProductScreen.totalAmountIs("20.50"),
            // another customer, another price; no customer, the price for all
            chooseCustomer("Bo Plain"),
            ProductScreen.totalAmountIs("22.50"),
            chooseCustomer("Cleo Expired"),
            {
                content: "an expired proof is said and gives nothing",
                trigger: ".order-customer-line .customer-type-expired:contains('Student')",
            },
            ProductScreen.totalAmountIs("22.50"),
            chooseCustomer("Ana Student"),
            ProductScreen.totalAmountIs("20.50"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            {
                content: "the receipt says why",
                trigger: ".pos-receipt .customer-type-saving:contains('Student −10'):contains('2.00')",
            },
            {
                content: "the receipt keeps the note to the shop",
                trigger: ".pos-receipt:not(:contains('Rings twice'))",
            },
            ReceiptScreen.clickNextOrder(),
            // a refund repeats the price that was paid
            ProductScreen.clickRefund(),
            TicketScreen.selectOrderByPrice("20.50"),
            {
                trigger: ".ticket-screen .orderline:contains('Till Book')",
                run: "click",
            },
            ProductScreen.clickNumpad("1"),
            TicketScreen.toRefundTextContains("To Refund: 1"),
            TicketScreen.confirmRefund(),
            PaymentScreen.isShown(),
            PaymentScreen.totalIs("-18.00"),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            {
                content: "the refund has the list of the sale",
                trigger: ".receipt-screen",
                run: () => {
                    const order = posmodel.getOrder();
                    if (order.pricelist_id !== order.refunded_order_id.pricelist_id) {
                        throw new Error("the refund has another price list");
                    }
                },
            },
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_change_after_payment_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            chooseCustomer("Ana Student"),
            {
                content: "the new total is shown before anything is lost",
                trigger: ".modal .modal-body:contains('20.00'):contains('18.00')",
            },
            Dialog.cancel(),
            PaymentScreen.totalIs("20.00"),
            {
                content: "the payment is still there",
                trigger: ".paymentlines .paymentline",
            },
            chooseCustomer("Ana Student"),
            Dialog.confirm(),
            PaymentScreen.totalIs("18.00"),
            {
                content: "cash is entered again",
                trigger: ".payment-screen:not(:has(.paymentlines .paymentline))",
            },
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            ReceiptScreen.clickNextOrder(),
            Chrome.endTour(),
        ].flat(),
});
