import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { amountOf, WorkOrder } from "@pos_customer_repair/app/utils/work_order";
import { fittingSize } from "@pos_customer_repair/app/utils/picture";
import { browser } from "@web/core/browser/browser";
import { allowTranslations, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { localization } from "@web/core/l10n/localization";

const TILL = 7;

function workOrder(values = {}, partnerId = 3) {
    const work = new WorkOrder(TILL, partnerId);
    Object.assign(work.values, values);
    return work;
}

beforeEach(() => patchWithCleanup(localization, { decimalPoint: ".", thousandsSep: "," }));

const ready = { item: "Clock", fault: "Stops" };

describe("amounts", () => {
    test("as they are written here and in France", () => {
        expect(amountOf(" 1,234.50 ")).toBe(1234.5);
        patchWithCleanup(localization, { decimalPoint: ",", thousandsSep: " " });
        expect(amountOf("45,5")).toBe(45.5);
    });

    test("nothing is no amount, and words are none", () => {
        expect(amountOf("  ")).toBe(null);
        expect(amountOf("free")).toBe(NaN);
    });
});

describe("problems", () => {
    test("an item and what is to be done are asked for", () => {
        allowTranslations();
        expect(Object.keys(workOrder().problems)).toEqual(["item", "fault"]);
        expect(workOrder({ item: " ", fault: "\n" }).problems).toInclude("item");
        expect(workOrder(ready).problems).toEqual({});
        expect(workOrder({ fault: "x", product: { id: 5, name: "Watch" } }).problems).toEqual({});
    });

    test("a deposit needs a price, and is no more than it", () => {
        allowTranslations();
        const named = (values) => Object.keys(workOrder({ ...ready, ...values }).problems);
        expect(named({ deposit: "10" })).toEqual(["price"]);
        expect(named({ price: "5", deposit: "10" })).toEqual(["deposit"]);
        expect(named({ price: "10", deposit: "10" })).toEqual([]);
        expect(named({ price: "-1" })).toEqual(["price"]);
        expect(named({ price: "x", deposit: "y" })).toEqual(["price", "deposit"]);
        expect(named({ price: "0" })).toEqual([]);
    });

    test("a day that is over", () => {
        allowTranslations();
        mockDate("2026-03-04 12:00:00");
        expect(workOrder({ ...ready, date: "2026-03-03" }).problems).toInclude("date");
        expect(workOrder({ ...ready, date: "2026-03-04" }).problems).toEqual({});
    });
});

describe("to the server", () => {
    test("words or a product, never both", () => {
        const values = workOrder({ ...ready, serial: " 1 ", price: "4" }).serverValues;
        expect(values).toEqual({
            partner_id: 3,
            product_id: false,
            item: "Clock",
            serial: "1",
            fault: "Stops",
            date: false,
            price: 4,
            photos: [],
        });
        const chosen = workOrder({ ...ready, product: { id: 5, name: "Watch" } }).serverValues;
        expect([chosen.product_id, chosen.item, chosen.price]).toEqual([5, "", null]);
    });

    test("photos without what shows them", () => {
        const work = workOrder(ready);
        work.photos.push({ url: "data:image/jpeg;base64,AAAA", content: "AAAA" });
        expect(work.serverValues.photos).toEqual(["AAAA"]);
    });
});

describe("kept until it is made", () => {
    test("with its UUID, for its customer and its till", () => {
        const work = workOrder(ready);
        work.keep();
        const again = new WorkOrder(TILL, 3);
        expect(again.isKept).toBe(true);
        expect([again.uuid, again.values.item]).toEqual([work.uuid, "Clock"]);
        for (const other of [new WorkOrder(TILL, 4), new WorkOrder(TILL + 1, 3)]) {
            expect(other.isKept).toBe(false);
            expect(other.uuid).not.toBe(work.uuid);
        }
        again.forget();
        expect(new WorkOrder(TILL, 3).isKept).toBe(false);
    });

    test("an empty one is not kept, and takes the place of none", () => {
        const work = workOrder(ready);
        work.keep();
        Object.assign(work.values, { item: "", fault: "" });
        work.keep();
        expect(new WorkOrder(TILL, 3).isKept).toBe(false);
    });

    test("a broken memory is no obstacle", () => {
        browser.localStorage.setItem(`pos_customer_repair.work_orders.${TILL}`, "{nonsense");
        const work = workOrder(ready);
        expect(work.isKept).toBe(false);
        work.keep();
        expect(new WorkOrder(TILL, 3).isKept).toBe(true);
    });
});

describe("photos", () => {
    test("large ones shrink, small ones stay", () => {
        expect(fittingSize(4000, 3000)).toEqual({ width: 1600, height: 1200 });
        expect(fittingSize(900, 3200)).toEqual({ width: 450, height: 1600 });
        expect(fittingSize(640, 480)).toEqual({ width: 640, height: 480 });
    });
});
