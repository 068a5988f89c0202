import { defaultCustomerType } from "@pos_customer/app/models/customer_type";
import { serializeDate } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** An id for a customer whom the server does not know: the same after a reload. */
export function localId() {
    return -1 - Math.floor(Math.random() * 2 ** 31);
}

/** Show in the till what a draft says: a customer of its own, or the one who is held. */
export function applyDraft(draft) {
    const { models } = draft;
    const partner = draft.getPartner();
    if (!partner && draft.isNew) {
        return models["res.partner"].create(newCustomer(draft));
    }
    const values = { ...draft.values };
    if (partner && Object.keys(draft.errors || {}).length === 0) {
        Object.assign(values, derivedValues(models, values, partner));
        partner.update(values, { omitUnknownField: true });
    }
    return partner;
}

function newCustomer({ models, partner_id, uuid, values }) {
    const type = values.customer_type_id || defaultCustomerType(models)?.id || false;
    const complete = { ...values, customer_type_id: type };
    return {
        lang: false,
        parent_name: models["res.partner"].get(values.parent_id)?.name || false,
        ...complete,
        ...derivedValues(models, complete, {}),
        id: partner_id,
        customer_uuid: uuid,
        is_customer: true,
        active: true,
    };
}

/** What the server would compute of `values`, as far as the till knows how. */
function derivedValues(models, values, partner) {
    const derived = {};
    if ("email" in values) {
        derived.invoice_emails = values.email || "";
    }
    const address = ["street", "street2", "zip", "city"];
    if (address.some((name) => name in values)) {
        const part = (name) => (name in values ? values[name] : partner[name]) || "";
        derived.pos_contact_address = [
            part("street"),
            part("street2"),
            [part("zip"), part("city")].filter(Boolean).join(" "),
        ]
            .filter(Boolean)
            .join("\n");
    }
    const type = models["customer.type"].get(values.customer_type_id);
    if (type && type.id !== partner.customer_type_id?.id) {
        Object.assign(derived, typeValues(models, type, partner));
    }
    return derived;
}

/** Prices and taxes of a type, unless the customer has others of their own. */
function typeValues(models, type, partner) {
    const config = models["pos.config"].getFirst();
    const former = partner.customer_type_id;
    const until = type.proof_required && DateTime.now().plus({ months: type.proof_months });
    const values = { customer_type_until: until ? serializeDate(until) : false };
    const list = partner.property_product_pricelist?.id;
    if (!list || [former?.pricelist?.id, config.pricelist_id?.id].includes(list)) {
        values.property_product_pricelist = (type.pricelist || config.pricelist_id)?.id || false;
    }
    if (partner.fiscal_position_id?.id === former?.fiscal_position_id?.id) {
        values.fiscal_position_id =
            (type.fiscal_position_id || config.default_fiscal_position_id)?.id || false;
    }
    return values;
}
