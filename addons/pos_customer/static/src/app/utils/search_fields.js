import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Fields of a customer that the search by fields offers, by name: `{ label() }`. */
export const customerSearchFields = registry.category("customer_search_fields");

const LABELS = {
    name: () => _t("Name"),
    phone: () => _t("Phone"),
    email: () => _t("E-mail"),
    street: () => _t("Street"),
    zip: () => _t("Postcode"),
    city: () => _t("City"),
    customer_code: () => _t("Code"),
    customer_type_id: () => _t("Type"),
    category_id: () => _t("Tags"),
    vat: () => _t("VAT number"),
    properties: () => _t("Attributes"),
};

Object.entries(LABELS).forEach(([name, label], index) => {
    customerSearchFields.add(name, { label }, { sequence: 10 * (index + 1) });
});

/** The fields to tick, in the order in which values between commas go to them. */
export function offeredFields() {
    return customerSearchFields.getEntries().map(([name, { label }]) => ({ name, label: label() }));
}

/** Those ticked when a search by fields begins, by the setting of the till. */
export function usualFields(config) {
    const wanted = config.customer_search_fields || [];
    const ticked = offeredFields().filter(({ name }) => wanted.includes(name));
    return ticked.length ? ticked.map(({ name }) => name) : ["name"];
}
