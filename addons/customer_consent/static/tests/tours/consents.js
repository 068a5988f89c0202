import { registry } from "@web/core/registry";

const NEWS = "section[data-purpose=t_news]";
const STUDY = "section[data-purpose=t_study]";
const press = (content, trigger) => ({
    content,
    trigger,
    run: "click",
    expectUnloadPage: true,
});

// Selectors do not depend on the language of the page.

registry.category("web_tour.tours").add("customer_consent_portal", {
    steps: () => [
        press("open my consents", "a[href$='/my/consents']"),
        { content: "it is in the breadcrumb", trigger: ".breadcrumb-item.active" },
        press("agree to news", `${NEWS}[data-state=unanswered] button[value='1']`),
        { content: "what was changed", trigger: ".o_consent_done.alert-success" },
        press("withdraw: one tap", `${NEWS}[data-state=granted] .o_consent_switch`),
        { content: "what was changed", trigger: ".o_consent_done.alert-info" },
        press("undo it", ".o_consent_undo"),
        { content: "granted again", trigger: `${NEWS}[data-state=granted]` },
        press("say no to the study", `${STUDY}[data-state=unanswered] button[value='0']`),
        { content: "refused", trigger: `${STUDY}[data-state=refused]` },
        {
            content: "open the history",
            trigger: ".o_consents_history summary",
            run: "click",
        },
        {
            content: "four answers are in it",
            trigger: ".o_consents_history[open]:has(.o_consent_event:nth-child(4))",
        },
    ],
});

registry.category("web_tour.tours").add("customer_consent_signup", {
    steps: () => [
        { content: "name", trigger: "input[name=name]", run: "edit Zoe Consents" },
        { content: "e-mail", trigger: "input[name=login]", run: "edit zoe@example.com" },
        { content: "password", trigger: "input[name=password]", run: "edit a-long-passphrase-91" },
        {
            content: "password again",
            trigger: "input[name=confirm_password]",
            run: "edit a-long-passphrase-91",
        },
        {
            content: "nothing is chosen beforehand",
            trigger: "form.oe_signup_form:has(.o_signup_consent):not(:has(input[type=radio]:checked))",
        },
        { content: "yes to news", trigger: "#consent_t_news_yes", run: "click" },
        { content: "no to the study", trigger: "#consent_t_study_no", run: "click" },
        press("sign up", "form.oe_signup_form button[type=submit]"),
        press("open my consents", "a[href$='/my/consents']"),
        { content: "news: yes", trigger: `${NEWS}[data-state=granted]` },
        { content: "study: no", trigger: `${STUDY}[data-state=refused]` },
    ],
});
