import { Base } from "@point_of_sale/app/models/related_models";
import { registry } from "@web/core/registry";

/** What the shop asks its customers for, and with which words. */
export class ConsentPurpose extends Base {
    static pythonModel = "consent.purpose";

    /**
     * The wording for a reader of `lang`, with the server's fallback: another variant of the
     * language, that of the shop, English, any.
     */
    getWording(lang) {
        const all = this.models["consent.wording"]
            .filter((wording) => wording.purpose_id?.id === this.id)
            .sort((a, b) => b.version - a.version);
        const own = this.models["res.company"]?.getFirst()?.partner_id?.lang;
        const start = (lang || "").slice(0, 2);
        const tests = [
            (wording) => wording.lang === lang,
            (wording) => wording.lang.slice(0, 2) === start,
            (wording) => wording.lang === own,
            (wording) => wording.lang.startsWith("en"),
            () => true,
        ];
        return tests.map((suits) => all.find(suits)).find(Boolean);
    }
}

registry.category("pos_available_models").add(ConsentPurpose.pythonModel, ConsentPurpose);
