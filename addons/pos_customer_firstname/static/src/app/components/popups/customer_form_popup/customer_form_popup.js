import { CustomerFormPopup } from "@pos_customer/app/components/popups/customer_form_popup/customer_form_popup";
import { patch } from "@web/core/utils/patch";

patch(CustomerFormPopup.prototype, {
    makeForm() {
        const form = super.makeForm();
        form.useNames(this.pos.config.customer_names_order);
        return form;
    },
});
