const GAP = 35; // ms between two keys of a scanner; fingers take three times as long
const LENGTH = 4;

/**
 * Tells a scan from typing while a text field has the focus: there Odoo's barcode service
 * listens to nothing, and a scanned card would be written into the name of the customer.
 */
export class ScanDetector {
    constructor(onScan) {
        this.onScan = onScan;
        this.reset();
    }

    reset() {
        this.keys = "";
        this.last = 0;
        this.before = null;
    }

    /** @returns {boolean} whether the key ended a scan */
    onKeydown(ev) {
        const now = ev.timeStamp;
        if (["Enter", "Tab"].includes(ev.key)) {
            return this.end(ev, now);
        }
        if (ev.key?.length !== 1 || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return false;
        }
        if (!this.keys || now - this.last > GAP) {
            this.keys = "";
            this.before = { target: ev.target, value: ev.target.value };
        }
        this.keys += ev.key;
        this.last = now;
        return false;
    }

    end(ev, now) {
        const { keys, before } = this;
        const scanned = keys.length >= LENGTH && now - this.last <= GAP && before;
        this.reset();
        if (!scanned) {
            return false;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.restore(before);
        this.onScan(keys);
        return true;
    }

    /** Take the scanned characters out of the field that happened to have the focus. */
    restore({ target, value }) {
        if (typeof value === "string" && target.matches("input, textarea")) {
            target.value = value;
            target.dispatchEvent(new Event("input", { bubbles: true }));
        }
    }
}
