import { registry } from "@web/core/registry";

const VOUCHER = ".o_customer_loyalty_vouchers li:contains(GIFT-2)";

registry.category("web_tour.tours").add("customer_loyalty_holder", {
    steps: () => [
        {
            content: "open the page",
            trigger: ".nav-link[name=customer_loyalty]",
            run: "click",
        },
        {
            content: "the gift card goes to somebody else",
            trigger: `${VOUCHER} button[name=holder]`,
            run: "click",
        },
        {
            content: "to whom",
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Bo Plain",
        },
        {
            content: "choose them",
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Bo Plain)",
            run: "click",
        },
        {
            content: "what it does",
            trigger: ".modal .o_field_widget[name=effects]:contains(50):contains(Bo Plain)",
        },
        {
            content: "why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "click",
        },
        {
            content: "they ask for it",
            trigger: ".o_select_menu_item:eq(2)",
            run: "click",
        },
        {
            content: "change",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "it is gone from here",
            trigger: ".o_customer_loyalty:not(:has(.o_customer_loyalty_vouchers))",
        },
    ],
});
