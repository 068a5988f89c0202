import { _t } from "@web/core/l10n/translation";

/** Whether the cashier may still change who buys: later, what was paid stays as it is. */
const isOpen = (order) => !order.finalized && !order.payment_ids.length;

const ordersOf = (pos, id) =>
    pos.models["pos.order"].filter((order) => order.partner_id?.id === id);

/** Have the orders of one customer follow to another who is the same person. */
export function replaceCustomer(pos, old, partner) {
    const samePrice = ["property_product_pricelist", "fiscal_position_id"].every(
        (name) => old[name]?.id === partner[name]?.id
    );
    for (const order of ordersOf(pos, old.id)) {
        order.partner_id = partner;
        if (isOpen(order) && !samePrice) {
            order.updatePricelistAndFiscalPosition(partner);
        }
    }
    old.delete();
}

/**
 * Forget a customer whom nobody is to choose any more. Where an order of theirs is on its
 * way the record stays, out of sight; once deleted, they leave an open order as well, and
 * the cashier is told: the server would drop them without a word.
 */
export function forgetCustomer(pos, partner, { deleted }) {
    const orders = ordersOf(pos, partner.id);
    const open = deleted ? orders.filter(isOpen) : [];
    for (const order of open) {
        order.setPartner(false);
    }
    if (open.length) {
        pos.notification.add(
            _t("%s was deleted meanwhile. The order has no customer now.", partner.name),
            { type: "warning" }
        );
    }
    if (orders.some((order) => !open.includes(order) && !(order.finalized && order.isSynced))) {
        partner.update({ active: false });
    } else {
        partner.delete();
    }
}
