import { CustomerType } from "@pos_customer/app/models/customer_type";
import { LoyaltyProgram } from "@pos_customer_loyalty/app/models/loyalty_program";
import { DataServiceOptions } from "@point_of_sale/app/models/data_service_options";
import { createRelatedModels } from "@point_of_sale/app/models/related_models";

const fields = (types) =>
    Object.fromEntries(
        Object.entries({ id: "integer", ...types }).map(([name, type]) => {
            const [kind, relation] = type.includes(".") ? type.split(" ") : [type];
            return [name, { name, type: kind, ...(relation && { relation }) }];
        })
    );

const DEFINITIONS = {
    "res.partner": fields({ name: "char" }),
    "customer.type": fields({ name: "char", is_default: "boolean" }),
    "loyalty.program": fields({
        name: "char",
        program_type: "char",
        is_nominative: "boolean",
        portal_visible: "boolean",
        portal_point_name: "char",
        pending_days: "integer",
        customer_type_ids: "many2many customer.type",
    }),
    "loyalty.card": fields({
        points: "float",
        program_id: "many2one loyalty.program",
        partner_id: "many2one res.partner",
    }),
};

/** What a till holds of programmes and cards, in core's own records. */
export function tillModels(records = {}) {
    const classes = { "customer.type": CustomerType, "loyalty.program": LoyaltyProgram };
    const { models } = createRelatedModels(DEFINITIONS, classes, new DataServiceOptions());
    models.loadConnectedData({
        "res.partner": [
            { id: 1, name: "Ana" },
            { id: 2, name: "Bo" },
        ],
        "customer.type": [
            { id: 1, name: "Person", is_default: true },
            { id: 2, name: "Student" },
        ],
        "loyalty.program": [
            {
                id: 1,
                name: "Bonus",
                program_type: "loyalty",
                is_nominative: true,
                portal_visible: true,
                portal_point_name: "Stars",
                pending_days: 0,
                customer_type_ids: [],
            },
        ],
        "loyalty.card": [],
        ...records,
    });
    return models;
}
