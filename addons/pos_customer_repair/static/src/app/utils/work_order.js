import { uuidv4 } from "@point_of_sale/utils";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { parseFloat } from "@web/views/fields/parsers";

const { DateTime } = luxon;

const EMPTY = { item: "", product: false, serial: "", fault: "", date: "", price: "", deposit: "" };

/** What is typed in the cashier's writing: a number, `null` for nothing, NaN for no amount. */
export function amountOf(text) {
    if (!String(text).trim()) {
        return null;
    }
    try {
        return parseFloat(String(text).trim());
    } catch {
        return NaN;
    }
}

/** Work orders that were typed and not made yet, by customer; photos are not kept. */
class KeptWorkOrders {
    constructor(configId) {
        this.key = `pos_customer_repair.work_orders.${configId}`;
    }

    all() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.key)) || {};
        } catch {
            return {};
        }
    }

    get(partnerId) {
        return this.all()[partnerId];
    }

    set(partnerId, kept) {
        const all = this.all();
        if (kept) {
            all[partnerId] = kept;
        } else {
            delete all[partnerId];
        }
        browser.localStorage.setItem(this.key, JSON.stringify(all));
    }
}

/**
 * One work order while it is typed: what is in its fields, what is wrong with them, and
 * what goes to the server. Its UUID stays the same until it is made, so that a call whose
 * answer got lost makes no second one.
 */
export class WorkOrder {
    constructor(configId, partnerId) {
        this.partnerId = partnerId;
        this.keeper = new KeptWorkOrders(configId);
        const kept = this.keeper.get(partnerId);
        this.uuid = kept?.uuid || uuidv4();
        this.values = { ...EMPTY, ...kept?.values };
        this.photos = [];
        this.isKept = Boolean(kept);
    }

    get isTyped() {
        return (
            this.photos.length > 0 || Object.keys(EMPTY).some((name) => this.values[name] !== EMPTY[name])
        );
    }

    /** Sentences by field, empty when it can be made. */
    get problems() {
        const { item, product, fault, date } = this.values;
        const problems = {};
        if (!product && !item.trim()) {
            problems.item = _t("Say what the customer brings.");
        }
        if (!fault.trim()) {
            problems.fault = _t("Say what is to be done.");
        }
        if (date && date < DateTime.now().toISODate()) {
            problems.date = _t("This day is over. Choose a later one.");
        }
        return { ...problems, ...this.amountProblems };
    }

    get amountProblems() {
        const problems = {};
        const { price, deposit } = this;
        if (Number.isNaN(price) || price < 0) {
            problems.price = _t("Enter an amount.");
        }
        if (Number.isNaN(deposit) || deposit < 0) {
            problems.deposit = _t("Enter an amount.");
        } else if (deposit && !price) {
            problems.price = problems.price || _t("Agree on a price first.");
        } else if (deposit && deposit > price) {
            problems.deposit = _t("This is more than the agreed price.");
        }
        return problems;
    }

    get price() {
        return amountOf(this.values.price);
    }

    get deposit() {
        return amountOf(this.values.deposit);
    }

    /** Values of `repair.order.customer_repair_create`. */
    get serverValues() {
        const { item, product, serial, fault, date } = this.values;
        return {
            partner_id: this.partnerId,
            product_id: product ? product.id : false,
            item: product ? "" : item.trim(),
            serial: serial.trim(),
            fault: fault.trim(),
            date: date || false,
            price: this.price,
            photos: this.photos.map(({ content }) => content),
        };
    }

    keep() {
        const kept = this.isTyped ? { uuid: this.uuid, values: { ...this.values } } : null;
        this.keeper.set(this.partnerId, kept);
    }

    forget() {
        this.keeper.set(this.partnerId, null);
    }
}
