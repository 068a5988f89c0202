/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import { network, pageIsKept, reload, stillCut } from "@pos_customer/../tests/tours/utils/network_util";
import { registry } from "@web/core/registry";

const click = (trigger) => ({ trigger, run: "click" });

const fill = (name, text) => ({
    trigger: `.customer-form [name=${name}]`,
    run: `edit ${text}`,
});

const row = (name) => `.customers-list .customer-row:contains(${name})`;

const openCustomers = () => [click(".customers-button"), { trigger: ".customers-screen" }];

/** What was to get lost has got lost. */
const isCut = () => ({
    content: "the network is cut again",
    trigger: "body",
    run: async () => {
        for (let i = 0; i < 100; i++) {
            const answer = await fetch("/pos_customer_test_network?ask");
            if ((await answer.text()) === "cut") {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("Nothing was lost.");
    },
});

/** As the browser tells the till when a cable is pulled or put back. */
const tell = (event) => ({
    content: `the browser says: ${event}`,
    trigger: "body",
    run: () => window.dispatchEvent(new Event(event)),
});

const waiting = (text) => ({ trigger: `.customers-unsent:contains(${text})` });
const nobodyWaits = () => ({ trigger: ".customers-screen:not(:has(.customers-unsent))" });

/** Core says so once, whatever happens to fail first. */
const acceptWarning = () => click(".modal:contains(Connection Lost) .modal-footer .btn");

registry.category("web_tour.tours").add("pos_customer_cut_in_creation_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            pageIsKept(),
            openCustomers(),
            click(".customers-new"),
            fill("name", "Nora New"),
            fill("phone", "+32 470 11 22 33"),
            network("cut"),
            click(".customer-form-save"),
            { trigger: `${row("Nora New")}.open .customer-unsent` },
            { trigger: ".customer-card:contains(not sent yet) .customer-card-name:contains(Nora)" },
            { trigger: ".customers-offline" },
            waiting("1 customer waits to be sent"),
            // a customer whom the till holds
            click(row("Bo Plain")),
            click(".customer-card-edit"),
            fill("phone", "+32 470 99 99 99"),
            click(".customer-form-save"),
            { trigger: `${row("Bo Plain")} .customer-unsent` },
            { trigger: `${row("Bo Plain")}:contains(+32 470 99 99 99)` },
            waiting("2 customers wait to be sent"),
            reload(),
            stillCut(),
            // without a connection the till opens where it was, and has forgotten nothing
            { trigger: `${row("Nora New")} .customer-unsent` },
            { trigger: `${row("Bo Plain")}:contains(+32 470 99 99 99) .customer-unsent` },
            waiting("2 customers wait to be sent"),
            { trigger: ".customers-search input", run: "edit nora" },
            {
                trigger: `.customers-list:not(:has(.customer-row:contains(Bo Plain))) .customer-row:contains(Nora New)`,
            },
            // edited once more before anybody has heard of it
            click(row("Nora New")),
            click(".customer-card-edit"),
            { trigger: ".customer-form [name=phone]:value(+32 470 11 22 33)" },
            fill("city", "Lyon"),
            click(".customer-form-save"),
            { trigger: `${row("Nora New")}:contains(Lyon) .customer-unsent` },
            waiting("2 customers wait to be sent"),
            click(".customers-unsent"),
            { trigger: ".customer-draft:contains(Nora New):contains(Not sent yet)" },
            { trigger: ".customer-draft:contains(Bo Plain):contains(Changed)" },
            { trigger: ".customer-drafts-send:disabled" },
            click(".customer-drafts-close"),
            network("mend"),
            nobodyWaits(),
            { trigger: `${row("Nora New")}:not(:has(.customer-unsent))` },
            { trigger: `.customer-card[data-id]:not([data-id^="-"]) .customer-card-code` },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_offline_sale_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            pageIsKept(),
            ProductScreen.clickDisplayedProduct("Till Book"),
            network("cut"),
            tell("offline"),
            openCustomers(),
            click(".customers-new"),
            fill("name", "Nora New"),
            {
                trigger: ".customer-form select[name=customer_type_id]",
                run: ({ anchor }) => {
                    const student = [...anchor.options].find((o) => o.text.includes("Student"));
                    anchor.value = student.value;
                    anchor.dispatchEvent(new Event("change", { bubbles: true }));
                },
            },
            fill("customer_code", "ANA-1"),
            click(".customer-form-save-choose"),
            {
                trigger:
                    ".product-screen .order-customer-line .customer-name:contains(Nora New)",
            },
            { trigger: ".product-screen .order-customer-line .customer-type:contains(Student)" },
            ProductScreen.totalAmountIs("18.00"),
            reload(),
            stillCut(),
            {
                trigger:
                    ".product-screen .order-customer-line .customer-name:contains(Nora New)",
            },
            ProductScreen.totalAmountIs("18.00"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt" },
            acceptWarning(),
            network("mend"),
            openCustomers(),
            // the sale is in; the card of somebody else is for the cashier to sort out
            waiting("1 customer was not accepted"),
            { trigger: `${row("Nora New")} .customer-unsent` },
            click(".customers-unsent"),
            {
                trigger:
                    ".customer-draft.refused:contains(Nora New) .customer-draft-error:contains(Ana Student already has the customer code)",
            },
            click(".customer-drafts-send:enabled"),
            { trigger: ".customer-draft.refused .customer-draft-error:contains(Ana Student)" },
            click(".customer-draft-correct"),
            { trigger: ".customer-form [name=customer_code]:value(ANA-1)" },
            fill("customer_code", "NORA-1"),
            click(".customer-form-save"),
            nobodyWaits(),
            { trigger: `${row("Nora New")}:contains(NORA-1):not(:has(.customer-unsent))` },
            Chrome.endTour(),
        ].flat(),
});

registry.category("web_tour.tours").add("pos_customer_lost_answer_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            openCustomers(),
            click(".customers-new"),
            fill("name", "Nora New"),
            network("lose=customer_upsert"),
            click(".customer-form-save"),
            { trigger: `${row("Nora New")} .customer-unsent` },
            network("mend"),
            nobodyWaits(),
            { trigger: `${row("Nora New")}:not(:has(.customer-unsent))` },
            // and the answer to an order gets lost
            click(`${row("Nora New")} .customer-row-pick`),
            ProductScreen.clickDisplayedProduct("Till Book"),
            openCustomers(),
            network("cut"),
            tell("offline"),
            click(".customers-new"),
            fill("name", "Olga Order"),
            click(".customer-form-save-choose"),
            {
                trigger:
                    ".product-screen .order-customer-line .customer-name:contains(Olga Order)",
            },
            ProductScreen.clickPayButton(),
            PaymentScreen.clickPaymentMethod("Cash"),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt" },
            acceptWarning(),
            network("lose=customer_receive_draft"),
            isCut(),
            network("lose=sync_from_ui"),
            isCut(),
            network("mend"),
            tell("online"),
            openCustomers(),
            nobodyWaits(),
            { trigger: `${row("Olga Order")}:not(:has(.customer-unsent))` },
            {
                content: "every order has arrived",
                trigger: "body",
                run: async () => {
                    for (let i = 0; i < 100; i++) {
                        const orders = posmodel.models["pos.order"].filter((o) => o.finalized);
                        if (orders.length && orders.every((o) => o.isSynced)) {
                            return;
                        }
                        await new Promise((resolve) => setTimeout(resolve, 100));
                    }
                    throw new Error("The order did not arrive.");
                },
            },
            Chrome.endTour(),
        ].flat(),
});
