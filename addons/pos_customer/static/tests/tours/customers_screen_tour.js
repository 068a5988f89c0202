/* global posmodel */
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { registry } from "@web/core/registry";

const search = (text) => ({
    content: `search for ${text}`,
    trigger: ".customers-search input",
    run: `edit ${text}`,
});

const row = (name) => `.customers-list .customer-row:contains(${name})`;

const click = (trigger) => ({ trigger, run: "click" });

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
