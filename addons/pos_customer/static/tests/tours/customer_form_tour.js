import { click, row, search } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { registry } from "@web/core/registry";

const form = (name) => `.customer-form [name=${name}]`;

const fill = (name, text) => ({ trigger: form(name), run: `edit ${text}` });

const duplicate = (name) => `.customer-duplicate:contains(${name})`;

/** Choose the option of a list whose text holds `text`. */
const choose = (trigger, text) => ({
    content: `choose ${text}`,
    trigger,
    run: ({ anchor }) => {
        const option = [...anchor.options].find((o) => o.text.includes(text));
        anchor.value = option.value;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});

const attribute = (label, tag) => `.customer-form-attribute:contains(${label}) ${tag}`;

registry.category("web_tour.tours").add("pos_customer_form_duplicate_tour", {
    steps: () => [
        click(".customers-new"),
        fill("name", "anna"),
        { trigger: ".modal:not(:has(.customer-duplicate))" },
        fill("phone", "0470 11 22 33"),
        { trigger: `${duplicate("Ana Student")} .customer-duplicate-why:contains(Same phone number)` },
        fill("email", "ANA@example.com"),
        { trigger: `${duplicate("Ana Student")} .customer-duplicate-why:contains(same e-mail)` },
        fill("phone", "0470 11 22 34"),
        fill("email", "nobody@example.com"),
        { trigger: ".modal:not(:has(.customer-duplicate))" },
        fill("name", "Student, Ána"),
        fill("zip", "1000"),
        {
            trigger: `${duplicate("Ana Student")} .customer-duplicate-why:contains(Same name and postcode)`,
        },
        click(`${duplicate("Ana Student")} .customer-duplicate-use`),
        { trigger: `body:not(:has(.modal)) ${row("Ana Student")}.open` },
        { trigger: ".customer-card .customer-card-name:contains(Ana Student)" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_form_use_duplicate_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            click(".product-screen .set-partner"),
            search("0470112233999"),
            click(".customers-create-query"),
            { trigger: `${form("phone")}:value(0470112233999)` },
            fill("phone", "+32 470 11 22 33"),
            click(`${duplicate("Ana Student")} .customer-duplicate-use`),
            { trigger: ".product-screen .order-customer-line .customer-name:contains(Ana Student)" },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_form_required_tour", {
    steps: () => [
        click(".customers-new"),
        { trigger: ".customer-form-email .form-label:contains(E-mail *)" },
        fill("name", "Rita Required"),
        click(".customer-form-save"),
        {
            trigger:
                ".customer-form-email .customer-form-error:contains(Fill in “E-mail”: this till asks for it.)",
        },
        { trigger: ".customer-form-zip .customer-form-error:contains(Postcode)" },
        { trigger: `${form("email")}:focus` },
        fill("email", "rita@example.com"),
        { trigger: ".customer-form-email:not(:has(.customer-form-error))" },
        fill("zip", "9000"),
        click(".customer-form-save"),
        { trigger: `${row("Rita Required")}.open` },
        click(".customer-card-edit"),
        { trigger: `${form("zip")}:value(9000)` },
        { trigger: form("zip"), run: "clear" },
        click(".customer-form-save"),
        { trigger: ".customer-form-zip .customer-form-error" },
        fill("zip", "9000"),
        click(".customer-form-save"),
        { trigger: "body:not(:has(.modal))" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_form_company_tour", {
    steps: () => [
        click(".customers-new"),
        click(".customer-form-kind .btn:contains(Company)"),
        fill("name", "Bolt Bikes"),
        fill("street", "Wheel 1"),
        click(".customer-form-save"),
        { trigger: `${row("Bolt Bikes")}.open` },
        click(".customers-new"),
        fill("name", "Jan Bolt"),
        click(".customer-form-more"),
        fill("parent_id", "bolt"),
        click(".company-picker-rows .list-group-item:contains(Bolt Bikes)"),
        { trigger: ".company-picker-chosen:contains(Bolt Bikes)" },
        { trigger: ".customer-form-address-hint:contains(The address is that of Bolt Bikes.)" },
        { trigger: ".customer-form:not(:has([name=street]))" },
        { trigger: ".customer-form-customer_type_id:contains(Follows the type of Bolt Bikes.)" },
        click(".customer-form-save"),
        { trigger: ".customer-card .customer-card-name:contains(Jan Bolt)" },
        Chrome.endTour(),
    ],
});

registry.category("web_tour.tours").add("pos_customer_form_all_fields_tour", {
    steps: () => [
        click(".customers-new"),
        { trigger: ".customer-form:not(:has([name=street2]))" },
        fill("name", "Ola Nowak"),
        // laid over the code of the country, unseen itself
        choose(`${form("phone_country_id")}:not(:visible)`, "Poland"),
        { trigger: ".customer-form-phone-country:contains(+48)" },
        fill("phone", "601 234 567"),
        { trigger: ".customer-form-phone:contains(Read as a number of Poland.)" },
        click(".customer-form-more"),
        fill("street2", "Back door"),
        click(".customer-form-tags .btn:contains(Regular)"),
        { trigger: ".customer-form-tags .btn.active:contains(Regular)" },
        { trigger: attribute("Shoe size", "input"), run: "edit 38" },
        choose(attribute("Diet", "select"), "Halal"),
        { trigger: ".customer-form:not(:contains(Back office only))" },
        click(".customer-form-save"),
        { trigger: `${row("Ola Nowak")}.open` },
        { trigger: ".customer-card:contains(+48 601 234 567)" },
        click(".customer-card-edit"),
        {
            content: "what was filled in is shown, however short the form is",
            trigger: `${form("street2")}:value(Back door)`,
        },
        { trigger: `${attribute("Shoe size", "input")}:value(38)` },
        { trigger: ".customer-form-phone-country:contains(+48)" },
        click(".customer-form-discard"),
        { trigger: "body:not(:has(.modal))" },
        Chrome.endTour(),
    ],
});
