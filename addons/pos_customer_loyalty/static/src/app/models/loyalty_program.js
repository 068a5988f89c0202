import { Base } from "@point_of_sale/app/models/related_models";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const { DateTime } = luxon;

/** What a shop decides about the points of a programme, by the clock of the till. */
export class LoyaltyProgram extends Base {
    static pythonModel = "loyalty.program";

    /** Whether points that are earned here can be spent only later. Money never waits. */
    get pointsWait() {
        return this.pending_days > 0 && this.is_nominative && this.program_type !== "ewallet";
    }

    /** The day on which what is earned now can be spent; not a getter, as it moves on. */
    getReadyOn() {
        return DateTime.now().plus({ days: this.pending_days });
    }

    /** @param {DateTime} [day] from which they can be spent, as the server said it */
    getWaitingText(day = this.getReadyOn()) {
        return _t("%(points)s to spend from %(date)s:", { points: this.unit, date: formatDate(day) });
    }

    /** Whether these are points to collect, as against money. */
    get isMoney() {
        return ["ewallet", "gift_card"].includes(this.program_type);
    }

    get unit() {
        return (this.portal_visible && this.portal_point_name) || _t("Points");
    }

    /** Whether the customer, or nobody, may earn and spend here by the type that counts today. */
    takesCustomer(partner) {
        // types of other companies are not loaded, and limit all the same
        const limited = [...(this.raw.customer_type_ids || [])];
        return !limited.length || limited.includes(partner?.getCustomerType()?.id);
    }

    /** Why a programme for certain types gives this order nothing. */
    get typesText() {
        return _t("“%(program)s” is only for customers of these types: %(types)s.", {
            program: this.name,
            types: this.customer_type_ids.map((type) => type.name).join(", "),
        });
    }
}

registry.category("pos_available_models").add(LoyaltyProgram.pythonModel, LoyaltyProgram);
