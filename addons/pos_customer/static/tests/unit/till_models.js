import { CustomerDraft } from "@pos_customer/app/models/customer_draft";
import { CustomerType } from "@pos_customer/app/models/customer_type";
import { DataServiceOptions } from "@point_of_sale/app/models/data_service_options";
import { createRelatedModels } from "@point_of_sale/app/models/related_models";

const fields = (types) =>
    Object.fromEntries(
        Object.entries({ id: "integer", ...types }).map(([name, type]) => [
            name,
            type.includes(".") ? { name, type: "many2one", relation: type } : { name, type },
        ])
    );

const DEFINITIONS = {
    "res.partner": fields({
        name: "char",
        phone: "char",
        email: "char",
        street: "char",
        street2: "char",
        zip: "char",
        city: "char",
        active: "boolean",
        is_customer: "boolean",
        customer_code: "char",
        customer_uuid: "char",
        customer_type_id: "customer.type",
        customer_type_until: "date",
        invoice_emails: "char",
        parent_name: "char",
        pos_contact_address: "char",
        property_product_pricelist: "product.pricelist",
        fiscal_position_id: "account.fiscal.position",
    }),
    "customer.type": fields({
        name: "char",
        is_default: "boolean",
        proof_required: "boolean",
        proof_months: "integer",
        effective_pricelist_id: "product.pricelist",
        fiscal_position_id: "account.fiscal.position",
    }),
    "customer.draft": CustomerDraft.extraFields,
    "pos.config": fields({
        pricelist_id: "product.pricelist",
        default_fiscal_position_id: "account.fiscal.position",
    }),
    "pos.order": fields({ uuid: "char", partner_id: "res.partner", finalized: "boolean" }),
    "product.pricelist": fields({ name: "char" }),
    "account.fiscal.position": fields({ name: "char" }),
};

/** What a till holds of customers, in core's own records. */
export function tillModels(records = {}) {
    const classes = { "customer.draft": CustomerDraft, "customer.type": CustomerType };
    const { models } = createRelatedModels(DEFINITIONS, classes, new DataServiceOptions());
    models.loadConnectedData({
        "product.pricelist": [{ id: 1, name: "Shop" }, { id: 2, name: "Students" }, { id: 3, name: "Own" }],
        "account.fiscal.position": [{ id: 1, name: "Home" }, { id: 2, name: "Exempt" }],
        "customer.type": [
            { id: 1, name: "Person", is_default: true, effective_pricelist_id: false, fiscal_position_id: false },
            {
                id: 2,
                name: "Student",
                proof_required: true,
                proof_months: 12,
                effective_pricelist_id: 2,
                fiscal_position_id: 2,
            },
        ],
        "pos.config": [{ id: 1, pricelist_id: 1, default_fiscal_position_id: 1 }],
        ...records,
    });
    return models;
}
