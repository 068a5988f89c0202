/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import { chooseCustomer, click, row, search } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const field = (name) => `.work-order [name=${name}]`;
const fill = (name, text) => ({ trigger: field(name), run: `edit ${text}` });
const tick = (name) => `.customer-card-repair:contains("${name}")`;
const printed = (...words) => ({
    content: "the ticket is printed",
    trigger: `.printed-ticket${words.map((w) => `:contains("${w}")`).join("")}`,
});
const without = (selector) => ({ trigger: `body:not(:has(${selector}))` });
const openWorkOrder = () => [
    ...ProductScreen.clickControlButtonMore(),
    click(".modal .o_work_order_button"),
    { trigger: ".modal .work-order" },
];

/** What a printer would get is shown, and the camera films a colour. */
const prepareDevices = () => ({
    trigger: "body",
    run: () => {
        window.print = (el) => {
            const shown = document.createElement("div");
            shown.className = "printed-ticket";
            Object.assign(shown.style, { position: "fixed", bottom: 0, left: 0, opacity: 0.01, pointerEvents: "none" });
            shown.innerHTML = el.outerHTML;
            document.querySelectorAll(".printed-ticket").forEach((old) => old.remove());
            document.body.append(shown);
        };
        navigator.mediaDevices.getUserMedia = async () => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
            const context = canvas.getContext("2d");
            setInterval(() => {
                context.fillStyle = context.fillStyle === "#ff0000" ? "#00ff00" : "#ff0000";
                context.fillRect(0, 0, 64, 48);
            }, 50);
            return canvas.captureStream(20);
        };
    },
});

const meanwhile = (name) => ({
    content: `meanwhile: ${name}`,
    trigger: "body",
    run: () => posmodel.data.orm.call("pos.session", "customer_test_act", [[odoo.pos_session_id], name]),
});

const payCash = () => [
    ProductScreen.clickPayButton(),
    PaymentScreen.clickPaymentMethod("Cash"),
    PaymentScreen.clickValidate(),
    ReceiptScreen.isShown(),
    ReceiptScreen.clickNextOrder(),
];

const openCard = (name) => [
    click(".customers-button"),
    search(name),
    click(row(name)),
    { trigger: `.customer-card:contains("${name}")` },
];

const takePhoto = () => [
    click(".photo-field-start"),
    { trigger: ".photo-field video" },
    {
        content: "the camera shows something",
        trigger: ".photo-field video",
        run: async ({ anchor }) => {
            while (!anchor.videoWidth) {
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
        },
    },
    {
        content: "the buttons of the camera are in sight",
        trigger: ".photo-field-snap",
        run: ({ anchor }) => {
            const body = anchor.closest(".modal-body").getBoundingClientRect();
            if (anchor.getBoundingClientRect().bottom > body.bottom + 1) {
                throw new Error("One has to scroll for the button.");
            }
        },
    },
    click(".photo-field-snap"),
    { trigger: ".photo-field-photo img" },
];

registry.category("web_tour.tours").add("pos_customer_repair_deposit_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            chooseCustomer("Bo Plain"),
            openWorkOrder(),
            // nothing is made of nothing
            click(".work-order-confirm"),
            { trigger: '.work-order-problem:contains("what the customer brings")' },
            { trigger: '.work-order-problem:contains("what is to be done")' },
            fill("item", "Old clock"),
            fill("serial", "OC-12"),
            fill("fault", "Stops at noon"),
            fill("deposit", "20"),
            click(".work-order-confirm"),
            { trigger: '.work-order-problem:contains("Agree on a price first")' },
            fill("price", "15"),
            { trigger: '.work-order-problem:contains("more than the agreed price")' },
            fill("price", "45"),
            without(".work-order-problem"),
            takePhoto(),
            click(".work-order-confirm"),
            printed("RO", "Bo Plain", "Old clock, serial no. OC-12", "Stops at noon", "45.00"),
            { trigger: ".printed-ticket svg path", content: "with its barcode" },
            // the deposit is a down payment of core
            ProductScreen.selectedOrderlineHas("Down Payment (POS)", "1", "20.00"),
            ProductScreen.totalAmountIs("20.00"),
            payCash(),
            // it is on the card, and cannot be collected yet
            openCard("Bo Plain"),
            { trigger: `${tick("Old clock")}:contains("Confirmed"):contains("25.00")` },
            without(".customer-card-repair-collect"),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_collect_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            openCard("Bo Plain"),
            { trigger: `${tick("Old clock")}:contains("Repaired"):contains("40.00")` },
            click(".customer-card-repair-collect"),
            ProductScreen.orderLineHas("Repair", "1", "45.00"),
            ProductScreen.orderLineHas("Till Spring", "1", "15.00"),
            ProductScreen.orderLineHas("Down Payment (POS)", "-1", "20.00"),
            ProductScreen.totalAmountIs("40.00"),
            // collected twice, it is in the till once
            openCard("Bo Plain"),
            click(".customer-card-repair-collect"),
            ProductScreen.totalAmountIs("40.00"),
            payCash(),
            openCard("Bo Plain"),
            { trigger: `${tick("Old clock")}:contains("Paid")` },
            without(".customer-card-repair-collect"),
            click(".customer-card-repair-ticket"),
            printed("Old clock", "Still to pay"),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_offline_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            // without a customer one is chosen first
            ...ProductScreen.clickControlButtonMore(),
            click(".modal .o_work_order_button"),
            { trigger: ".modal .customer-picker" },
            search("Ana Student"),
            click(`.modal ${row("Ana Student").replace(".customers-list ", "")}`),
            { trigger: ".modal .work-order" },
            fill("item", "Till Wat"),
            click('.item-field-rows button:contains("Till Watch")'),
            { trigger: '.item-field-chosen:contains("Till Watch")' },
            fill("serial", "SN-9"),
            fill("fault", "Battery"),
            { trigger: "body", run: () => (posmodel.data.network.offline = true) },
            click(".work-order-confirm"),
            { trigger: '.work-order-offline:contains("needs a connection")' },
            // closed and opened again: everything is still there
            click(".modal .btn-close"),
            without(".modal"),
            { trigger: "body", run: () => (posmodel.data.network.offline = false) },
            openCard("Ana Student"),
            click(".customer-card-action-work_order"),
            { trigger: ".work-order-kept" },
            { trigger: '.item-field-chosen:contains("Till Watch")' },
            { trigger: `${field("serial")}:value("SN-9")` },
            { trigger: field("fault"), run: "press Control+Enter" },
            printed("Ana Student", "Till Watch, SN-9", "Battery"),
            { trigger: tick("Till Watch, SN-9") },
            // made: nothing of it is left for the next one
            click(".customer-card-action-work_order"),
            { trigger: ".modal .work-order:not(:has(.work-order-kept))" },
            click(".work-order-discard"),
            without(".modal"),
            Chrome.endTour(),
        ].flat(2),
});

