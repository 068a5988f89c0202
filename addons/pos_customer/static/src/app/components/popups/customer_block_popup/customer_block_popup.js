import { Component, useState } from "@odoo/owl";
import { AuthorisationPopup } from "@pos_customer/app/components/popups/authorisation_popup/authorisation_popup";
import { blockReasons, blockScopes, liftReasons } from "@pos_customer/app/utils/customer_block";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Block a customer, or lift blocks. Who may not asks a colleague who may: the server
 * decides which of the two it is.
 */
export class CustomerBlockPopup extends Component {
    static template = "pos_customer.CustomerBlockPopup";
    static components = { Dialog };
    static props = {
        partnerId: Number,
        name: String,
        /** The scopes to lift; none to block. */
        lift: { type: Array, optional: true },
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        const ticked = this.props.lift || ["pos"];
        this.scopes = blockScopes().filter(({ name }) => !this.isLifting || ticked.includes(name));
        this.reasons = Object.entries(this.isLifting ? liftReasons() : blockReasons());
        this.state = useState({
            scopes: Object.fromEntries(ticked.map((name) => [name, true])),
            reason: "",
            until: "",
            note: "",
            error: "",
            busy: false,
        });
    }

    get isLifting() {
        return Boolean(this.props.lift);
    }

    get title() {
        return this.isLifting
            ? _t("Unblock %s", this.props.name)
            : _t("Block %s", this.props.name);
    }

    get chosenScopes() {
        return this.scopes.map(({ name }) => name).filter((name) => this.state.scopes[name]);
    }

    get isReady() {
        return Boolean(this.chosenScopes.length && this.state.reason && !this.state.busy);
    }

    get values() {
        const { reason, note, until } = this.state;
        const values = { scopes: this.chosenScopes, reason, note: note.trim() || false };
        return this.isLifting ? values : { ...values, until: until || false };
    }

    async confirm() {
        if (!this.isReady) {
            return;
        }
        this.state.busy = true;
        this.state.error = "";
        try {
            if (await this.save()) {
                this.props.getPayload(true);
                this.props.close();
            }
        } catch (error) {
            this.state.error = serverMessage(error);
        } finally {
            this.state.busy = false;
        }
    }

    /** @returns {Promise<boolean>} whether it was done */
    async save() {
        const method = this.isLifting ? "customer_unblock" : "customer_block";
        if (!this.pos.config.module_pos_hr) {
            try {
                await this.call(method, { context: { customer_channel: "pos" } });
                return true;
            } catch (error) {
                if (error.data?.name !== "odoo.exceptions.AccessError") {
                    throw error;
                }
            }
        }
        const answer = await makeAwaitable(this.dialog, AuthorisationPopup, {
            reason: _t("Only a customer manager blocks and unblocks customers."),
            authorise: (login, password) => this.call(`${method}_authorised`, { login, password }),
        });
        return answer !== undefined;
    }

    call(method, kwargs) {
        const { partnerId } = this.props;
        return this.orm.call("res.partner", method, [[partnerId]], { ...this.values, ...kwargs });
    }
}
