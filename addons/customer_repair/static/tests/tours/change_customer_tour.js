import { registry } from "@web/core/registry";

const click = (trigger) => ({ trigger, run: "click" });

const form = (customer) =>
    `body:not(:has(.modal)) .o_form_view .o_field_widget[name=partner_id]:contains("${customer}")`;

/** By the names of fields and buttons: the texts are those of the user's language. */
registry.category("web_tour.tours").add("customer_repair_change_customer_tour", {
    steps: () => [
        { trigger: form("Ana Student") },
        // begun: the customer is no field to type in any more
        { trigger: ".o_field_widget[name=partner_id]:not(:has(input))" },
        click("button[name=action_customer_reassign]"),
        { trigger: ".modal .o_field_widget[name=old_partner_id]:contains(Ana Student)" },
        { trigger: ".modal:not(:has(button[name=action_apply]))" },
        {
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Bo Pl",
        },
        click(".o-autocomplete--dropdown-item:contains(Bo Plain)"),
        // the quotation goes along, and it says so before
        { trigger: ".modal .o_field_widget[name=effects]:contains(S0)" },
        click(".modal .o_field_widget[name=reason] input"),
        click(".o_select_menu_item:eq(2)"),
        {
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit Le vélo est à son voisin",
        },
        click(".modal button[name=action_apply]"),
        { trigger: form("Bo Plain") },
        { trigger: ".o-mail-Message:contains(Ana Student):contains(Bo Plain)" },
        // their quotation is of the new customer now, at prices that nobody has seen yet
        click("button[name=action_view_sale_order]"),
        { trigger: ".o_form_view .o_field_widget[name=order_line]" },
        { trigger: ".o_field_widget[name=partner_id] input:value(Bo Plain)" },
        click("button[name=action_customer_update_prices]"),
        click(".modal footer .btn-primary"),
        {
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_customer_update_prices]))",
        },
    ],
});

registry.category("web_tour.tours").add("customer_repair_refused_tour", {
    steps: () => [
        click("button[name=action_customer_reassign]"),
        {
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Bo Pl",
        },
        click(".o-autocomplete--dropdown-item:contains(Bo Plain)"),
        { trigger: ".modal .alert-warning .o_field_widget[name=refusals]:contains(S0)" },
        { trigger: ".modal:not(:has(button[name=action_apply]))" },
        click(".modal .btn-close"),
        { trigger: form("Ana Student") },
    ],
});

registry.category("web_tour.tours").add("customer_repair_page_tour", {
    steps: () => [
        { trigger: "button[name=action_customer_repairs]:contains(1)" },
        click(".o_notebook a[name=customer_repairs]"),
        click(".o_customer_documents tr:contains(Bike) a"),
        { trigger: form("Ana Student") },
        { trigger: "button[name=action_customer_whatsapp]" },
    ],
});
