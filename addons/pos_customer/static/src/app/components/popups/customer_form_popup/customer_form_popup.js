import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { useScannedCode } from "@pos_customer/app/hooks/scanned_code_hook";
import { defaultCustomerType } from "@pos_customer/app/models/customer_type";
import { untilDate } from "@pos_customer/app/utils/customer_rows";
import { loadCustomer } from "@pos_customer/app/utils/load_customer";
import { ScanDetector } from "@pos_customer/app/utils/scan_detector";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { uuidv4 } from "@point_of_sale/utils";
import { Dialog } from "@web/core/dialog/dialog";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

const TEXTS = ["name", "phone", "email", "street", "zip", "city", "customer_code", "customer_note"];

/**
 * Make or edit a customer without leaving the till.
 *
 * A customer who is made has the UUID of this form: a double click, or a second try after
 * the answer got lost, makes one customer.
 */
export class CustomerFormPopup extends Component {
    static template = "pos_customer.CustomerFormPopup";
    static components = { Dialog };
    static props = {
        partnerId: { type: Number, optional: true },
        values: { type: Object, optional: true },
        canChoose: { type: Boolean, optional: true },
        getPayload: Function,
        close: Function,
    };
    static defaultProps = { values: {}, canChoose: false };

    setup() {
        this.pos = usePos();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.nameRef = useRef("name");
        this.uuid = uuidv4();
        this.partner = null;
        this.state = useState({
            values: this.emptyValues(),
            errors: {},
            general: "",
            saving: false,
            loadError: "",
            scanned: false,
            isManager: false,
        });
        Object.assign(this.state.values, this.props.values);
        this.initial = this.emptyValues();
        this.scanDetector = new ScanDetector((code) => this.setCode(code));
        useScannedCode((code) => this.setCode(code));
        this.env.dialogData.dismiss = () => this.confirmDiscard();
        onWillStart(() => Promise.all([this.loadPartner(), this.loadRights()]));
        onMounted(() => this.nameRef.el?.focus());
    }

    emptyValues() {
        return {
            ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
            is_company: false,
            country_id: this.pos.company.country_id?.id || false,
            customer_type_id: defaultCustomerType(this.pos.models)?.id || false,
        };
    }

    // -- loading --------------------------------------------------------------------

    /** Edit what the server holds now, not what the till loaded this morning. */
    async loadPartner() {
        if (!this.props.partnerId) {
            return;
        }
        try {
            this.partner = await loadCustomer(this.pos, this.props.partnerId);
            if (!this.partner) {
                this.state.loadError = _t(
                    "This customer was archived, merged or deleted meanwhile. Search again."
                );
                return;
            }
            const [{ customer_uuid }] = await this.orm.read(
                "res.partner",
                [this.props.partnerId],
                ["customer_uuid"]
            );
            this.uuid = customer_uuid;
        } catch (error) {
            this.state.loadError = serverMessage(error);
            return;
        }
        const partner = this.partner;
        this.initial = {
            ...Object.fromEntries(TEXTS.map((name) => [name, partner[name] || ""])),
            is_company: Boolean(partner.is_company),
            country_id: partner.country_id?.id || false,
            customer_type_id: partner.customer_type_id?.id || false,
        };
        Object.assign(this.state.values, this.initial);
    }

    /** Only to offer what can be had: the server decides anyway. */
    async loadRights() {
        try {
            this.state.isManager = await user.hasGroup("customer_base.group_customer_manager");
        } catch {
            this.state.isManager = false;
        }
    }

    // -- what is shown --------------------------------------------------------------

    get title() {
        return this.props.partnerId ? _t("Edit customer") : _t("New customer");
    }

    get countries() {
        return this.pos.models["res.country"]
            .getAll()
            .slice()
            .sort((a, b) => a.name.localeCompare(b.name));
    }

    /** Types that the user may give, and the one that the customer has. */
    get types() {
        return this.pos.models["customer.type"].filter(
            (type) =>
                type.id === this.initial.customer_type_id ||
                this.state.isManager ||
                !type.is_reserved
        );
    }

    /** A reserved type is not taken away either by those who may not give it. */
    get isTypeFixed() {
        const type = this.typeOf(this.initial.customer_type_id);
        return this.followsCompany || Boolean(type?.is_reserved && !this.state.isManager);
    }

    get followsCompany() {
        return Boolean(this.partner?.parent_name);
    }

    typeOf(id) {
        return id ? this.pos.models["customer.type"].get(id) : undefined;
    }

