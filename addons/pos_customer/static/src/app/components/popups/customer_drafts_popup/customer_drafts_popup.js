import { Component, useState } from "@odoo/owl";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** The customers who wait to be sent, and what the server said to those whom it refused. */
export class CustomerDraftsPopup extends Component {
    static template = "pos_customer.CustomerDraftsPopup";
    static components = { Dialog };
    static props = { onCorrect: Function, mayEdit: Boolean, close: Function };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.state = useState({ sending: false });
    }

    get drafts() {
        return this.pos.customerDrafts.all;
    }

    get isOffline() {
        return this.pos.data.network.offline;
    }

    name(draft) {
        return draft.values.name || draft.getPartner()?.name || _t("A customer");
    }

    details(draft) {
        const { customer_code, phone, email } = { ...draft.getPartner()?.raw, ...draft.values };
        return [customer_code, phone, email].filter(Boolean).join(" · ");
    }

    kind(draft) {
        return draft.isNew ? _t("New") : _t("Changed");
    }

    at(draft) {
        return formatDateTime(luxon.DateTime.fromISO(draft.at));
    }

    sentences(draft) {
        return [draft.error, ...Object.values(draft.errors || {})].filter(Boolean);
    }

    async send() {
        this.state.sending = true;
        try {
            await this.pos.customerDrafts.send({ again: true });
        } finally {
            this.state.sending = false;
        }
        if (!this.drafts.length) {
            this.props.close();
        }
    }

    correct(draft) {
        this.props.close();
        this.props.onCorrect(draft.partner_id);
    }

    async discard(draft) {
        const confirmed = await ask(this.dialog, {
            title: _t("Discard what was typed?"),
            body: draft.isNew
                ? _t("%s is known at this till only, and will be gone.", this.name(draft))
                : _t("%s stays as the server has them.", this.name(draft)),
            confirmLabel: _t("Discard"),
            cancelLabel: _t("Keep"),
        });
        if (confirmed) {
            await this.pos.customerDrafts.discard(draft);
            if (!this.drafts.length) {
                this.props.close();
            }
        }
    }
}
