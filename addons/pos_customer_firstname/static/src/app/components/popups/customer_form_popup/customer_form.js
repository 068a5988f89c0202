import {
    addFormText,
    CustomerForm,
} from "@pos_customer/app/components/popups/customer_form_popup/customer_form";
import { joinName, NAME_PARTS, splitName } from "@pos_customer_firstname/app/utils/name_parts";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

addFormText("firstname", _t("First name"));
addFormText("lastname", _t("Last name"));

/** A person is typed in two fields, a company in one; `name` always says it all. */
patch(CustomerForm.prototype, {
    /** @param {string} order setting of first and last names */
    useNames(order) {
        this.namesOrder = order;
        const { firstname, lastname, name } = this.values;
        if (!this.values.is_company) {
            Object.assign(
                this.values,
                firstname || lastname
                    ? { name: joinName({ firstname, lastname }, order) }
                    : splitName(name, order)
            );
        }
    },

    /** The fields of a person's name, in the order in which it is written. */
    get nameParts() {
        return this.namesOrder === "first_last" ? NAME_PARTS : [...NAME_PARTS].reverse();
    },

    get nameFields() {
        return this.values.is_company ? super.nameFields : this.nameParts;
    },

    shows(name) {
        if (name === "name" || NAME_PARTS.includes(name)) {
            return this.nameFields.includes(name);
        }
        return super.shows(...arguments);
    },

    asksFor(name) {
        return super.asksFor(name) && !(NAME_PARTS.includes(name) && this.values.is_company);
    },

    set(name, value) {
        if (name === "is_company" && value !== this.values.is_company) {
            const { name: whole } = this.values;
            const parts = value ? { firstname: "", lastname: "" } : splitName(whole, this.namesOrder);
            Object.assign(this.values, parts);
            this.forget("name", ...NAME_PARTS);
        }
        super.set(...arguments);
        if (NAME_PARTS.includes(name)) {
            this.values.name = joinName(this.values, this.namesOrder);
            this.forget(...NAME_PARTS);
        }
    },
});
