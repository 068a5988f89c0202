import { expect, test } from "@odoo/hoot";
import { code128 } from "@pos_customer/app/utils/code128";

/** The modules of a barcode as a string of 1 and 0, as a scanner sees it. */
function modules({ width, path }) {
    const bars = Array(width).fill(0);
    for (const [, left, size] of path.matchAll(/M(\d+) 0h(\d+)v1h-\d+z/g)) {
        bars.fill(1, Number(left), Number(left) + Number(size));
    }
    return bars.join("");
}

test("a code has the bars that the standard gives it", () => {
    // start B, P, J, J, 1, 2, 3, C, the check digit, stop
    expect(modules(code128("PJJ123C"))).toBe(
        "11010010000" +
            "11101110110" +
            "10110111000" +
            "10110111000" +
            "10011100110" +
            "11001110010" +
            "11001011100" +
            "10001000110" +
            "11101000110" + // 104 + 48 + 42·2 + 42·3 + 17·4 + 18·5 + 19·6 + 35·7 = 879, 55 modulo 103
            "1100011101011"
    );
});

test("what has no such barcode gets none", () => {
    for (const text of ["", "Żak", "A".repeat(25), "a\nb"]) {
        expect(code128(text)).toBe(null);
    }
});
