import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";
import { patch } from "@web/core/utils/patch";

patch(BarcodeReader.prototype, {
    setup() {
        super.setup(...arguments);
        this.takers = [];
    },

    /**
     * Give raw codes, of whatever nomenclature, to `taker` alone, until the returned
     * function is called. The one who came last gets them: a form lies over a screen.
     */
    takeOver(taker) {
        this.takers.push(taker);
        return () => {
            this.takers = this.takers.filter((other) => other !== taker);
        };
    },

    async _scan(code) {
        if (code && this.takers.length) {
            return this.takers.at(-1)(code);
        }
        return super._scan(...arguments);
    },
});
