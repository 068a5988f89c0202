import { registry } from "@web/core/registry";

const YES = ".btn-group button:nth-child(1)";
const NO = ".btn-group button:nth-child(2)";

/** A row of the tab, by the code of its purpose. */
function row(code, rest) {
    return `.o_customer_consents [data-purpose=${code}] ${rest}`;
}

registry.category("web_tour.tours").add("customer_consents", {
    steps: () => [
        {
            content: "open the tab",
            trigger: ".nav-link[name=customer_consents]",
            run: "click",
        },
        {
            content: "nothing was answered: neither yes nor no is pressed",
            trigger: row("t_news", `.btn-group:not(:has([aria-pressed=true]))`),
        },
        {
            content: "what the customer agrees to is one click away",
            trigger: row("t_news", ".btn-link"),
            run: "click",
        },
        { content: "it is shown", trigger: row("t_news", ".o_customer_consents_body:contains(I want news)") },
        {
            content: "the customer telephoned",
            trigger: "#o_customer_consents_reason",
            run: "select phone",
        },
        { content: "yes", trigger: row("t_news", YES), run: "click" },
        { content: "yes is pressed", trigger: row("t_news", `${YES}[aria-pressed=true]`) },
        {
            content: "the history has it at once",
            trigger: ".o_customer_consents_history li:only-child",
        },
        { content: "nothing is left to save", trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_dirty))" },
        {
            content: "in other words",
            trigger: "#o_customer_consents_reason",
            run: "select other",
        },
        {
            content: "which colleagues read",
            trigger: ".o_customer_consents_note",
            run: "edit She came back about it",
        },
        { content: "no, after all", trigger: row("t_news", NO), run: "click" },
        { content: "no is pressed", trigger: row("t_news", `${NO}[aria-pressed=true]`) },
        { content: "two events", trigger: ".o_customer_consents_history li:nth-child(2)" },
        { content: "what the server refuses", trigger: row("t_study", YES), run: "click" },
        {
            content: "says why",
            trigger: ".modal:contains(The shop is closed)",
        },
        { content: "understood", trigger: ".modal-footer button", run: "click" },
        {
            content: "and the switch is where it was",
            trigger: row("t_study", ".btn-group:not(:has([aria-pressed=true])):not(:has([disabled]))"),
        },
        {
            content: "what nobody wrote a text for cannot be agreed to, and the tab says so",
            trigger: row("t_draft", ".o_customer_consents_problem"),
        },
        { content: "so that yes is out of reach", trigger: row("t_draft", `${YES}[disabled]`) },
        { content: "and no is not", trigger: row("t_draft", `${NO}:not([disabled])`) },
    ],
});
