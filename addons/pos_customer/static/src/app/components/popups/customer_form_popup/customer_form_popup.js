import { Component, onMounted, onWillStart, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { CustomerDuplicates } from "@pos_customer/app/components/popups/customer_form_popup/customer_duplicates/customer_duplicates";
import { DuplicateFinder } from "@pos_customer/app/components/popups/customer_form_popup/customer_duplicates/duplicate_finder";
import { CustomerForm } from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { AddressFields } from "@pos_customer/app/components/popups/customer_form_popup/fields/address_fields";
import { AttributeFields } from "@pos_customer/app/components/popups/customer_form_popup/fields/attribute_fields";
import { ContactFields } from "@pos_customer/app/components/popups/customer_form_popup/fields/contact_fields";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { IdentityFields } from "@pos_customer/app/components/popups/customer_form_popup/fields/identity_fields";
import { ShopFields } from "@pos_customer/app/components/popups/customer_form_popup/fields/shop_fields";
import { useScannedCode } from "@pos_customer/app/hooks/scanned_code_hook";
import { defaultCustomerType } from "@pos_customer/app/models/customer_type";
import { currentCustomer, loadCustomer } from "@pos_customer/app/utils/load_customer";
import { knownCustomerForm, loadCustomerForm } from "@pos_customer/app/utils/load_customer_form";
import { ScanDetector } from "@pos_customer/app/utils/scan_detector";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { ask } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { uuidv4 } from "@point_of_sale/utils";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Make or edit a customer without leaving the till.
 *
 * A customer who is made has the UUID of this form: a double click, or a second try after
 * the answer got lost, makes one customer.
 */
export class CustomerFormPopup extends Component {
    static template = "pos_customer.CustomerFormPopup";
    static components = {
        AddressFields,
        AttributeFields,
        ContactFields,
        CustomerDuplicates,
        CustomerFormField,
        Dialog,
        IdentityFields,
        ShopFields,
    };
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
        this.formRef = useRef("form");
        this.uuid = uuidv4();
        this.partner = null;
        this.state = useState({ saving: false, loadError: "" });
        this.form = useState(this.makeForm());
        this.duplicates = useState(
            new DuplicateFinder((values) =>
                this.pos.data.network.offline
                    ? []
                    : this.orm.silent.call("res.partner", "customer_find_duplicates", [], {
                          values,
                      })
            )
        );
        this.scanDetector = new ScanDetector((code) => this.form.setCode(code));
        useScannedCode((code) => this.form.setCode(code));
        this.env.dialogData.dismiss = () => this.confirmDiscard();
        onWillStart(() => this.load());
        onMounted(() => this.focusFirst());
        useEffect(
            () => this.duplicates.look(this.form.comparable),
            () => [JSON.stringify(this.form.comparable)]
        );
        onWillUnmount(() => this.duplicates.stop());
    }

    makeForm() {
        const { config, company, models } = this.pos;
        const form = new CustomerForm({
            fields: config.customer_form_fields || [],
            required: config.customer_required_fields || [],
            preset: {
                country_id: company.country_id?.id || false,
                customer_type_id: defaultCustomerType(models)?.id || false,
            },
            typed: this.props.values,
        });
        form.describe(knownCustomerForm());
        return form;
    }

    // -- loading --------------------------------------------------------------------

    /** A new customer is typed at once; what the form needs besides comes meanwhile. */
    async load() {
        if (this.props.partnerId) {
            await this.loadPartner();
        } else {
            loadCustomerForm(this.pos, this.orm).then(
                (description) => this.form.describe(description),
                () => {} // the form is short then; saving says what is wrong
            );
        }
    }

    /** Edit what the server holds now, not what the till loaded this morning. */
    async loadPartner() {
        try {
            const { partnerId } = this.props;
            const [description] = await Promise.all([
                loadCustomerForm(this.pos, this.orm, partnerId),
                currentCustomer(this.pos, partnerId),
            ]);
            if (!description.customer) {
                this.state.loadError = _t(
                    "This customer was archived, merged or deleted meanwhile. Search again."
                );
                return;
            }
            this.form.describe(description);
            this.form.edit(description.customer);
            const draft = this.pos.customerDrafts.of(this.form.partnerId);
            if (draft) {
                this.form.retype(draft);
            }
            this.uuid = description.customer.uuid;
            this.partner = this.pos.models["res.partner"].get(this.form.partnerId) || null;
        } catch (error) {
            this.state.loadError = serverMessage(error);
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

    focusFirst() {
        this.formRef.el?.querySelector("input")?.focus();
    }

    /** A frame after the next one, which shows the errors and fields that were hidden. */
    showErrors() {
        browser.requestAnimationFrame(() =>
            browser.requestAnimationFrame(() => this.focusError())
        );
    }

    focusError() {
        const el = this.formRef.el?.querySelector(".is-invalid, .customer-form-general");
        el?.focus({ preventScroll: true });
        // with its sentence, which stands below the field
        (el?.closest(".customer-form-field") || el)?.scrollIntoView({ block: "center" });
    }

    showAll() {
        this.form.open = true;
    }

    // -- typing ---------------------------------------------------------------------

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

    async save({ choose = false } = {}) {
        if (this.state.saving || this.state.loadError) {
            return;
        }
        if (!this.form.check()) {
            this.showErrors();
            return;
        }
        this.state.saving = true;
        try {
            const partner = await this.store();
            if (partner) {
                this.answer({ partner, choose });
            } else {
                this.form.general = _t(
                    "The customer is saved, but this till may not show them. Ask your administrator."
                );
            }
        } catch (error) {
            const type = this.pos.models["customer.type"].get(this.form.values.customer_type_id);
            this.form.refuse(serverMessage(error), type?.is_default ? "" : type?.name);
            this.showErrors();
        } finally {
            this.state.saving = false;
        }
    }

    /** @returns {Promise<ResPartner|undefined>} the customer as the till has them now */
    async store() {
        if (this.partner && !this.form.isDirty) {
            return this.partner;
        }
        return this.pos.customerDrafts.save({ uuid: this.uuid, values: this.form.payload });
    }

    /** Somebody who is there already, instead of the one who was being typed. */
    async use(id) {
        this.state.saving = true;
        try {
            const partner = await loadCustomer(this.pos, id);
            if (partner) {
                this.answer({ partner, choose: false });
            } else {
                this.form.general = _t(
                    "This customer was archived, merged or deleted meanwhile."
                );
            }
        } catch (error) {
            this.form.general = serverMessage(error);
        } finally {
            this.state.saving = false;
        }
    }

    answer(payload) {
        this.props.getPayload(payload);
        this.props.close();
    }

    /** Keep the dialog open unless throwing away what was typed is meant. */
    async confirmDiscard() {
        if (!this.form.isTouched || this.state.saving) {
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
