import { registry } from "@web/core/registry";

/** A manager looks at the account of a customer and logs them out of every device. */
registry.category("web_tour.tours").add("customer_account", {
    steps: () => [
        {
            content: "open the page",
            trigger: ".nav-link[name=customer_account]",
            run: "click",
        },
        {
            content: "the login",
            trigger: ".o_field_widget[name=customer_account_login]:contains(portal_t)",
        },
        {
            content: "the login is not the e-mail",
            trigger: "div[name=customer_account_other_email]:visible",
        },
        {
            content: "who has an account is not invited",
            trigger: ".o_form_view:not(:has(button[name=action_customer_grant_access]))",
        },
        {
            content: "the device",
            trigger: ".o_customer_devices tr:contains(Firefox, Android):contains(Poland)",
        },
        {
            content: "log out of every device",
            trigger: "button[name=action_customer_end_sessions]",
            run: "click",
        },
        {
            content: "it asks first",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "it is told",
            trigger: ".o_notification:has(.bg-success):contains(Lea Account)",
        },
        {
            content: "no device is left",
            trigger: ".o_form_view:not(:has(.o_customer_devices))",
        },
    ],
});
