import { ConsentAnswers } from "@pos_customer_consent/app/services/consent_answers";
import { ConsentDisplay } from "@pos_customer_consent/app/services/consent_display";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { patch } from "@web/core/utils/patch";

patch(PosStore.prototype, {
    async processServerData() {
        await super.processServerData(...arguments);
        this.consentAnswers = new ConsentAnswers(this);
        this.consentDisplay = new ConsentDisplay(this);
    },
});
