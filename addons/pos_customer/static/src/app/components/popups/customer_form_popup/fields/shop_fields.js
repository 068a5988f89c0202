import { Component, useState } from "@odoo/owl";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { untilDate } from "@pos_customer/app/utils/customer_rows";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** What they are to the shop: type, code, VAT number, tags. */
export class ShopFields extends Component {
    static template = "pos_customer.ShopFields";
    static components = { CustomerFormField };
    static props = { form: Object };

    setup() {
        this.form = useState(this.props.form);
        this.pos = usePos();
    }

    /** Types that the user may give, and the one that the customer has. */
    get types() {
        const { initial, isManager } = this.form;
        return this.pos.models["customer.type"].filter(
            (type) => type.id === initial.customer_type_id || isManager || !type.is_reserved
        );
    }

    /** A reserved type is not taken away either by those who may not give it. */
    get isTypeFixed() {
        const { initial, values, isManager } = this.form;
        const type = this.typeOf(initial.customer_type_id);
        return Boolean(values.parent_id || (type?.is_reserved && !isManager));
    }

    typeOf(id) {
        return id ? this.pos.models["customer.type"].get(id) : undefined;
    }

    get typeHint() {
        const { initial, values, parentName, typeUntil } = this.form;
        if (values.parent_id) {
            return _t("Follows the type of %s.", parentName);
        }
        if (this.isTypeFixed) {
            return _t("This type is reserved: only a customer manager changes it.");
        }
        const type = this.typeOf(values.customer_type_id);
        if (!type?.proof_required) {
            return "";
        }
        const until =
            type.id === initial.customer_type_id
                ? untilDate(typeUntil)
                : DateTime.now().plus({ months: type.proof_months });
        return until ? _t("With a proof shown, valid until %s.", formatDate(until)) : "";
    }

    get codeHint() {
        const { scanned, isNew } = this.form;
        if (scanned) {
            return _t("Scanned from the card.");
        }
        return isNew
            ? _t("Scan a card, or leave it empty to have one given.")
            : _t("Scan another card to replace it.");
    }

    onCodeInput(ev) {
        this.form.set("customer_code", ev.target.value);
        this.form.scanned = false;
    }

    toggleTag(id) {
        const chosen = this.form.values.category_id;
        this.form.set(
            "category_id",
            chosen.includes(id) ? chosen.filter((tag) => tag !== id) : [...chosen, id]
        );
    }
}
