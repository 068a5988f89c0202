import { expect, test } from "@odoo/hoot";
import { advanceTime, Deferred, tick } from "@odoo/hoot-mock";
import { DuplicateFinder } from "@pos_customer/app/components/popups/customer_form_popup/customer_duplicates/duplicate_finder";

const ann = { id: 1, name: "Ann", why: ["phone"] };

test("asks once the typing pauses, and not again for the same", async () => {
    const finder = new DuplicateFinder(async (values) => {
        expect.step(values.phone);
        return [ann];
    });
    finder.look({ phone: "0470 1" });
    finder.look({ phone: "0470 11" });
    await advanceTime(1000);
    finder.look({ phone: "0470 11" });
    await advanceTime(1000);
    expect.verifySteps(["0470 11"]);
    expect(finder.rows).toEqual([ann]);
});

test("an answer that came too late is dropped", async () => {
    const slow = new Deferred();
    const finder = new DuplicateFinder(({ phone }) => (phone === "slow" ? slow : []));
    finder.look({ phone: "slow" });
    await advanceTime(1000);
    finder.look({ phone: "fast" });
    await advanceTime(1000);
    slow.resolve([ann]);
    await tick();
    expect(finder.rows).toEqual([]);
});

test("nobody to show when nothing tells, when the connection is lost, or when it is over", async () => {
    const answers = [[ann], new Error("lost"), [ann]];
    const finder = new DuplicateFinder(async () => {
        const answer = answers.shift();
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    });
    finder.look({ phone: "1" });
    await advanceTime(1000);
    expect(finder.rows.length).toBe(1);
    finder.look(null);
    expect(finder.rows).toEqual([]);
    finder.look({ phone: "2" });
    await advanceTime(1000);
    expect(finder.rows).toEqual([]);
    finder.look({ phone: "3" });
    finder.stop();
    await advanceTime(1000);
    expect(answers.length).toBe(1);
});
