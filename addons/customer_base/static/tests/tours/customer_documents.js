import { registry } from "@web/core/registry";

/** Fails unless the page has asked for documents `times` times since it was loaded. */
function asked(times) {
    return {
        content: `documents were asked for ${times} times`,
        trigger: ".o_form_view",
        run() {
            const calls = performance
                .getEntriesByType("resource")
                .filter(({ name }) => name.includes("customer_documents"));
            if (calls.length !== times) {
                throw new Error(`asked ${calls.length} times`);
            }
        },
    };
}

registry.category("web_tour.tours").add("customer_documents", {
    steps: () => [
        { content: "the form is open", trigger: ".nav-link[name=customer_invoices]" },
        { content: "the addresses are shown", trigger: ".o_kanban_record:contains(Books)" },
        asked(0),
        {
            content: "open the orders",
            trigger: ".nav-link[name=customer_orders]",
            run: "click",
        },
        { content: "there are none", trigger: ".o_customer_documents_none" },
        asked(1),
        {
            content: "open the invoices",
            trigger: ".nav-link[name=customer_invoices]",
            run: "click",
        },
        {
            content: "the latest twenty",
            trigger: ".o_customer_documents tbody:has(tr:nth-child(20)):not(:has(tr:nth-child(21)))",
        },
        asked(2),
        {
            content: "show the rest",
            trigger: ".o_customer_documents button",
            run: "click",
        },
        {
            content: "all of them, and no more to show",
            trigger: ".o_customer_documents:not(:has(button)) tr:nth-child(25):contains(Ref 1)",
        },
        {
            content: "open one",
            trigger: ".o_customer_documents tr:nth-child(2) a",
            run: "click",
        },
        { content: "it is open", trigger: ".o_breadcrumb:contains(Ref 24)" },
    ],
});
