/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import { registry } from "@web/core/registry";

const click = (trigger) => ({ trigger, run: "click" });

const row = (name) => `.customers-list .customer-row:contains(${name})`;

const pick = (name) => [click(".customers-button"), click(`${row(name)} .customer-row-pick`)];

const customerIs = (name) => ({
    trigger: `.product-screen .order-customer-line .customer-name:contains(${name})`,
});

/** Have something happen elsewhere; `meanwhile` of the Python test says what. */
const meanwhile = (name) => ({
    content: `meanwhile: ${name}`,
    trigger: "body",
    run: () =>
        posmodel.data.orm.call("pos.session", "customer_test_act", [[odoo.pos_session_id], name]),
});

registry.category("web_tour.tours").add("pos_customer_never_stale_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            // merged while chosen for the order
            pick("Ana Student"),
            customerIs("Ana Student"),
            ProductScreen.clickDisplayedProduct("Till Book"),
            ProductScreen.totalAmountIs("18.00"),
            meanwhile("merge"),
            customerIs("Bo Plain"),
            ProductScreen.totalAmountIs("20.00"),
            click(".customers-button"),
            { trigger: `.customers-list:not(:has(.customer-row:contains(Ana Student)))` },
            // changed while the card is open
            click(row("Bo Plain")),
            { trigger: ".customer-card .customer-card-name:contains(Bo Plain)" },
            meanwhile("change"),
            { trigger: ".customer-card .customer-card-note-text:contains(Rings thrice)" },
            { trigger: `${row("Bo Plain")} .customer-type-badge:contains(Student)` },
            // archived while shown
            { trigger: row("Cleo Expired") },
            meanwhile("archive"),
            { trigger: `.customers-list:not(:has(.customer-row:contains(Cleo Expired)))` },
            // chosen again, the new type makes the price
            click(".customer-card-pick"),
            customerIs("Bo Plain"),
            ProductScreen.totalAmountIs("18.00"),
            {
                content: "core's own list has forgotten them, too",
                trigger: ".product-screen .set-partner",
                run: ({ anchor }) => {
                    posmodel.config.customer_core_dialog = true;
                    anchor.click();
                },
            },
            {
                trigger:
                    ".modal .partner-list:not(:has(.partner-line:contains(Cleo Expired))):not(:has(.partner-line:contains(Ana Student)))",
            },
            click(".modal-footer .btn:contains(Discard)"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt" },
            click(".receipt-screen .button.next"),
            // deleted while chosen for the order
            pick("Dan Leaving"),
            customerIs("Dan Leaving"),
            meanwhile("delete"),
            { trigger: ".o_notification:contains(Dan Leaving was deleted meanwhile.)" },
            { trigger: ".product-screen:not(:has(.order-customer-line))" },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_reload_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            {
                content: "the till holds the customer, and nobody tells it of the end",
                trigger: "body",
                run: () => {
                    if (!posmodel.models["res.partner"].find((p) => p.name === "Cleo Expired")) {
                        throw new Error("The till does not hold the customer.");
                    }
                },
            },
            meanwhile("merge"),
            {
                trigger: "body",
                run: () => window.location.reload(),
                expectUnloadPage: true,
            },
            click(".customers-button"),
            { trigger: row("Bo Plain") },
            { trigger: `.customers-list:not(:has(.customer-row:contains(Cleo Expired)))` },
            Chrome.endTour(),
        ].flat(),
});
