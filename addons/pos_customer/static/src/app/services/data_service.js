import { applyDraft } from "@pos_customer/app/utils/draft_customer";
import { PosData } from "@point_of_sale/app/services/data_service";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";

patch(PosData.prototype, {
    /** Show the customers whom the server does not have yet, before orders ask for them. */
    async initData() {
        await super.initData(...arguments);
        await this.takeBackCustomerDrafts();
        const { "customer.draft": drafts, "res.partner": partners } = this.models;
        const waiting = new Set(drafts.map((draft) => draft.partner_id));
        for (const left of partners.filter((p) => p.id < 0 && !waiting.has(p.id))) {
            left.delete();
        }
        drafts.forEach(applyDraft);
    },

    get customerDraftsKey() {
        return `customer-drafts-${this.databaseName}`;
    },

    /** “Reload data” and changed settings empty the database: drafts are nowhere else. */
    async resetIndexedDB() {
        const { "customer.draft": drafts } = await this.indexedDB.readAll(["customer.draft"]);
        if (drafts?.length) {
            browser.localStorage.setItem(this.customerDraftsKey, JSON.stringify(drafts));
        }
        return super.resetIndexedDB(...arguments);
    },

    async takeBackCustomerDrafts() {
        const kept = JSON.parse(browser.localStorage.getItem(this.customerDraftsKey) || "[]");
        if (kept.length) {
            this.models.loadConnectedData({ "customer.draft": kept });
            await this.indexedDB.create("customer.draft", kept);
            browser.localStorage.removeItem(this.customerDraftsKey);
        }
    },
});
