import { registry } from "@web/core/registry";

/** Fails unless the page has asked for loyalty `times` times since it was loaded. */
function asked(times) {
    return {
        content: `loyalty was asked for ${times} times`,
        trigger: ".o_form_view",
        run() {
            const calls = performance
                .getEntriesByType("resource")
                .filter(({ name }) => name.endsWith("/customer_loyalty"));
            if (calls.length !== times) {
                throw new Error(`asked ${calls.length} times`);
            }
        },
    };
}

const ACCOUNT = ".o_customer_loyalty_accounts section";

/** Change the balance of the account by the window. */
function adjust(direction, amount, reason) {
    return [
        {
            content: `${direction}: open the window`,
            trigger: `${ACCOUNT} button[name=${direction}]`,
            run: "click",
        },
        {
            content: "how much",
            trigger: ".modal .o_field_widget[name=amount] input",
            run: `edit ${amount}`,
        },
        {
            content: "why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: `edit ${reason}`,
        },
    ];
}

const apply = {
    content: "apply",
    trigger: ".modal button[name=action_apply]",
    run: "click",
};

registry.category("web_tour.tours").add("customer_loyalty_office", {
    steps: () => [
        { content: "the form is open", trigger: ".nav-link[name=customer_loyalty]" },
        asked(0),
        {
            content: "open the page",
            trigger: ".nav-link[name=customer_loyalty]",
            run: "click",
        },
        {
            content: "the balance",
            trigger: `${ACCOUNT} .o_customer_loyalty_balance:contains(124)`,
        },
        asked(1),
        {
            content: "the gift card with its code",
            trigger: ".o_customer_loyalty_vouchers li:contains(GIFT-TOUR):contains(25)",
        },
        {
            content: "the latest twenty transactions",
            trigger: ".o_customer_loyalty_history tbody:has(tr:nth-child(20)):not(:has(tr:nth-child(21)))",
        },
        {
            content: "show the rest",
            trigger: ".o_customer_loyalty_more",
            run: "click",
        },
        {
            content: "all of them, and no more to show",
            trigger: ".o_customer_loyalty:not(:has(.o_customer_loyalty_more)) .o_customer_loyalty_history tr:nth-child(26)",
        },
        ...adjust("plus", 30, "Sorry for the wait"),
        {
            content: "the new balance before it is done",
            trigger: ".modal .o_field_widget[name=new_text]:contains(154)",
        },
        apply,
        {
            content: "it shows at once",
            trigger: `${ACCOUNT} .o_customer_loyalty_balance:contains(154)`,
        },
        {
            content: "with its reason and the balance of that day",
            trigger:
                ".o_customer_loyalty_history tbody tr:first-child:contains(Sorry for the wait):contains(154)",
        },
        ...adjust("minus", 10, "Typed twice"),
        apply,
        {
            content: "it is taken off",
            trigger: `${ACCOUNT} .o_customer_loyalty_balance:contains(144)`,
        },
        ...adjust("plus", 0, "Nothing"),
        apply,
        { content: "zero is refused", trigger: ".o_error_dialog" },
    ],
});
