import { CustomerPickerPopup } from "@pos_customer/app/components/popups/customer_picker_popup/customer_picker_popup";
import { CustomerReassignPopup } from "@pos_customer/app/components/popups/customer_reassign_popup/customer_reassign_popup";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { _t } from "@web/core/l10n/translation";

/** As for the customer of a past order: says what it does, asks why, and does it. */
export class CardHolderPopup extends CustomerReassignPopup {
    static documentModel = "loyalty.card";

    get title() {
        return _t("Change the holder of %s", this.props.order.pos_reference);
    }

    get confirmText() {
        return _t("Change holder");
    }

    get oldName() {
        return this.props.order.partner_id?.name || _t("Whoever shows the code");
    }

    get newName() {
        return this.props.partner.name || _t("Whoever shows the code");
    }
}

/**
 * Give a gift card or a voucher to somebody else.
 *
 * @param {Object} voucher of the customer's card
 * @returns {Promise<boolean>} whether somebody else has it now
 */
export async function changeCardHolder(pos, { card_id, code, program }, partnerId) {
    const partner = await makeAwaitable(pos.dialog, CustomerPickerPopup, {
        title: _t("Who gets %s?", program),
        canClear: true,
    });
    if (partner === undefined) {
        return false;
    }
    const document = {
        id: card_id,
        pos_reference: code || program,
        partner_id: pos.models["res.partner"].get(partnerId),
    };
    const changed = await makeAwaitable(pos.dialog, CardHolderPopup, { order: document, partner });
    return Boolean(changed?.length);
}
