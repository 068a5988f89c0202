import { registry } from "@web/core/registry";

const leaving = (content, trigger) => ({
    content,
    trigger,
    run: "click",
    expectUnloadPage: true,
});

// Selectors do not depend on the language of the page.

registry.category("web_tour.tours").add("customer_log_in_as", {
    steps: () => [
        {
            content: "log in as the customer",
            trigger: "button[name=customer_log_in_as]:not([disabled])",
            run: "click",
        },
        {
            content: "why",
            trigger: ".modal .o_field_widget[name=reason] input, .modal .o_field_widget[name=reason] select",
            run: "click",
        },
        {
            content: "it is about an order",
            trigger: ".o_select_menu_item[data-choice-index='0'], .o_select_menu_item:first",
            run: "click",
        },
        {
            content: "for a few minutes",
            trigger: ".modal .o_field_widget[name=minutes] input",
            run: "edit 10",
        },
        leaving("begin", ".modal button[name=action_start]"),
        { content: "the banner is there", trigger: ".o_customer_acting_bar" },
        leaving("the customer's own page about it", "a[href$='/my/help']"),
        {
            content: "it stands there while it goes on, and cannot be ended from here",
            trigger: ".o_my_help_row[data-running='1']:not(:has(form))",
        },
        leaving("leave", ".o_customer_acting_bar button[type=submit]"),
        { content: "back", trigger: "a[href*='/odoo/customer-file/']" },
        leaving("to the customer", "a[href*='/odoo/customer-file/']"),
        {
            content: "the page of the log",
            trigger: ".nav-link[name=customer_impersonations]",
            run: "click",
        },
        {
            content: "one line",
            trigger: ".o_field_widget[name=customer_impersonation_ids] .o_data_row",
        },
    ],
});

registry.category("web_tour.tours").add("customer_log_in_as_refused", {
    steps: () => [
        {
            content: "no account: the button is off, and says why",
            trigger: "[data-tooltip] > button[name=customer_log_in_as][disabled]",
        },
    ],
});

registry.category("web_tour.tours").add("customer_help_portal", {
    steps: () => [
        leaving("help with my account", "a[href$='/my/help']"),
        { content: "in the breadcrumb", trigger: ".breadcrumb-item.active" },
        {
            content: "nobody has helped yet",
            trigger: ".o_my_help_none",
        },
        leaving(
            "allow it",
            ".o_my_help_permission[data-allowed='0'] button[name=allow][value='1']"
        ),
        { content: "thank you", trigger: ".alert-success" },
        leaving(
            "take it back",
            ".o_my_help_permission[data-allowed='1'] button[name=allow][value='0']"
        ),
        { content: "nobody may", trigger: ".o_my_help_permission[data-allowed='0']" },
    ],
});
