import { Component, useState } from "@odoo/owl";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { isInternational } from "@pos_customer/app/utils/phone_country";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

/** How to reach them. */
export class ContactFields extends Component {
    static template = "pos_customer.ContactFields";
    static components = { CustomerFormField };
    static props = { form: Object, countries: Array };

    setup() {
        this.form = useState(this.props.form);
        this.orm = useService("orm");
        this.phone = useState({ problem: "" });
        this.checks = new KeepLast();
    }

    /** Landlines and wrong numbers say so; a till without a connection says nothing. */
    async checkPhone() {
        this.phone.problem = "";
        const { values, phoneCountry } = this.form;
        if (!values.phone) {
            return;
        }
        const question = this.orm.silent
            .call("res.partner", "customer_phone_check", [values.phone, phoneCountry.id || false])
            .catch(() => ({ problem: "" }));
        const { problem } = await this.checks.add(question);
        this.phone.problem = problem;
    }

    changePhoneCountry(id) {
        this.form.setPhoneCountry(id);
        this.checkPhone();
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
        if (this.phone.problem) {
            return this.phone.problem;
        }
        return phoneCountry.chosen && values.phone && !isInternational(values.phone)
            ? _t("Read as a number of %s.", this.phoneCountry?.name)
            : "";
    }
}