    get typeHint() {
        if (this.followsCompany) {
            return _t("Follows the type of %s.", this.partner.parent_name);
        }
        if (this.isTypeFixed) {
            return _t("This type is reserved: only a customer manager changes it.");
        }
        const type = this.typeOf(this.state.values.customer_type_id);
        if (!type?.proof_required) {
            return "";
        }
        const kept = type.id === this.initial.customer_type_id;
        const until = kept
            ? untilDate(this.partner?.customer_type_until)
            : DateTime.now().plus({ months: type.proof_months });
        return until ? _t("With a proof shown, valid until %s.", formatDate(until)) : "";
    }

    get codeHint() {
        if (this.state.scanned) {
            return _t("Scanned from the card.");
        }
        return this.props.partnerId
            ? _t("Scan another card to replace it.")
            : _t("Scan a card, or leave it empty to have one given.");
    }

    get isDirty() {
        return Object.keys(this.changes).length > 0;
    }

    // -- typing ---------------------------------------------------------------------

    setCompany(isCompany) {
        this.state.values.is_company = isCompany;
        this.nameRef.el?.focus();
    }

    setNumber(name, ev) {
        this.state.values[name] = Number(ev.target.value) || false;
    }

    setCode(code) {
        this.state.values.customer_code = code;
        this.state.scanned = true;
        this.state.errors.customer_code = "";
    }

    onCodeInput() {
        this.state.scanned = false;
        this.state.errors.customer_code = "";
    }

    onKeydown(ev) {
        if (this.scanDetector.onKeydown(ev)) {
            return;
        }
        if (ev.key === "Enter" && ev.target.matches("input")) {
            ev.preventDefault();
            // a code is often scanned right here: its Enter is not ours
            if (ev.target.name !== "customer_code") {
                this.save();
            }
        }
    }

    // -- saving ---------------------------------------------------------------------

    get changes() {
        const changes = {};
        for (const [name, value] of Object.entries(this.state.values)) {
            const clean = typeof value === "string" ? value.trim() : value;
            if (clean !== this.initial[name]) {
                changes[name] = clean;
            }
        }
        return changes;
    }

    /** What the server gets: the changes, and for a new one also what is preset. */
    get payload() {
        const values = { ...this.changes };
        if (!this.props.partnerId && this.state.values.country_id) {
            values.country_id = this.state.values.country_id;
        }
        for (const name of TEXTS) {
            if (values[name] === "" && name !== "name") {
                values[name] = false;
            }
        }
        return values;
    }

    async save({ choose = false } = {}) {
        if (this.state.saving || this.state.loadError) {
            return;
        }
        this.state.errors = {};
        this.state.general = "";
        if (!this.state.values.name.trim()) {
            this.state.errors.name = this.state.values.is_company
                ? _t("Enter the name of the company.")
                : _t("Enter a name.");
            this.nameRef.el?.focus();
            return;
        }
        this.state.saving = true;
        try {
            let partner = this.partner;
            if (!partner || this.isDirty) {
                const id = await this.orm.call("res.partner", "customer_upsert", [], {
                    values: this.payload,
                    uuid: this.uuid,
                    config_id: this.pos.config.id,
                });
                partner = await loadCustomer(this.pos, id);
            }
            if (!partner) {
                this.state.general = _t(
                    "The customer is saved, but this till may not show them. Ask your administrator."
                );
                return;
            }
            this.props.getPayload({ partner, choose });
            this.props.close();
        } catch (error) {
            this.showError(serverMessage(error));
        } finally {
            this.state.saving = false;
        }
    }

    /** Put the sentence beside the field whose value or type it names. */
    showError(message) {
        const { customer_code, email, phone } = this.state.values;
        const type = this.typeOf(this.state.values.customer_type_id);
        const named = Object.entries({
            customer_code,
            email,
            phone,
            customer_type_id: type && !type.is_default ? `“${type.name}”` : "",
        }).find(([, value]) => value.trim() && message.includes(value.trim()));
        if (named) {
            this.state.errors = { [named[0]]: message };
        } else {
            this.state.general = message;
        }
    }

    /** Keep the dialog open unless throwing away what was typed is meant. */
    async confirmDiscard() {
        if (!this.isDirty || this.state.saving) {
            return;
        }
        const discard = await ask(this.dialog, {
            title: _t("Discard what was typed?"),
            body: _t("The customer is not saved yet."),
            confirmLabel: _t("Discard"),
            cancelLabel: _t("Keep typing"),
        });
        if (!discard) {
            await new Promise(() => {});
        }
    }

    async discard() {
        await this.confirmDiscard();
        this.props.close();
    }
}
