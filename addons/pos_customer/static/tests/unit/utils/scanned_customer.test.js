import { expect, test } from "@odoo/hoot";
import { codesOf } from "@pos_customer/app/utils/scanned_customer";

test("a scanned text is a code, or an address that ends with one", () => {
    expect(codesOf(" C0000042 ")).toEqual(["C0000042"]);
    expect(codesOf("https://shop.example/my/card/C0000042")).toEqual([
        "https://shop.example/my/card/C0000042",
        "C0000042",
    ]);
    expect(codesOf("https://shop.example/c/A%20B/?from=phone#top").at(-1)).toBe("A B");
    expect(codesOf("2024/17")).toEqual(["2024/17", "17"]);
    expect(codesOf("c/100%")).toEqual(["c/100%", "100%"]);
    expect(codesOf("/")).toEqual(["/"]);
    expect(codesOf("  ")).toEqual([]);
});
