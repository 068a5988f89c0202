/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { registry } from "@web/core/registry";

const click = (trigger) => ({ trigger, run: "click" });

const partnerOf = (name) => posmodel.models["res.partner"].find((p) => p.name === name);

/** The balance that the till shows: of the card that it holds. */
const balanceOf = async (name) => {
    const program = posmodel.models["loyalty.program"].find((p) => p.name === "Points");
    const card = await posmodel.fetchLoyaltyCard(program.id, partnerOf(name).id);
    return card.points;
};

/** Waits for them: the cards come after the order. */
const balancesAre = (balances) => ({
    content: `the till knows ${JSON.stringify(balances)}`,
    trigger: ".ticket-screen",
    run: async () => {
        const found = {};
        for (let tries = 0; tries < 50; tries++) {
            for (const name of Object.keys(balances)) {
                found[name] = await balanceOf(name);
            }
            if (JSON.stringify(found) === JSON.stringify(balances)) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error(`Found ${JSON.stringify(found)}`);
    },
});

registry.category("web_tour.tours").add("pos_customer_loyalty_points_after_change_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            Chrome.clickOrders(),
            TicketScreen.selectFilter("Paid"),
            TicketScreen.selectOrderByPrice("20.00"),
            balancesAre({ "Ana Student": 20, "Bo Plain": 5 }),
            click(".ticket-screen .change-customer"),
            { trigger: ".customer-picker .customers-search input", run: "edit bo-1" },
            click('.customer-picker .customer-row:contains("Bo Plain")'),
            {
                trigger:
                    '.customer-reassign-effects:contains("20 Points go from Ana Student to Bo Plain.")',
            },
            click('.customer-reassign-reason:contains("The wrong customer was chosen")'),
            click(".customer-reassign-confirm"),
            {
                trigger:
                    'body:not(:has(.modal)) .ticket-screen .order-row:contains("20.00"):contains("Bo Plain")',
            },
            balancesAre({ "Ana Student": 0, "Bo Plain": 25 }),
            Chrome.endTour(),
        ].flat(Infinity),
});
