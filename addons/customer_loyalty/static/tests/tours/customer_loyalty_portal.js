import { registry } from "@web/core/registry";

const press = (content, trigger) => ({
    content,
    trigger,
    run: "click",
    expectUnloadPage: true,
});

// Selectors do not depend on the language of the page.

registry.category("web_tour.tours").add("customer_loyalty_portal", {
    steps: () => [
        press("open my points and vouchers", "a[href$='/my/loyalty']"),
        {
            content: "what is there",
            trigger: ".o_my_loyalty_card .o_my_loyalty_balance:contains(210)",
        },
        {
            content: "what is on its way, and when",
            trigger: ".o_my_loyalty_card .o_my_loyalty_pending:contains(30):contains(/20)",
        },
        { content: "the gift card", trigger: ".o_my_loyalty_code:contains(GIFT-PORTAL)" },
        press("open the card", ".o_my_loyalty_card"),
        {
            content: "the latest eighty transactions",
            trigger: ".o_my_loyalty_rows:has(li:nth-child(80)):not(:has(li:nth-child(81)))",
        },
        {
            content: "each with the balance after it",
            trigger: ".o_my_loyalty_rows li:first-child:contains(+1):contains(210)",
        },
        press("earlier ones", ".pagination a[href$='/page/2']"),
        {
            content: "down to the first",
            trigger: ".o_my_loyalty_rows li:last-child[data-kind=adjusted]:contains(120)",
        },
        press("back to all of it", ".breadcrumb a[href$='/my/loyalty']"),
        { content: "it is there", trigger: ".o_my_loyalty_voucher" },
    ],
});
