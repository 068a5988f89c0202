import { Component } from "@odoo/owl";
import { CustomerDraftsPopup } from "@pos_customer/app/components/popups/customer_drafts_popup/customer_drafts_popup";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Says how many customers wait to be sent, and shows them; nothing while none does. */
export class CustomerDraftsButton extends Component {
    static template = "pos_customer.CustomerDraftsButton";
    static props = { onCorrect: Function, mayEdit: Boolean };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
    }

    get drafts() {
        return this.pos.customerDrafts.all;
    }

    get refused() {
        return this.drafts.filter((draft) => draft.isRefused).length;
    }

    get label() {
        const count = this.drafts.length;
        if (this.refused) {
            return this.refused === 1
                ? _t("1 customer was not accepted")
                : _t("%s customers were not accepted", this.refused);
        }
        return count === 1 ? _t("1 customer waits to be sent") : _t("%s customers wait to be sent", count);
    }

    open() {
        this.dialog.add(CustomerDraftsPopup, { ...this.props });
    }
}
