import { useEffect } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Give the scanned codes to `onScan`, and to nobody else, while the component is shown. */
export function useScannedCode(onScan) {
    const reader = useService("barcode_reader");
    useEffect(
        () => reader?.takeOver((code) => onScan(code.trim())),
        () => []
    );
}
