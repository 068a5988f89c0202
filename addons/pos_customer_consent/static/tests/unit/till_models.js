import { CustomerDraft } from "@pos_customer/app/models/customer_draft";
import { ConsentAnswer } from "@pos_customer_consent/app/models/consent_answer";
import { ConsentPurpose } from "@pos_customer_consent/app/models/consent_purpose";
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
    "res.partner": fields({ name: "char", lang: "char", customer_uuid: "char" }),
    "res.company": fields({ name: "char", partner_id: "res.partner" }),
    "pos.config": fields({ name: "char" }),
    "consent.purpose": fields({
        code: "char",
        name: "char",
        sequence: "integer",
        ask_at_creation: "boolean",
        answer_required: "boolean",
        is_condition: "boolean",
    }),
    "consent.wording": fields({
        purpose_id: "consent.purpose",
        version: "integer",
        lang: "char",
        body: "char",
    }),
    "consent.answer": ConsentAnswer.extraFields,
    "customer.draft": CustomerDraft.extraFields,
};

/** A till whose shop speaks Polish and asks about news, and about calls in English only. */
export function tillModels() {
    const classes = {
        "consent.answer": ConsentAnswer,
        "consent.purpose": ConsentPurpose,
        "customer.draft": CustomerDraft,
    };
    const { models } = createRelatedModels(DEFINITIONS, classes, new DataServiceOptions());
    models.loadConnectedData({
        "res.partner": [
            { id: 1, name: "Shop", lang: "pl_PL" },
            { id: 7, name: "Bo", lang: "fr_FR", customer_uuid: "u-bo" },
        ],
        "res.company": [{ id: 1, name: "Shop", partner_id: 1 }],
        "pos.config": [{ id: 4, name: "Till" }],
        "consent.purpose": [
            { id: 1, code: "news", name: "News", sequence: 2, ask_at_creation: true, answer_required: true },
            { id: 2, code: "calls", name: "Calls", sequence: 1, ask_at_creation: true },
            { id: 3, code: "unsaid", name: "Without words", sequence: 3, ask_at_creation: true },
        ],
        "consent.wording": [
            { id: 11, purpose_id: 1, version: 1, lang: "fr_FR", body: "Un" },
            { id: 12, purpose_id: 1, version: 2, lang: "fr_FR", body: "Deux" },
            { id: 13, purpose_id: 1, version: 2, lang: "pl_PL", body: "Dwa" },
            { id: 14, purpose_id: 1, version: 2, lang: "en_GB", body: "Two" },
            { id: 21, purpose_id: 2, version: 1, lang: "en_US", body: "Calls" },
        ],
    });
    return models;
}
