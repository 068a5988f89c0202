import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { chooseCustomer, click, row } from "@pos_customer/../tests/tours/utils/customers_screen_util";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** Keep the address that would be opened, and open nothing. */
const catchWindows = () => ({
    content: "windows are caught",
    trigger: "body",
    run: () => {
        browser.open = (url) => {
            document.body.dataset.opened = url;
            return {};
        };
    },
});

const opens = (text) => [
    { trigger: `.whatsapp-popup .whatsapp-text:contains("${text}")` },
    click(".whatsapp-open:enabled"),
    {
        content: `WhatsApp opens with “${text}”`,
        trigger: "body:not(:has(.modal))[data-opened]",
        run: () => {
            const url = new URL(document.body.dataset.opened);
            const found = [url.origin, url.pathname, url.searchParams.get("text")];
            if (found.join(" ") !== `https://wa.me /33612345678 ${text}`) {
                throw new Error(`Another address was opened: ${found.join(" ")}`);
            }
            delete document.body.dataset.opened;
        },
    },
];

registry.category("web_tour.tours").add("pos_customer_message_template_tour", {
    steps: () => [
        click('.o_data_row:contains("Till thanks") .o_data_cell[name=name]'),
        { trigger: ".o_field_widget[name=body] textarea", run: "edit Merci " },
        click(".o_customer_insert_field"),
        click('.o-dropdown-item[data-expression="object.partner_id.customer_greeting_name"]'),
        { trigger: '.o_field_widget[name=preview]:contains("Merci Zoé Till")' },
        click(".o_form_button_save"),
        { trigger: ".o_form_saved" },
    ],
});

registry.category("web_tour.tours").add("pos_customer_whatsapp_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            catchWindows(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            chooseCustomer("Zoé Till"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            ReceiptScreen.isShown(),
            click(".receipt-screen .receipt-whatsapp"),
            opens("Merci Zoé Till"),
            ReceiptScreen.clickNextOrder(),
            Chrome.clickOrders(),
            TicketScreen.selectFilter("Paid"),
            TicketScreen.selectOrderByPrice("20.00"),
            click(".ticket-screen .order-whatsapp"),
            opens("Merci Zoé Till"),
            click(".customers-button"),
            click(row("Zoé Till")),
            click(".customer-card-action-whatsapp"),
            {
                content: "several messages fit a customer: one is chosen",
                trigger: '.whatsapp-choice.active[data-code="t-hello"]',
            },
            click('.whatsapp-choice[data-code="t-holiday"]'),
            opens("Fermé demain, Zoé Till"),
            click(".customer-card-close"),
            click(row("Lina Land")),
            { trigger: '.customer-card-problem:contains("landline")' },
            { trigger: ".customer-card:not(:has(.customer-card-action-whatsapp))" },
        ].flat(),
});
