import { DataServiceOptions } from "@point_of_sale/app/models/data_service_options";
import { patch } from "@web/core/utils/patch";

patch(DataServiceOptions.prototype, {
    /** Answers stay in the till's database until the server has them. */
    get databaseTable() {
        return {
            ...super.databaseTable,
            "consent.answer": { key: "key", condition: () => false },
        };
    },

    /** What is not asked any more leaves the till at its opening. */
    get cleanupModels() {
        return [...super.cleanupModels, "consent.purpose"];
    },
});
