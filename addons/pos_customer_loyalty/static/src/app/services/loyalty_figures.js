import { reactive } from "@odoo/owl";
import { withPatience } from "@pos_customer/app/utils/patience";
import { formatPoints } from "@pos_customer_loyalty/app/utils/points_choice";
import { ConnectionLostError } from "@web/core/network/rpc";

/** Keeps the cards of customers as the server has them, whenever they are looked at. */
export class LoyaltyFigures {
    constructor(pos) {
        this.pos = pos;
        this.state = reactive({ version: 0 }); // of what the order under way earns
        this.texts = reactive({}); // by customer, for the rows of a list
        this.beginPick();
    }

    /** From here on the cards of a customer are asked for once more. */
    beginPick() {
        this.picks = new Map();
    }

    /** The cards of a customer who is picked, asked for once however many there are. */
    ofPick(partnerId) {
        if (!this.picks.has(partnerId)) {
            this.picks.set(partnerId, this.refresh([partnerId]));
        }
        return this.picks.get(partnerId);
    }

    /** Load the cards of these customers; without a connection, those that are held count. */
    async refresh(partnerIds) {
        const { models } = this.pos;
        const ids = partnerIds.filter((id) => id > 0);
        const programIds = models["loyalty.program"].getAll().map((program) => program.id);
        if (!ids.length || !programIds.length) {
            return;
        }
        const domain = [
            ["partner_id", "in", ids],
            ["program_id", "in", programIds],
        ];
        try {
            const cards = await withPatience(this.pos.fetchCoupons(domain, null));
            this.forgetOthers(ids, new Set(cards.map((card) => card.id)));
            this.pos.computePartnerCouponIds(cards);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    /** Cards that somebody else holds now, or nobody, are theirs no more. */
    forgetOthers(partnerIds, found) {
        const gone = this.pos.models["loyalty.card"].filter(
            (card) => card.id > 0 && partnerIds.includes(card.partner_id?.id) && !found.has(card.id)
        );
        for (const card of gone) {
            this.pos.partnerId2CouponIds[card.partner_id.id]?.delete(card.id);
            card.partner_id = undefined;
        }
    }

    /** Have the rows of these customers say what they have to spend. */
    async show(partnerIds) {
        const { data, models } = this.pos;
        const programs = models["loyalty.program"].filter((program) => program.is_nominative);
        const ids = partnerIds.filter((id) => id > 0);
        if (!ids.length || !programs.length) {
            return;
        }
        const domain = [
            ["partner_id", "in", ids],
            ["program_id", "in", programs.map((program) => program.id)],
            ["points", "!=", 0],
        ];
        const fields = ["partner_id", "program_id", "points"];
        let cards;
        try {
            cards = await data.orm.silent.searchRead("loyalty.card", domain, fields, { load: false });
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return;
            }
            throw error;
        }
        for (const id of ids) {
            this.texts[id] = cards
                .filter((card) => card.partner_id === id)
                .map(({ program_id, points }) => formatPoints(this.pos, models["loyalty.program"].get(program_id), points))
                .join(" · ");
        }
    }
}
