import { Component, onWillUnmount, useState } from "@odoo/owl";
import { AuthorisationPopup } from "@pos_customer/app/components/popups/authorisation_popup/authorisation_popup";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Says what a change of the customer of a past order does, asks why, and does it.
 *
 * Answers with the ids of the orders that changed, `undefined` when none did.
 */
export class CustomerReassignPopup extends Component {
    static template = "pos_customer.CustomerReassignPopup";
    static components = { Dialog };
    static documentModel = "pos.order";
    static props = {
        order: Object,
        partner: [Object, { value: false }],
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ preview: null, reason: "", note: "", error: "", busy: false });
        this.gone = false;
        onWillUnmount(() => (this.gone = true));
        this.load();
    }

    get title() {
        return _t("Change the customer of %s", this.props.order.pos_reference);
    }

    get confirmText() {
        return _t("Change customer");
    }

    get oldName() {
        return this.props.order.partner_id?.name || _t("No customer");
    }

    get newName() {
        return this.props.partner.name || _t("No customer");
    }

    get refusals() {
        return this.state.preview?.refusals || [];
    }

    /** Nothing is left to decide where it is refused, or would change nothing. */
    get canChange() {
        return Boolean(this.state.preview?.changes) && !this.refusals.length;
    }

    get isReady() {
        return this.canChange && Boolean(this.state.reason) && !this.state.busy;
    }

    call(method, values = {}) {
        return this.orm.call(this.constructor.documentModel, method, [[this.props.order.id]], {
            partner_id: this.props.partner.id || false,
            ...values,
        });
    }

    async load() {
        try {
            const preview = await this.call("customer_reassign_preview");
            if (!this.gone) {
                this.state.preview = preview;
            }
        } catch (error) {
            this.state.error = serverMessage(error);
        }
    }

    async confirm() {
        if (!this.isReady) {
            return;
        }
        this.state.busy = true;
        this.state.error = "";
        try {
            const changed = await this.reassign();
            if (changed) {
                this.props.getPayload(changed);
                this.props.close();
            }
        } catch (error) {
            this.state.error = serverMessage(error);
        } finally {
            this.state.busy = false;
        }
    }

    /** Who may not do it asks a colleague who may. */
    async reassign() {
        const values = { reason: this.state.reason, note: this.state.note.trim() || null };
        try {
            return await this.call("customer_reassign", {
                ...values,
                context: { customer_channel: "pos" },
            });
        } catch (error) {
            if (error.data?.name !== "odoo.exceptions.AccessError") {
                throw error;
            }
            return makeAwaitable(this.dialog, AuthorisationPopup, {
                reason: error.data.message,
                authorise: (login, password) =>
                    this.call("customer_reassign_authorised", { ...values, login, password }),
            });
        }
    }
}
