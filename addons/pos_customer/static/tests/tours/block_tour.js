/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import { chooseCustomer, click } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

const without = (selector) => ({ trigger: `body:not(:has(${selector}))` });

const refused = (...words) => ({
    content: "the payment is refused with the reason",
    trigger: `.modal:contains("Bo Plain is blocked")${words.map((w) => `:contains("${w}")`).join("")}`,
});

const authorise = (login, password) => [
    { trigger: ".authorisation-popup input[name=login]", run: `edit ${login}` },
    { trigger: ".authorisation-popup input[name=password]", run: `edit ${password}` },
    click(".authorisation-confirm"),
];

const pay = () => [
    PaymentScreen.isShown(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
];

const sellBookTo = (name) => [
    Chrome.startPoS(),
    ProductScreen.clickDisplayedProduct("Till Book"),
    chooseCustomer(name),
];

const isMarked = () => ({
    content: "the order says it before the payment",
    trigger: '.order-customer-line .customer-blocked:contains("Blocked: Unpaid invoices")',
});

registry.category("web_tour.tours").add("pos_customer_block_refusal_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            isMarked(),
            ProductScreen.clickPayButton(false),
            refused("Unpaid invoices", "authorised colleague"),
            Dialog.cancel({ title: "Bo Plain is blocked" }),
            without(".payment-screen"),
            // another customer pays; the blocked one is not taken while they do
            chooseCustomer("Ana Student"),
            ProductScreen.clickPayButton(),
            PaymentScreen.isShown(),
            chooseCustomer("Bo Plain"),
            refused("Unpaid invoices"),
            Dialog.cancel({ title: "Bo Plain is blocked" }),
            {
                content: "the customer who was there stays",
                trigger: ".payment-screen .partner-name:contains('Ana Student')",
            },
            pay(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_block_override_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            ProductScreen.clickPayButton(false),
            refused("Unpaid invoices"),
            Dialog.confirm("Ask a colleague"),
            { trigger: '.authorisation-popup:contains("Bo Plain is blocked: Unpaid invoices.")' },
            authorise("cashier", "cashier"),
            { trigger: ".authorisation-error:contains(no right)" },
            authorise("chief", "chief-password"),
            pay(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_block_manager_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            ProductScreen.clickPayButton(false),
            refused("You may sell all the same"),
            Dialog.confirm("Sell all the same"),
            pay(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_block_fast_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            ProductScreen.clickFastPaymentButton("Cash"),
            refused("Unpaid invoices"),
            Dialog.cancel({ title: "Bo Plain is blocked" }),
            {
                content: "nothing was paid",
                trigger: ".product-screen",
                run: () => {
                    if (posmodel.getOrder().payment_ids.length) {
                        throw new Error("The refused order has a payment.");
                    }
                },
            },
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_block_offline_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            { trigger: ".pos", run: () => (posmodel.data.network.offline = true) },
            ProductScreen.clickPayButton(false),
            refused("Unpaid invoices", "no connection"),
            Dialog.confirm(),
            without(".payment-screen"),
            { trigger: ".pos", run: () => (posmodel.data.network.offline = false) },
            Chrome.endTour(),
        ].flat(2),
});

/** What an office does meanwhile: by the credentials of a manager, and not by this session. */
const elsewhere = (method, kwargs) => ({
    content: `${method} elsewhere`,
    trigger: ".pos",
    run: async () => {
        const partner = posmodel.models["res.partner"].find((p) => p.name === "Bo Plain");
        await posmodel.data.orm.call("res.partner", `${method}_authorised`, [[partner.id]], {
            login: "chief",
            password: "chief-password",
            ...kwargs,
        });
    },
});

registry.category("web_tour.tours").add("pos_customer_block_elsewhere_tour", {
    steps: () =>
        [
            sellBookTo("Bo Plain"),
            elsewhere("customer_unblock", {}),
            ProductScreen.clickPayButton(),
            PaymentScreen.isShown(),
            PaymentScreen.clickBack(),
            { trigger: ".product-screen .order-customer-line:not(:has(.customer-blocked))" },
            elsewhere("customer_block", { scopes: ["pos"], reason: "fraud" }),
            ProductScreen.clickPayButton(false),
            refused("Fraud"),
            Dialog.cancel({ title: "Bo Plain is blocked" }),
            elsewhere("customer_unblock", {}),
            ProductScreen.clickPayButton(),
            pay(),
            Chrome.endTour(),
        ].flat(2),
});

const card = (name) => [
    click(`.customer-row:contains("${name}")`),
    { trigger: `.customer-card .customer-card-name:contains("${name}")` },
];

registry.category("web_tour.tours").add("pos_customer_block_card_tour", {
    steps: () =>
        [
            { trigger: '.customer-row:contains("Bo Plain") .customer-blocked-badge' },
            { trigger: '.customer-row:contains("Ana Student"):not(:has(.customer-blocked-badge))' },
            card("Ana Student"),
            without(".customer-card-block"),
            click(".customer-card-action-block"),
            { trigger: ".customer-block-popup input[name=pos]:checked" },
            { trigger: ".customer-block-confirm:disabled" },
            click(".customer-block-popup input[name=marketing]"),
            { trigger: ".customer-block-popup select[name=reason]", run: "select abuse" },
            {
                trigger: ".customer-block-popup input[name=until]",
                run: ({ anchor }) => {
                    anchor.value = "2200-01-31";
                    anchor.dispatchEvent(new Event("input", { bubbles: true }));
                    anchor.dispatchEvent(new Event("change", { bubbles: true }));
                },
            },
            { trigger: ".customer-block-popup textarea[name=note]", run: "edit Shouts" },
            click(".customer-block-confirm"),
            authorise("chief", "chief-password"),
            {
                trigger:
                    '.customer-card-block:contains("Till and quotations"):contains("Abuse"):contains("2200")',
            },
            { trigger: '.customer-card-block:contains("Marketing")' },
            { trigger: '.customer-row:contains("Ana Student") .customer-blocked-badge' },
            card("Bo Plain"),
            { trigger: '.customer-card-block:contains("Unpaid invoices")' },
            click(".customer-card-action-unblock"),
            { trigger: ".customer-block-popup:not(:has(input[name=login]))" },
            { trigger: ".customer-block-popup select[name=reason]", run: "select settled" },
            click(".customer-block-confirm"),
            authorise("chief", "chief-password"),
            without(".customer-card-block"),
            { trigger: '.customer-row:contains("Bo Plain"):not(:has(.customer-blocked-badge))' },
            Chrome.endTour(),
        ].flat(2),
});
