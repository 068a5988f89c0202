/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { registry } from "@web/core/registry";

const click = (trigger) => ({ trigger, run: "click" });

const search = (text) => ({
    trigger: ".customer-picker .customers-search input",
    run: `edit ${text}`,
});

const row = (name) => `.customer-picker .customer-row:contains("${name}")`;

const openPaidOrders = () => [
    Chrome.startPoS(),
    Chrome.clickOrders(),
    TicketScreen.selectFilter("Paid"),
];

const changeCustomer = (price) => [
    TicketScreen.selectOrderByPrice(price),
    click(".ticket-screen .change-customer"),
];

const reason = (text) => click(`.customer-reassign-reason:contains("${text}")`);

const customerIs = (name, price) => ({
    content: `the order of ${price} is of ${name}`,
    trigger: `body:not(:has(.modal)) .ticket-screen .order-row:contains("${price}"):contains("${name}")`,
});

/** Print the receipt of the selected order, and find `name` on what was printed. */
const printedFor = (name) => [
    {
        content: "see what is printed instead of printing it",
        trigger: ".ticket-screen",
        run: () => {
            window.print = (el) => (document.body.dataset.printed = el.textContent);
        },
    },
    click(".ticket-screen .control-button:contains(Print Receipt)"),
    { trigger: `body[data-printed*="${name}"]` },
];

const selectedOrder = () => {
    const uuid = document.querySelector(".order-row.active").getAttribute("orderuuid");
    return posmodel.models["pos.order"].getBy("uuid", uuid);
};

registry.category("web_tour.tours").add("pos_customer_change_customer_tour", {
    steps: () =>
        [
            openPaidOrders(),
            changeCustomer("20.00"),
            search("bo"),
            {
                content: "rows choose, they have no buttons",
                trigger: `${row("Bo Plain")}:not(:has(button))`,
                run: "click",
            },
            { trigger: '.customer-reassign-old:contains("Ana Student")' },
            { trigger: '.customer-reassign-new:contains("Bo Plain")' },
            { trigger: ".customer-reassign-effects:contains(Prices, taxes and payments stay)" },
            { trigger: ".customer-reassign-confirm:disabled" },
            reason("The wrong customer was chosen"),
            { trigger: ".customer-reassign textarea[name=note]", run: "edit Lent her card" },
            click(".customer-reassign-confirm"),
            customerIs("Bo Plain", "20.00"),
            {
                content: "the price list and the total are those that were paid",
                trigger: ".ticket-screen",
                run: () => {
                    const order = selectedOrder();
                    if (order.pricelist_id || order.priceIncl !== 20 || order.isDirty()) {
                        throw new Error("More than the customer changed");
                    }
                },
            },
            printedFor("Bo Plain"),
            // nobody's
            click(".ticket-screen .change-customer"),
            click(".customer-picker-none"),
            { trigger: ".customer-reassign-new:contains(No customer)" },
            reason("The customer asks for it"),
            click(".customer-reassign-confirm"),
            {
                trigger:
                    'body:not(:has(.modal)) .ticket-screen .order-row:contains("20.00"):not(:contains("Bo Plain"))',
            },
            click(".ticket-screen .change-customer"),
            { trigger: ".customer-picker:not(:has(.customer-picker-none))" },
            click(".customer-picker-discard"),
            // the same customer again is nothing
            click(".ticket-screen .change-customer"),
            search("bo"),
            click(row("Bo Plain")),
            reason("Another reason"),
            click(".customer-reassign-confirm"),
            customerIs("Bo Plain", "20.00"),
            click(".ticket-screen .change-customer"),
            search("bo"),
            click(row("Bo Plain")),
            { trigger: ".customer-reassign-effects:contains(already)" },
            { trigger: ".customer-reassign:not(:has(.customer-reassign-confirm))" },
            click(".modal-footer button:contains(Discard)"),
            // nothing happens when nobody is chosen
            click(".ticket-screen .change-customer"),
            click(".customer-picker-discard"),
            { trigger: "body:not(:has(.modal)) .ticket-screen" },
            Chrome.endTour(),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("pos_customer_change_customer_authorised_tour", {
    steps: () =>
        [
            openPaidOrders(),
            changeCustomer("31.00"),
            {
                content: "the keyboard alone finds and chooses",
                trigger: ".customer-picker .customers-search input",
                run: "edit ana-1",
            },
            {
                trigger: ".customer-picker .customers-search input",
                run: "press Enter",
            },
            { trigger: ".customer-reassign-old:contains(No customer)" },
            { trigger: '.customer-reassign-new:contains("Ana Student")' },
            reason("No customer was chosen"),
            click(".customer-reassign-confirm"),
            { trigger: ".authorisation-popup:contains(Only a customer manager)" },
            { trigger: ".authorisation-popup input[name=login]", run: "edit chief" },
            { trigger: ".authorisation-popup input[name=password]", run: "edit wrong" },
            click(".authorisation-confirm"),
            { trigger: ".authorisation-error:contains(The login or the password is wrong.)" },
            { trigger: ".authorisation-popup input[name=password]", run: "edit chief-password" },
            click(".authorisation-confirm"),
            customerIs("Ana Student", "31.00"),
            printedFor("Ana Student"),
            Chrome.endTour(),
        ].flat(Infinity),
});

registry.category("web_tour.tours").add("pos_customer_change_customer_refused_tour", {
    steps: () =>
        [
            openPaidOrders(),
            changeCustomer("20.00"),
            search("bo"),
            click(row("Bo Plain")),
            { trigger: ".customer-reassign-refusals:contains(is invoiced)" },
            {
                trigger: ".customer-reassign:not(:has(.customer-reassign-confirm))",
            },
            click(".modal-footer button:contains(Discard)"),
            customerIs("Ana Student", "20.00"),
            // the details of a paid order do not offer another way
            click(".ticket-screen .edit-order-payment"),
            { trigger: ".modal .o_field_widget[name=partner_id]:not(:has(input))" },
            { trigger: ".modal:not(:has(button:contains(Change customer)))" },
            click(".modal .btn-close"),
            // without a connection
            {
                trigger: ".ticket-screen",
                run: () => (posmodel.data.network.offline = true),
            },
            click(".ticket-screen .change-customer"),
            { trigger: ".customer-picker .customers-offline:contains(There is no connection)" },
            { trigger: row("Bo Plain") },
            {
                trigger: ".customer-picker",
                run: () => (posmodel.data.network.offline = false),
            },
            click(".customer-picker-discard"),
            Chrome.endTour(),
        ].flat(Infinity),
});
