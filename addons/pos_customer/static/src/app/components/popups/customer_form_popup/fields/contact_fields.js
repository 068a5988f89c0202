import { Component, useState } from "@odoo/owl";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { isInternational } from "@pos_customer/app/utils/phone_country";
import { _t } from "@web/core/l10n/translation";

/** How to reach them. */
export class ContactFields extends Component {
    static template = "pos_customer.ContactFields";
    static components = { CustomerFormField };
    static props = { form: Object, countries: Array };

    setup() {
        this.form = useState(this.props.form);
    }

    get phoneCountry() {
        return this.props.countries.find(({ id }) => id === this.form.phoneCountry.id);
    }

    codeOf(country) {
        const code = this.form.phoneCodes[country.id];
        return code ? `+${code}` : country.code;
    }

    get phonePrefix() {
        return this.phoneCountry ? this.codeOf(this.phoneCountry) : "+";
    }

    get phoneHint() {
        const { values, phoneCountry } = this.form;
        return phoneCountry.chosen && values.phone && !isInternational(values.phone)
            ? _t("Read as a number of %s.", this.phoneCountry?.name)
            : "";
    }
}
