import { expect, test } from "@odoo/hoot";
import { rowsInView, scrollTopToShow } from "@pos_customer/app/utils/virtual_rows";

test("the page holds the rows that are seen and a few more, however long the list", () => {
    const at = (scrollTop, count) => rowsInView({ scrollTop, height: 600, rowHeight: 60, count });
    expect(at(0, 5)).toEqual({ first: 0, last: 5 });
    expect(at(0, 1000000)).toEqual({ first: 0, last: 19 });
    for (const scrollTop of [0, 59, 60, 12345, 59999400, 60000000]) {
        const { first, last } = at(scrollTop, 1000000);
        expect(last - first).toBeLessThan(20);
        expect(first * 60 <= scrollTop && last * 60 >= Math.min(scrollTop + 600, 60000000)).toBe(true);
    }
});

test("a list that became shorter shows its end", () => {
    expect(rowsInView({ scrollTop: 6000, height: 600, rowHeight: 60, count: 20 })).toEqual({
        first: 5,
        last: 20,
    });
    expect(rowsInView({ scrollTop: 6000, height: 600, rowHeight: 60, count: 0 })).toEqual({
        first: 0,
        last: 0,
    });
});

test("scrolls no more than it takes to see a row whole", () => {
    const show = (index, scrollTop) =>
        scrollTopToShow(index, { scrollTop, height: 600, rowHeight: 60 });
    expect(show(3, 0)).toBe(0);
    expect(show(10, 0)).toBe(60);
    expect(show(3, 1200)).toBe(180);
    expect(show(0, 30)).toBe(0);
});
