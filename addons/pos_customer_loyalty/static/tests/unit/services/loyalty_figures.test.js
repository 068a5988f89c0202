import { describe, expect, test } from "@odoo/hoot";
import { LoyaltyFigures } from "@pos_customer_loyalty/app/services/loyalty_figures";
import { tillModels } from "@pos_customer_loyalty/../tests/unit/till_models";
import { ConnectionLostError } from "@web/core/network/rpc";

describe.current.tags("headless");

const held = (values) => ({ id: 1, points: 10, program_id: 1, partner_id: 1, ...values });

function till(answer, cards = [held()]) {
    const models = tillModels({ "loyalty.card": cards });
    const pos = {
        models,
        domains: [],
        partnerId2CouponIds: { 1: new Set(cards.map((card) => card.id)) },
        computePartnerCouponIds: () => {},
        fetchCoupons: async (domain) => {
            pos.domains.push(domain);
            if (answer instanceof Error) {
                throw answer;
            }
            return models.connectNewData({ "loyalty.card": answer })["loyalty.card"] || [];
        },
    };
    return { pos, cards: models["loyalty.card"], figures: new LoyaltyFigures(pos) };
}

test("a card that changed elsewhere shows what it holds now", async () => {
    const { cards, figures } = till([held({ points: 25 })]);
    await figures.refresh([1]);
    expect(cards.get(1).points).toBe(25);
});

test("a card that somebody else has now is theirs no more", async () => {
    const { pos, cards, figures } = till([]);
    await figures.refresh([1]);
    expect(cards.get(1).partner_id?.id).toBe(undefined);
    expect([...pos.partnerId2CouponIds[1]]).toEqual([]);
});

test("without a connection what is held counts", async () => {
    const { cards, figures } = till(new ConnectionLostError());
    await figures.refresh([1]);
    expect(cards.get(1).points).toBe(10);
});

test("a customer whom the server does not know is not asked for", async () => {
    const { pos, figures } = till([]);
    await figures.refresh([-5]);
    expect(pos.domains).toEqual([]);
});

test("a pick asks once, the next pick asks again", async () => {
    const { pos, figures } = till([held()]);
    await Promise.all([figures.ofPick(1), figures.ofPick(1)]);
    expect(pos.domains).toHaveLength(1);
    figures.beginPick();
    await figures.ofPick(1);
    expect(pos.domains).toHaveLength(2);
});
