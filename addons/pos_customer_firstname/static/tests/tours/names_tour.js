import { click, row, search } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { registry } from "@web/core/registry";

const input = (name) => `.customer-form input[name=${name}]`;
const holds = (name, text) => ({ trigger: `${input(name)}:value(${text})` });
const fill = (name, text) => ({ trigger: input(name), run: `edit ${text}` });
const noRow = (name) => ({
    trigger: `.customers-list:not(:has(.customer-row:contains(${name})))`,
});

registry.category("web_tour.tours").add("pos_customer_firstname_tour", {
    steps: () =>
        [
            // what was typed comes in parts, in the order of the settings
            search("Dijk, Sanna"),
            click(".customers-create-query"),
            holds("lastname", "Dijk"),
            holds("firstname", "Sanna"),
            { trigger: `.customer-form:not(:has([name=name])) .customer-form-lastname + .customer-form-firstname` },
            // a company has one name, and a person two
            click(".customer-form-kind button:contains(Company)"),
            holds("name", "Dijk, Sanna"),
            { trigger: ".customer-form:not(:has([name=firstname]))" },
            click(".customer-form-kind button:contains(Person)"),
            holds("lastname", "Dijk"),
            fill("lastname", ""),
            fill("firstname", ""),
            click(".customer-form-save"),
            { trigger: ".customer-form-lastname .customer-form-error:contains(Enter a name.)" },
            fill("firstname", "Sanne"),
            fill("lastname", "Dijk"),
            click(".customer-form-save"),
            { trigger: ".customer-card .customer-card-name:contains(Dijk, Sanne)" },
            { trigger: ".customer-card-name-parts:contains(First name: Sanne)" },
            { trigger: ".customer-card-name-parts:contains(Last name: Dijk)" },
            click(".customer-card-edit"),
            holds("firstname", "Sanne"),
            fill("lastname", "van Dijk"),
            click(".customer-form-save"),
            { trigger: ".customer-card .customer-card-name:contains(van Dijk, Sanne)" },
            click(".customer-card-close"),
            // found by the chosen fields
            search(""),
            { trigger: row("Bo Plain") },
            click(".customers-fields-toggle"),
            search("dijk, sanne"),
            { trigger: `${row("van Dijk, Sanne")}:not(:has(.customer-row-company))` },
            noRow("Bo Plain"),
            search("sanne, dijk"),
            { trigger: ".customers-empty" },
            click(".customers-create-query"),
            holds("lastname", "sanne"),
            holds("firstname", "dijk"),
            click(".customer-form-kind button:contains(Company)"),
            fill("name", "Dijk, Van & Co"),
            click(".customer-form-save"),
            { trigger: ".customer-card .customer-card-name:contains(Dijk, Van & Co)" },
            { trigger: ".customer-card:not(:has(.customer-card-name-parts))" },
            Chrome.endTour(),
        ].flat(),
});
