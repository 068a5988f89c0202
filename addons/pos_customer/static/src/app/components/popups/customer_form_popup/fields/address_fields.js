import { Component, useState } from "@odoo/owl";
import { CustomerFormField } from "@pos_customer/app/components/popups/customer_form_popup/fields/customer_form_field";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/** Where they live, unless they are a contact: those have the address of their company. */
export class AddressFields extends Component {
    static template = "pos_customer.AddressFields";
    static components = { CustomerFormField };
    static props = { form: Object, countries: Array };

    setup() {
        this.form = useState(this.props.form);
        this.pos = usePos();
    }

    get states() {
        const countryId = this.form.values.country_id;
        return this.pos.models["res.country.state"]
            .filter((state) => countryId && state.country_id?.id === countryId)
            .sort((a, b) => a.name.localeCompare(b.name));
    }

    get showsPlace() {
        return this.form.showsAny("zip", "city", "country_id");
    }

    get showsState() {
        return this.form.shows("state_id") && this.states.length > 0;
    }
}
