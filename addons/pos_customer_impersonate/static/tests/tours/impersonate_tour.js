/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { click, row } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

const openPopup = () => [
    Chrome.startPoS(),
    click(".customers-button"),
    click(row("Bo Plain")),
    click(".customer-card-action-log_in_as"),
    { trigger: ".modal .impersonate-popup" },
];
const fill = (name, run) => ({ trigger: `.impersonate-popup [name=${name}]`, run });
const is = (state) => ({ trigger: `.impersonate-popup[data-state=${state}]` });
const confirm = () => click(".impersonate-confirm:enabled");
/** What another device does; its till waits for what comes of it. */
const phone = (act) => ({
    content: `the phone: ${act}`,
    trigger: ".impersonate-popup",
    run: () => posmodel.data.orm.call("pos.session", "customer_test_act", [[posmodel.session.id], act]),
});
const showsLink = () => [
    is("waiting"),
    { trigger: ".impersonate-popup .impersonate-qr[src^=data]" },
    {
        content: "the link is there to be copied",
        trigger: ".impersonate-popup .impersonate-url",
        run: ({ anchor }) => {
            if (!new URL(anchor.value).pathname.startsWith("/customer/acting/start/")) {
                throw new Error(`Another link: ${anchor.value}`);
            }
        },
    },
    { trigger: ".impersonate-left:contains(2:)" },
];
const reopen = () => [click(".impersonate-close"), click("body:not(:has(.modal)) .customer-card-action-log_in_as")];
const linkIsGone = () => ({ trigger: ".impersonate-popup:not(:has(.impersonate-qr, .impersonate-url))" });
const tillGoesOn = (login) => [
    click(".impersonate-close"),
    {
        content: "the till is still its user's",
        trigger: "body:not(:has(.modal)) .customer-card",
        run: async () => {
            const [user] = await posmodel.data.orm.call("res.users", "read", [[posmodel.user.id], ["login"]]);
            if (user.login !== login) {
                throw new Error(`The till became ${user.login}.`);
            }
        },
    },
    Chrome.endTour(),
];

registry.category("web_tour.tours").add("pos_customer_impersonate_tour", {
    steps: () =>
        [
            openPopup(),
            { trigger: ".impersonate-confirm:disabled" },
            fill("reason", "select help"),
            fill("minutes", "select 15"),
            fill("note", "edit At the counter"),
            confirm(),
            { trigger: ".authorisation-popup input[name=login]", run: "edit till_chief" },
            { trigger: ".authorisation-popup input[name=password]", run: "edit a-long-passphrase-91" },
            click(".authorisation-confirm"),
            showsLink(),
            phone("begin"),
            is("acting"),
            linkIsGone(),
            { trigger: ".impersonate-acting" },
            phone("leave"),
            is("ended"),
            { trigger: ".impersonate-ended.alert-success" },
            tillGoesOn("cashier"),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("pos_customer_impersonate_end_tour", {
    steps: () =>
        [
            openPopup(),
            fill("reason", "select order"),
            fill("read_only", "click"),
            confirm(),
            showsLink(),
            // shown to nobody: taken back, and made anew
            click(".impersonate-end"),
            is("ended"),
            { trigger: ".impersonate-ended.alert-warning" },
            linkIsGone(),
            click(".impersonate-again"),
            showsLink(),
            // who closes the window finds it again
            reopen(),
            showsLink(),
            phone("begin"),
            is("acting"),
            reopen(),
            is("acting"),
            click(".impersonate-end"),
            { trigger: ".impersonate-ended.alert-success:contains(colleague)" },
            // what has ended is over: the window asks anew
            reopen(),
            { trigger: ".impersonate-confirm:disabled" },
            tillGoesOn("till_chief"),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("pos_customer_impersonate_refused_tour", {
    steps: () =>
        [
            openPopup(),
            { trigger: ".impersonate-error:contains(blocked)" },
            { trigger: ".modal:not(:has(.impersonate-confirm))" },
            click(".impersonate-close"),
            click(".customer-card-close"),
            click(row("Ana Student")),
            {
                content: "without an account there is nothing to log in to",
                trigger: ".customer-card:not(:has(.customer-card-action-log_in_as)) .customer-card-action-orders",
            },
            Chrome.endTour(),
        ].flat(Infinity),
});
