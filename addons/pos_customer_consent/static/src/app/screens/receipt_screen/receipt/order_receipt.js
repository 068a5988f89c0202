import { OrderReceipt } from "@point_of_sale/app/screens/receipt_screen/receipt/order_receipt";
import { generateQRCodeDataUrl } from "@point_of_sale/utils";
import { patch } from "@web/core/utils/patch";

patch(OrderReceipt.prototype, {
    /** The way to the customer's own page; the server gives it with the order it has taken. */
    get consentQrCode() {
        const { config, customer_consent_url } = this.order;
        return config.customer_consent_qr && customer_consent_url
            ? generateQRCodeDataUrl(customer_consent_url)
            : "";
    },
});