const keptKey = () => `pos_customer_repair.work_orders.${posmodel.config.id}`;
let kept;

registry.category("web_tour.tours").add("pos_customer_repair_late_answer_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            openCard("Bo Plain"),
            click(".customer-card-action-work_order"),
            { trigger: ".modal .work-order" },
            fill("item", "Old clock"),
            fill("fault", "Stops at noon"),
            {
                content: "what is typed is kept",
                trigger: "body",
                run: async () => {
                    const isKept = () => browser.localStorage.getItem(keptKey())?.includes("at noon");
                    while (!isKept()) {
                        await new Promise((resolve) => setTimeout(resolve, 50));
                    }
                    kept = browser.localStorage.getItem(keptKey());
                },
            },
            click(".work-order-confirm"),
            printed("Old clock", "Stops at noon"),
            without(".modal"),
            // as if no answer had come: it is still there, and sent with other words
            { trigger: "body", run: () => browser.localStorage.setItem(keptKey(), kept) },
            click(".customer-card-action-work_order"),
            { trigger: ".work-order-kept" },
            fill("fault", "Stops at midnight"),
            click(".work-order-confirm"),
            { trigger: '.modal:contains("was taken in before")' },
            printed("Old clock", "Stops at noon"),
            Dialog.confirm(),
            without(".modal"),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_two_tills_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            click(".customer-card-repair-collect"),
            ProductScreen.totalAmountIs("20.00"),
            // the other till has it too, and is paid first
            meanwhile("pay"),
            ProductScreen.clickPayButton(false),
            { trigger: '.modal:contains("This repair is charged already")' },
            Dialog.confirm(),
            without(".payment-screen"),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_advance_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            click(".customer-card-repair-collect"),
            ProductScreen.orderLineHas("Repair", "1", "20.00"),
            ProductScreen.totalAmountIs("0.00"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_payer_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCard("Bo Plain"),
            click(".customer-card-repair-collect"),
            ProductScreen.totalAmountIs("100.00"),
            ProductScreen.customerIsSelected("Cleo Expired"),
            payCash(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_whatsapp_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            {
                content: "windows are caught, and none opens",
                trigger: "body",
                run: () => {
                    browser.open = (url) => {
                        document.body.dataset.opened = url;
                        return {};
                    };
                },
            },
            openCard("Bo Plain"),
            click(".customer-card-repair-whatsapp"),
            { trigger: '.whatsapp-popup .whatsapp-text:contains("Old clock")' },
            click(".whatsapp-open:enabled"),
            { trigger: 'body:not(:has(.modal))[data-opened^="https://wa.me/31612345678?text="]' },
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_french_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            chooseCustomer("Bo Plain"),
            openWorkOrder(),
            fill("item", "Pendule ancienne"),
            fill("fault", "S’arrête à midi"),
            fill("price", "45,50"),
            fill("deposit", "20,25"),
            click(".work-order-confirm"),
            printed("Pendule ancienne", "S’arrête à midi", "45,50"),
            ProductScreen.totalAmountIs("20,25"),
            payCash(),
            meanwhile("finish"),
            openCard("Bo Plain"),
            { trigger: `${tick("Pendule ancienne")}:contains("Réparé"):contains("40,25")` },
            click(".customer-card-repair-collect"),
            ProductScreen.totalAmountIs("40,25"),
            payCash(),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_blocked_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            chooseCustomer("Bo Plain"),
            ...ProductScreen.clickControlButtonMore(),
            click(".modal .o_work_order_button"),
            { trigger: '.modal:contains("Bo Plain is blocked"):contains("Unpaid invoices")' },
            Dialog.cancel({ title: "Bo Plain is blocked" }),
            without(".work-order"),
            Chrome.endTour(),
        ].flat(2),
});

registry.category("web_tour.tours").add("pos_customer_repair_phone_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            prepareDevices(),
            chooseCustomer("Bo Plain"),
            openWorkOrder(),
            fill("item", "Old clock"),
            fill("fault", "Stops at noon"),
            takePhoto(),
            click(".photo-field-remove"),
            without(".photo-field-photo"),
            {
                content: "nothing is wider than the phone",
                trigger: ".modal .work-order",
                run: ({ anchor }) => {
                    const body = anchor.closest(".modal-body");
                    if (body.scrollWidth > body.clientWidth) {
                        throw new Error("The form is wider than the phone.");
                    }
                },
            },
            click(".work-order-confirm"),
            printed("Old clock"),
            without(".modal"),
            Chrome.endTour(),
        ].flat(2),
});
