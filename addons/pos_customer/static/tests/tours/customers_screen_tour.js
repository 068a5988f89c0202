/* global posmodel */
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { click, row, search } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { registry } from "@web/core/registry";

const fill = (name, text) => ({
    trigger: `.customer-form [name=${name}]`,
    run: `edit ${text}`,
});

registry.category("web_tour.tours").add("pos_customer_customers_screen_tour", {
    steps: () => [
        {
            content: "the screen opens by its address and needs no order",
            trigger: row("Bo Plain"),
            run: () => {
                if (posmodel.getOrder()) {
                    throw new Error("The screen made an order.");
                }
            },
        },
        search("ana-1"),
        { trigger: `.customers-list:not(:has(.customer-row:contains(Bo Plain))) .customer-row:contains(Ana Student)` },
        { trigger: `${row("Ana Student")} .customer-type-badge:contains(Student −10)` },
        click(row("Ana Student")),
        { trigger: ".customer-card .customer-card-name:contains(Ana Student)" },
        { trigger: ".customer-card .customer-card-note-text:contains(Rings twice)" },
        { trigger: ".customer-card .customer-card-until" },
        click(".customer-card-close"),
        search("cleo"),
        { trigger: `${row("Cleo Expired")} .customer-type-badge.expired` },
        search("nobody at all"),
        { trigger: ".customers-empty:contains(No customer fits “nobody at all”.)" },
        { trigger: ".customers-create-query:contains(Add “nobody at all” as a new customer)" },
        click(".customers-create-query"),
        { trigger: ".customer-form input[name=name]:value(nobody at all)" },
        fill("name", "Zoë Scanned"),
        { trigger: ".customer-form select[name=customer_type_id]:not(:contains(Staff))" },
        {
            trigger: ".customer-form select[name=customer_type_id]",
            run: ({ anchor }) => {
                const student = [...anchor.options].find((o) => o.text.includes("Student"));
                anchor.value = student.value;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".customer-form-customer_type_id .customer-form-hint:contains(valid until)" },
        ...scan_barcode("CARD-42"),
        { trigger: ".customer-form input[name=customer_code]:value(CARD-42)" },
        click(".customer-form-save"),
        { trigger: `${row("Zoë Scanned")}.open` },
        { trigger: ".customer-card .customer-card-code:contains(CARD-42)" },
        click(".customer-card-pick"),
        { trigger: ".product-screen .order-customer-line .customer-name:contains(Zoë Scanned)" },
        { trigger: ".product-screen .order-customer-line .customer-type:contains(Student)" },
        click(".customers-button"),
        { trigger: ".customers-screen .customer-row:contains(Bo Plain)" },
        click(`${row("Bo Plain")} .customer-row-pick`),
        { trigger: ".product-screen .order-customer-line .customer-name:contains(Bo Plain)" },
        ...Chrome.clickMenuOption("Customers"),
        { trigger: ".customers-screen .customer-row:contains(Bo Plain)" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_duplicate_code_tour", {
    steps: () => [
        click(".customers-new"),
        click(".customer-form-save"),
        { trigger: ".customer-form-name .customer-form-error:contains(Enter a name.)" },
        fill("name", "Dora Double"),
        fill("phone", "+32 470 11 22 33"),
        fill("customer_code", "ana-1"),
        click(".customer-form-save"),
        {
            content: "the sentence of the server stands beside the code",
            trigger:
                ".customer-form-customer_code .customer-form-error:contains(Ana Student already has the customer code)",
        },
        { trigger: ".customer-form input[name=name]:value(Dora Double)" },
        { trigger: ".customer-form input[name=phone]:value(+32 470 11 22 33)" },
        fill("customer_code", "DORA-1"),
        {
            content: "two clicks make one customer",
            trigger: ".customer-form-save",
            run: ({ anchor }) => {
                anchor.click();
                anchor.click();
            },
        },
        { trigger: `${row("Dora Double")}.open` },
        { trigger: ".customer-card .customer-card-code:contains(DORA-1)" },
        click(".customer-card-edit"),
        { trigger: ".customer-form input[name=customer_code]:value(DORA-1)" },
        fill("customer_note", "Comes on Mondays"),
        click(".customer-form-save"),
        { trigger: ".customer-card .customer-card-note-text:contains(Comes on Mondays)" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_partner_list_tour", {
    steps: () => [
        Chrome.startPoS(),
        click(".product-screen .set-partner"),
        {
            content: "core's dialog tells code and type",
            trigger: ".partner-line:contains(Ana Student) .customer-code:contains(ANA-1)",
        },
        { trigger: ".partner-line:contains(Ana Student) .customer-type-badge:contains(Student)" },
        click(".modal button[title='Add a customer']"),
        fill("name", "Lena Listed"),
        click(".customer-form-save"),
        { trigger: ".product-screen .order-customer-line .customer-name:contains(Lena Listed)" },
        Chrome.endTour(),
    ].flat(),
});

const noRow = (name) => ({
    content: `${name} is not there`,
    trigger: `.customers-list:not(:has(.customer-row:contains(${name})))`,
});
const press = (key) => ({
    content: `press ${key}`,
    trigger: ".customers-search input",
    run: `press ${key}`,
});

/** Taps of a person since the last count; those into the box that has the focus are none. */
let taps = 0;
const onTap = (ev) => ev.target.matches(".customers-search input") || taps++;
const countTaps = {
    content: "count the taps from here",
    trigger: "body",
    run: () => {
        taps = 0;
        document.body.addEventListener("click", onTap, { capture: true });
    },
};
const tapsWere = (count) => ({
    content: `it took ${count} taps`,
    trigger: "body",
    run: () => {
        if (taps !== count) {
            throw new Error(`It took ${taps} taps, not ${count}.`);
        }
        taps = 0;
    },
});
const boxHasFocus = {
    content: "one types at once",
    trigger: ".customers-search input:focus",
};
const orderIsFor = (name) => ({
    trigger: `.product-screen .order-customer-line .customer-name:contains(${name})`,
});

registry.category("web_tour.tours").add("pos_customer_choose_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            countTaps,
            // a known customer: the button, typing, the row
            click(".product-screen .set-partner"),
            { trigger: ".customers-choosing:contains(Tap the customer of the order.)" },
            boxHasFocus,
            search("student"),
            click(row("Ana Student")),
            orderIsFor("Ana Student"),
            tapsWere(2),
            ProductScreen.totalAmountIs("18.00"),
            // leaving without an answer changes nothing
            click(".product-screen .set-partner"),
            { trigger: ".customers-choosing:contains(The order is for Ana Student.)" },
            press("Escape"),
            orderIsFor("Ana Student"),
            click(".product-screen .set-partner"),
            click(".customers-back"),
            orderIsFor("Ana Student"),
            click(".product-screen .set-partner"),
            { trigger: ".customers-choosing" },
            click(".register-label"),
            orderIsFor("Ana Student"),
            ProductScreen.totalAmountIs("18.00"),
            // the card, before deciding
            click(".product-screen .set-partner"),
            click(`${row("Bo Plain")} .customer-row-card`),
            { trigger: ".customer-card .customer-card-name:contains(Bo Plain)" },
            click(".customer-card-pick"),
            orderIsFor("Bo Plain"),
            ProductScreen.totalAmountIs("20.00"),
            // nobody
            click(".product-screen .set-partner"),
            click(".customers-no-customer"),
            { trigger: ".product-screen:not(:has(.order-customer-line))" },
            countTaps,
            // a new one: the button, a name, the last row, save
            click(".product-screen .set-partner"),
            boxHasFocus,
            search("Nell New"),
            click(".customers-create-query"),
            { trigger: ".customer-form input[name=name]:value(Nell New)" },
            click(".customer-form-save"),
            orderIsFor("Nell New"),
            tapsWere(3),
            // from the payment screen, and back to it
            ProductScreen.clickPayButton(),
            PaymentScreen.totalIs("20.00"),
            click(".payment-screen .partner-button"),
            search("student"),
            click(row("Ana Student")),
            PaymentScreen.totalIs("18.00"),
            { trigger: ".payment-screen .partner-button:contains(Ana Student)" },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_card_tour", {
    steps: () =>
        [
            search("ana"),
            click(row("Ana Student")),
            { trigger: ".customer-card-barcode svg path" },
            { trigger: ".customer-card-code:contains(ANA-1)" },
            { trigger: ".customer-card-figure-count:contains(1)" },
            { trigger: ".customer-card-figure-total:contains(20.00)" },
            { trigger: ".customer-card-figure-average:contains(20.00)" },
            { trigger: ".customer-card-sales:not(:has(.customer-card-figure-returns))" },
            { trigger: ".customer-card-order:contains(20.00)" },
            { trigger: ".customer-card-action-loyalty_card" },
            // their orders
            click(".customer-card-action-orders"),
            { trigger: ".ticket-screen .order-row:contains(Ana Student)" },
            click(".customers-button"),
            // whoever bought nothing has no figures
            search("bo plain"),
            click(row("Bo Plain")),
            { trigger: ".customer-card:not(:has(.customer-card-sales)) .customer-card-code:contains(BO-1)" },
            // an order of their own, whatever is under way
            click(".customer-card-action-new_order"),
            orderIsFor("Bo Plain"),
            ProductScreen.clickDisplayedProduct("Till Book"),
            click(".customers-button"),
            search("ana"),
            click(row("Ana Student")),
            click(".customer-card-action-new_order"),
            orderIsFor("Ana Student"),
            ProductScreen.orderIsEmpty(),
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_keyboard_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            click(".product-screen .set-partner"),
            search("student"),
            { trigger: row("Ana Student") },
            press("Enter"),
            orderIsFor("Ana Student"),
            click(".customers-button"),
            search("no such person"),
            { trigger: ".customers-empty" },
            press("ArrowDown"),
            { trigger: ".customers-create-query.cursor" },
            press("Enter"),
            { trigger: ".customer-form input[name=name]:value(no such person)" },
            click(".customer-form-discard"),
            click(".modal .btn-primary:contains(Discard)"),
            search("bo plain"),
            press("ArrowDown"),
            { trigger: `${row("Bo Plain")}.cursor` },
            {
                content: "the cursor is told to those who do not see it",
                trigger: ".customers-search input[aria-activedescendant^=customer-row-]",
            },
            press("ArrowUp"),
            { trigger: ".customers-create-query.cursor" },
            press("ArrowUp"),
            { trigger: `${row("Bo Plain")}.cursor` },
            press("Enter"),
            { trigger: ".customer-card .customer-card-name:contains(Bo Plain)" },
            press("Escape"),
            { trigger: ".customers-screen:not(:has(.customer-card))" },
            press("Enter"),
            { trigger: ".customer-card .customer-card-name:contains(Bo Plain)" },
            press("Enter"),
            orderIsFor("Bo Plain"),
            // Escape goes one step back: what was typed, then the screen
            click(".customers-button"),
            search("student"),
            noRow("Bo Plain"),
            press("Escape"),
            { trigger: ".customers-search input:focus:value()" },
            { trigger: row("Bo Plain") },
            { trigger: row("Ana Student") },
            press("Escape"),
            orderIsFor("Bo Plain"),
            Chrome.endTour(),
        ].flat(),
});

const select = (name, text) => ({
    content: `choose ${text}`,
    trigger: `.customers-filters select[name=${name}]`,
    run: `selectByLabel ${text}`,
});

registry.category("web_tour.tours").add("pos_customer_filters_tour", {
    steps: () =>
        [
            { trigger: row("Bo Plain") },
            click(".customers-filters-toggle"),
            select("type_id", "Student"),
            noRow("Bo Plain"),
            { trigger: row("Ana Student") },
            // the filters stay while one searches and opens cards
            search("bo"),
            { trigger: ".customers-empty:contains(No customer fits “bo” and the filters.)" },
            { trigger: ".customers-create-query:contains(Add “bo”)" },
            click(".customers-filters-clear"),
            { trigger: row("Bo Plain") },
            { trigger: ".customers-filters select[name=type_id]:not(.active)" },
            search(""),
            select("visit", "Bought in the last 30 days"),
            noRow("Bo Plain"),
            { trigger: row("Ana Student") },
            click(row("Ana Student")),
            { trigger: ".customer-card .customer-card-name:contains(Ana Student)" },
            click(".customer-card-close"),
            { trigger: ".customers-filters select[name=visit].active" },
            noRow("Bo Plain"),
            select("visit", "Never bought"),
            { trigger: row("Bo Plain") },
            noRow("Ana Student"),
            select("visit", "Not for more than a year"),
            { trigger: ".customers-empty:contains(No customer fits the filters.)" },
            // no filter goes on in silence
            click(".customers-filters-toggle"),
            { trigger: row("Ana Student") },
            { trigger: row("Bo Plain") },
            // values between commas, each to its field
            click(".customers-fields-toggle"),
            { trigger: ".customers-search input[placeholder='name, street']" },
            search("ana, voorstraat"),
            { trigger: row("Ana Student") },
            noRow("Bo Plain"),
            search("voorstraat, ana"),
            { trigger: ".customers-empty" },
            click(".customers-field[data-name=city]"),
            { trigger: ".customers-search input[placeholder='name, street, city']" },
            click(".customers-field[data-name=name]"),
            { trigger: ".customers-field[data-name=street] .customers-field-place:contains(1)" },
            search("voorstraat, utrecht"),
            { trigger: row("Ana Student") },
            search("voorstraat 9, gouda"),
            click(".customers-create-query"),
            { trigger: ".customer-form input[name=street]:value(voorstraat 9)" },
            { trigger: ".customer-form input[name=city]:value(gouda)" },
            click(".customer-form-discard"),
            click(".modal .btn-primary:contains(Discard)"),
            click(".customers-fields-toggle"),
            search("utrecht ana"),
            { trigger: row("Ana Student") },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_advanced_first_tour", {
    steps: () => [
        { trigger: ".customers-search input[placeholder='street']" },
        search("voorstraat"),
        { trigger: row("Ana Student") },
        search("ana"),
        { trigger: ".customers-empty" },
        Chrome.endTour(),
    ],
});

const rowCount = () => document.querySelectorAll(".customers-list .customer-row").length;
const scrollList = (to) => ({
    content: `scroll to ${to}`,
    trigger: ".customers-list",
    run: ({ anchor }) => {
        anchor.scrollTop = to;
    },
});
const scrollToEndUntil = (name) => ({
    content: `scroll until ${name} comes`,
    trigger: ".customers-list",
    run: async ({ anchor }) => {
        for (let i = 0; i < 100 && !anchor.textContent.includes(name); i++) {
            anchor.scrollTop = anchor.scrollHeight;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    },
});
const fewRows = {
    content: "the page holds no more rows than it shows, and a few",
    trigger: ".customers-list .customer-row",
    run: ({ anchor }) => {
        const list = anchor.closest(".customers-list");
        const most = Math.ceil(list.clientHeight / anchor.offsetHeight) + 10;
        if (rowCount() > most) {
            throw new Error(`There are ${rowCount()} rows in the page, not ${most} at most.`);
        }
    },
};

registry.category("web_tour.tours").add("pos_customer_long_list_tour", {
    steps: () =>
        [
            search("crowd"),
            { trigger: row("Crowd 000") },
            fewRows,
            { trigger: ".customers-create-query:contains(Add “crowd” as a new customer)" },
            scrollToEndUntil("Crowd 199"),
            { trigger: row("Crowd 199") },
            fewRows,
            scrollList(3000),
            { trigger: row("Crowd 05") },
            {
                content: "a tap hits the row that is seen there",
                trigger: ".customers-list .customer-row",
                run: ({ anchor }) => {
                    const list = anchor.closest(".customers-list").getBoundingClientRect();
                    const seen = document.elementFromPoint(list.left + 60, list.top + 90);
                    seen.closest(".customer-row").id = "tapped";
                    seen.click();
                },
            },
            {
                trigger: "#tapped.open",
                run: ({ anchor }) => {
                    const name = anchor.querySelector(".customer-row-title").textContent;
                    const card = document.querySelector(".customer-card-name").textContent;
                    if (!name.startsWith("Crowd") || name !== card) {
                        throw new Error(`${name} was tapped and ${card} was opened.`);
                    }
                },
            },
            press("ArrowDown"),
            fewRows,
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_renew_tour", {
    steps: () => [
        search("cleo"),
        click(row("Cleo Expired")),
        { trigger: ".customer-card-expired:contains(The proof of “Gold” ended on)" },
        click(".customer-card-renew"),
        { trigger: ".authorisation-popup:contains(reserved)" },
        { trigger: ".authorisation-popup input[name=login]", run: "edit chief" },
        { trigger: ".authorisation-popup input[name=password]", run: "edit wrong" },
        click(".authorisation-confirm"),
        { trigger: ".authorisation-error:contains(The login or the password is wrong.)" },
        { trigger: ".authorisation-popup input[name=login]:value(chief)" },
        { trigger: ".authorisation-popup input[name=password]", run: "edit chief-password" },
        click(".authorisation-confirm"),
        { trigger: ".customer-card:not(:has(.customer-card-expired)) .customer-card-until" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_phone_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            // one tap from the products, and one back
            click(".customers-button:has(.fa-users)"),
            { trigger: ".customers-button.active" },
            search("student"),
            click(row("Ana Student")),
            { trigger: ".customer-card .customer-card-name:contains(Ana Student)" },
            {
                content: "nothing is wider than the phone",
                trigger: ".pos",
                run: () => {
                    const bar = document.querySelector(".pos-topheader");
                    // a phone lays its scroll bars over the page, this browser beside it
                    for (const el of [document.scrollingElement, bar]) {
                        if (el.scrollWidth > window.innerWidth) {
                            throw new Error(`${el.className} is ${el.scrollWidth} pixels wide.`);
                        }
                    }
                },
            },
            click(".customer-card-pick"),
            { trigger: ".product-screen" },
            click(".btn-switchpane.review-button"),
            orderIsFor("Ana Student"),
            Chrome.endTour(),
        ].flat(),
});
