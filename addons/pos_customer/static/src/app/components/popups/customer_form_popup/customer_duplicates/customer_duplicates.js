import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const REASONS = {
    code: _t("same customer code"),
    vat: _t("same VAT number"),
    email: _t("same e-mail"),
    phone: _t("same phone number"),
    name_zip: _t("same name and postcode"),
    name: _t("same name"),
};

/** Customers who may be the one that is being typed, and why. */
export class CustomerDuplicates extends Component {
    static template = "pos_customer.CustomerDuplicates";
    static props = { rows: Array, isBusy: Boolean, onUse: Function };

    why(row) {
        const text = row.why.map((code) => REASONS[code] || code).join(", ");
        return text.charAt(0).toLocaleUpperCase() + text.slice(1);
    }

    details(row) {
        const place = [row.zip, row.city].filter(Boolean).join(" ");
        return [row.code, row.phone, row.email, place].filter(Boolean).join(" · ");
    }
}
