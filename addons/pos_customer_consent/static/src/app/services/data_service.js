import { PosData } from "@point_of_sale/app/services/data_service";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";

patch(PosData.prototype, {
    async initData() {
        await super.initData(...arguments);
        const kept = JSON.parse(browser.localStorage.getItem(this.consentAnswersKey) || "[]");
        if (kept.length) {
            this.models.loadConnectedData({ "consent.answer": kept });
            await this.indexedDB.create("consent.answer", kept);
            browser.localStorage.removeItem(this.consentAnswersKey);
        }
    },

    get consentAnswersKey() {
        return `consent-answers-${this.databaseName}`;
    },

    /** “Reload data” and changed settings empty the database: answers are nowhere else. */
    async resetIndexedDB() {
        const { "consent.answer": answers } = await this.indexedDB.readAll(["consent.answer"]);
        if (answers?.length) {
            browser.localStorage.setItem(this.consentAnswersKey, JSON.stringify(answers));
        }
        return super.resetIndexedDB(...arguments);
    },
});
