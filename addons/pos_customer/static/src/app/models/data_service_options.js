import { DataServiceOptions } from "@point_of_sale/app/models/data_service_options";
import { patch } from "@web/core/utils/patch";

patch(DataServiceOptions.prototype, {
    /** Drafts are written beside the orders that they ride in; a draft that was sent is gone. */
    get databaseTable() {
        return {
            ...super.databaseTable,
            "customer.draft": { key: "uuid", condition: () => false },
        };
    },

    /** Customers who were merged, archived or deleted leave the cache at the opening, too. */
    get cleanupModels() {
        return [...super.cleanupModels, "res.partner"];
    },
});
