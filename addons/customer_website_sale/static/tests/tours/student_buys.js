import { registry } from "@web/core/registry";
import * as tourUtils from "@website_sale/js/tours/tour_utils";

/** Log in as the student, and buy at their price; nothing here depends on the language. */
function buy({ folder, guestPrice, price }) {
    const product = "Course of the test";
    return [
        ...tourUtils.searchProduct(product, { select: true }),
        {
            content: "a guest reads the full price",
            trigger: `#product_detail .oe_price .oe_currency_value:contains("${guestPrice}")`,
        },
        {
            content: "go and log in",
            trigger: "#product_detail",
            run: () => {
                const target = encodeURIComponent(window.location.pathname);
                window.location.href = `${folder}/web/login?redirect=${target}`;
            },
            expectUnloadPage: true,
        },
        { content: "login", trigger: ".oe_login_form #login", run: "edit student" },
        {
            content: "password",
            trigger: ".oe_login_form #password",
            run: "edit a-long-passphrase-91",
        },
        {
            content: "log in",
            trigger: ".oe_login_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the student reads the student's price",
            trigger: `#product_detail .oe_price .oe_currency_value:contains("${price}")`,
        },
        {
            content: "put it in the cart",
            trigger: "#product_detail form #add_to_cart",
            run: "click",
        },
        tourUtils.goToCart(),
        ...tourUtils.assertCartAmounts({ untaxed: price }),
        {
            content: "go to the checkout",
            trigger: 'a[href*="/shop/checkout"]',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the total to pay",
            trigger: `tr[name="o_order_total"] .oe_currency_value:contains("${price}")`,
        },
        {
            content: "pay by transfer",
            trigger: 'input[name="o_payment_radio"][data-payment-method-code="wire_transfer"]',
            run: "click",
        },
        {
            content: "pay",
            trigger: 'button[name="o_payment_submit_button"]:not([disabled])',
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the order is placed",
            trigger: `[name="order_confirmation"]`,
            timeout: 30000,
        },
    ];
}

registry.category("web_tour.tours").add("customer_student_buys", {
    steps: () => buy({ folder: "", guestPrice: "700.00", price: "630.00" }),
});

registry.category("web_tour.tours").add("customer_student_buys_french", {
    steps: () => [
        {
            content: "go to the shop in French",
            trigger: "form input[name=search]",
            run: () => {
                window.location.href = "/fr/shop";
            },
            expectUnloadPage: true,
        },
        { content: "it is in French", trigger: "html[lang=fr-FR]" },
        ...buy({ folder: "/fr", guestPrice: "700,00", price: "630,00" }),
    ],
});
