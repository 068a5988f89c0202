import { BarcodeReader } from "@point_of_sale/app/services/barcode_reader_service";
import { patch } from "@web/core/utils/patch";

patch(BarcodeReader.prototype, {
    setup() {
        super.setup(...arguments);
        this.takers = [];
        this.offers = [];
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

    /**
     * Offer codes to `taker(code, parsed)` before core looks at them, until the returned
     * function is called; it resolves to whether the code was for it.
     */
    offerFirst(taker) {
        this.offers.push(taker);
        return () => {
            this.offers = this.offers.filter((other) => other !== taker);
        };
    },

    /** What core would take the code for, or null where it cannot tell. */
    tryToParse(code) {
        for (const parser of [this.parser, this.fallbackParser]) {
            try {
                const parsed = parser?.parse_barcode(code);
                if (parsed && (!Array.isArray(parsed) || parsed.some((p) => p.type === "product"))) {
                    return parsed;
                }
            } catch {
                // no code of this nomenclature
            }
        }
        return null;
    },

    async _scan(code) {
        if (code && this.takers.length) {
            return this.takers.at(-1)(code);
        }
        if (code && this.offers.length && !this.exclusiveCbMap) {
            if (await this.offers.at(-1)(code, this.tryToParse(code))) {
                return;
            }
        }
        return super._scan(...arguments);
    },
});
