import { Component, onWillUnmount, useState } from "@odoo/owl";
import { CustomerTypeBadge } from "@pos_customer/app/components/customer_type_badge/customer_type_badge";
import { AuthorisationPopup } from "@pos_customer/app/components/popups/authorisation_popup/authorisation_popup";
import { customerCardActions } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card_actions";
import { code128 } from "@pos_customer/app/utils/code128";
import { heldBlocks } from "@pos_customer/app/utils/customer_block";
import { isExpired, untilDate } from "@pos_customer/app/utils/customer_rows";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Sections of the card, which other modules add to: `{ component, isShown(card) }`. */
export const customerCardSections = registry.category("customer_card_sections");

/**
 * Everything about one customer that a seller needs. What the row says is shown at once;
 * the server adds the rest in one call.
 */
export class CustomerCard extends Component {
    static template = "pos_customer.CustomerCard";
    static components = { CustomerTypeBadge };
    static props = {
        row: Object,
        isBusy: Boolean,
        mayEdit: Boolean,
        onPick: Function,
        onLoad: Function,
        onEdit: Function,
        onClose: Function,
        onChanged: Function,
    };

    setup() {
        this.pos = usePos();
        this.ui = useService("ui");
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ card: null, error: "", offline: false, renewing: false, acting: "" });
        this.gone = false;
        onWillUnmount(() => (this.gone = true));
        this.load();
    }

    async load() {
        try {
            if (this.pos.data.network.offline || this.props.row.id < 0) {
                throw new ConnectionLostError();
            }
            const card = await this.orm.silent.call("res.partner", "customer_card", [
                [this.props.row.id],
                this.pos.config.id,
            ]);
            if (!this.gone) {
                this.state.card = card;
            }
        } catch (error) {
            if (this.gone) {
                return;
            }
            this.state.offline = error instanceof ConnectionLostError;
            this.state.error = this.state.offline ? "" : serverMessage(error);
        }
    }

    /** What is known before, or without, an answer of the server. */
    get draftCard() {
        const row = this.props.row;
        const partner = this.pos.models["res.partner"].get(row.id);
        return {
            identity: {
                id: row.id,
                name: row.name,
                is_company: row.is_company,
                company: partner?.parent_name || "",
                code: row.code,
                email: row.email,
                phone: row.phone,
                website: "",
                vat: partner?.vat || "",
                tags: [],
                addresses: [
                    {
                        kind: "contact",
                        name: row.name,
                        street: row.street,
                        street2: partner?.street2 || "",
                        zip: row.zip,
                        city: row.city,
                        country: partner?.country_id?.code || "",
                    },
                ],
            },
            attributes: [],
            note: {
                text: partner?.customer_note || "",
                sensitive: Boolean(partner?.customer_has_sensitive_note),
            },
            block: partner ? heldBlocks(partner) : [],
            whatsapp: { ready: Boolean(partner?.customer_whatsapp_ready), problem: "" },
        };
    }

    get card() {
        return this.state.card || this.draftCard;
    }

    get isLoading() {
        return !this.state.card && !this.state.offline && !this.state.error;
    }

    get identity() {
        return this.card.identity;
    }

    get barcode() {
        return code128(this.identity.code);
    }

    /** As others write the name, where that says more. */
    get displayName() {
        const { name, display_name } = this.identity;
        return display_name && display_name !== name && !this.companyName ? display_name : "";
    }

    get companyName() {
        const { company, name, is_company } = this.identity;
        return !is_company && company && company !== name ? company : "";
    }

    get type() {
        return this.pos.models["customer.type"].get(this.props.row.type_id);
    }

    /** Expired and not yet ended by the nightly job, by the clock of the till. */
    get isExpired() {
        return Boolean(this.type) && !this.type.is_default && isExpired(this.props.row.type_until);
    }

    /** The type that a new proof would give back. */
    get formerName() {
        return (!this.isExpired && this.identity.type?.former) || "";
    }

    get untilText() {
        const until = untilDate(this.props.row.type_until);
        if (!until || !this.type || this.type.is_default || this.isExpired) {
            return "";
        }
        return _t("until %s", formatDate(until));
    }

    get expiredText() {
        if (this.formerName) {
            return _t("The proof of “%s” has ended: the usual prices count.", this.formerName);
        }
        return _t("The proof of “%(type)s” ended on %(date)s: the usual prices count.", {
            type: this.type.name,
            date: formatDate(untilDate(this.props.row.type_until)),
        });
    }

    get sections() {
        return customerCardSections
            .getEntries()
            .filter(([, section]) => section.isShown?.(this.card) ?? true)
            .map(([name, section]) => ({ name, Component: section.component }));
    }

    // -- actions --------------------------------------------------------------------

    get actionContext() {
        const { row, onLoad, onChanged } = this.props;
        return {
            pos: this.pos,
            env: this.env,
            card: this.card,
            row,
            isOffline: this.state.offline || this.pos.data.network.offline,
            load: () => onLoad(row.id),
            changed: async () => {
                await onChanged(row.id);
                await this.load();
            },
        };
    }

    get actions() {
        const context = this.actionContext;
        return customerCardActions
            .getEntries()
            .filter(([, action]) => action.isShown?.(context) ?? true)
            .map(([name, action]) => ({ name, icon: action.icon, text: action.text(context) }));
    }

    /** Buttons beside each other, four at most, so that no row has a lonely one. */
    get actionColumns() {
        const count = this.actions.length;
        return Math.ceil(count / Math.ceil(count / 4)) || 1;
    }

    async act(name) {
        this.state.acting = name;
        this.state.error = "";
        try {
            await customerCardActions.get(name).run(this.actionContext);
        } catch (error) {
            this.state.error = serverMessage(error);
        } finally {
            this.state.acting = "";
        }
    }

    // -- renewal --------------------------------------------------------------------

    /** The customer shows a new proof. Who may not renew asks a colleague who may. */
    async renew() {
        this.state.renewing = true;
        this.state.error = "";
        try {
            await this.orm.call("res.partner", "customer_renew_type", [[this.props.row.id]], {
                context: { customer_channel: "pos" },
            });
            await this.renewed();
        } catch (error) {
            if (error.data?.name === "odoo.exceptions.AccessError") {
                await this.renewAuthorised(error.data.message);
            } else {
                this.state.error = serverMessage(error);
            }
        } finally {
            this.state.renewing = false;
        }
    }

    async renewAuthorised(reason) {
        const renewed = await makeAwaitable(this.dialog, AuthorisationPopup, {
            reason,
            authorise: (login, password) =>
                this.orm.call(
                    "res.partner",
                    "customer_renew_type_authorised",
                    [[this.props.row.id]],
                    { login, password }
                ),
        });
        if (renewed) {
            await this.renewed();
        }
    }

    async renewed() {
        await this.props.onChanged(this.props.row.id);
        await this.load();
    }
}
