import { ReceiptScreen } from "@point_of_sale/app/screens/receipt_screen/receipt_screen";
import { patch } from "@web/core/utils/patch";

patch(ReceiptScreen.prototype, {
    openWhatsapp() {
        this.pos.openWhatsapp(this.currentOrder.partner_id, this.currentOrder);
    },
});
