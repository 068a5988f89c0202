import { AuthorisationPopup } from "@pos_customer/app/components/popups/authorisation_popup/authorisation_popup";
import { blockText, heldBlocks } from "@pos_customer/app/utils/customer_block";
import { loadCustomer } from "@pos_customer/app/utils/load_customer";
import { ask, makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { browser } from "@web/core/browser/browser";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";

const PATIENCE = 3000; // ms for the server's answer, then the till judges by what it holds

/** Whether money goes back to the customer, which no block stands against. */
const isPaidOut = (order) => order.priceIncl < 0 || (order.isRefund && !order.priceIncl);

/** What the till itself knows, when the server does not answer. */
function heldBlock(partner) {
    const [block] = heldBlocks(partner);
    return block ? { ...block, isHeld: true } : null;
}

/** @returns {Promise<Object | null>} the block that stands against the sale */
async function findBlock(pos, order, partner) {
    if (pos.data.network.offline || typeof partner.id !== "number") {
        return heldBlock(partner);
    }
    const question = pos.data.orm.silent.call(
        "res.partner",
        "customer_check_pos",
        [[partner.id]],
        { config_id: pos.config.id, order_uuid: order.uuid }
    );
    const silence = new Promise((resolve) => browser.setTimeout(resolve, PATIENCE));
    try {
        const answer = await Promise.race([question, silence]);
        if (!answer) {
            return heldBlock(partner);
        }
        if (answer.blocked !== partner.isBlockedAtTill()) {
            // the till was not told: its marks follow, and nobody waits for them
            loadCustomer(pos, partner.id).catch(() => {});
        }
        return answer.blocked ? answer : null;
    } catch {
        // no error of the question may keep a shop from selling
        return heldBlock(partner);
    }
}

/** Who may, sells all the same; others ask a colleague who enters their login. */
async function override(pos, order, partner, mayOverride, refusal) {
    if (mayOverride) {
        await pos.data.orm.call("res.partner", "customer_override_block", [[partner.id]], {
            order_uuid: order.uuid,
        });
        return true;
    }
    return makeAwaitable(pos.dialog, AuthorisationPopup, {
        reason: refusal,
        authorise: (login, password) =>
            pos.data.orm.call(
                "res.partner",
                "customer_override_block_authorised",
                [[partner.id]],
                { login, password, order_uuid: order.uuid }
            ),
    });
}

async function refuse(pos, order, partner, block) {
    const title = _t("%s is blocked", partner.name);
    const why = blockText(block);
    if (block.isHeld) {
        pos.dialog.add(AlertDialog, {
            title,
            body: _t(
                "%s. There is no connection, so that no colleague can allow the sale. Try again when it is back, or sell without the customer.",
                why
            ),
        });
        return false;
    }
    // with employees, the till's user need not be who stands at it
    const mayOverride = block.may_override && !pos.config.module_pos_hr;
    const agreed = await ask(pos.dialog, {
        title,
        body: mayOverride
            ? _t("%s. You may sell all the same; it goes on record.", why)
            : _t("%s. An authorised colleague may allow this sale.", why),
        confirmLabel: mayOverride ? _t("Sell all the same") : _t("Ask a colleague"),
        cancelLabel: _t("Back"),
    });
    if (!agreed) {
        return false;
    }
    const refusal = _t("%(customer)s is blocked: %(why)s.", { customer: partner.name, why });
    return Boolean(await override(pos, order, partner, mayOverride, refusal));
}

/**
 * Whether the order may be paid by this customer; says why not and offers the way out.
 *
 * @param {Object} [options]
 * @param {boolean} [options.again] ask the server also where it has said yes before; if
 *      not, it is asked once for each customer of an order, and what it tells the till of
 *      a block that came since is enough
 */
export async function maySell(pos, order, partner, { again = false } = {}) {
    if (!partner || isPaidOut(order)) {
        return true;
    }
    if (!again && order.uiState.sellableTo === partner.id && !partner.isBlockedAtTill()) {
        return true;
    }
    const block = await findBlock(pos, order, partner);
    const may = !block || (await refuse(pos, order, partner, block));
    if (may) {
        order.uiState.sellableTo = partner.id;
    }
    return may;
}
