import { Component, useState } from "@odoo/owl";
import { CompanyPicker } from "@pos_customer/app/components/popups/customer_form_popup/company_picker/company_picker";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";

/** Who it is: a person or a company, the name, and the company of a contact. */
export class IdentityFields extends Component {
    static template = "pos_customer.IdentityFields";
    static components = { CompanyPicker, CustomerFormField };
    static props = { form: Object };

    setup() {
        this.form = useState(this.props.form);
    }

    setKind(isCompany) {
        this.form.set("is_company", isCompany);
    }
}
