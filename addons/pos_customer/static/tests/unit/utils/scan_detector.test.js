import { expect, test } from "@odoo/hoot";
import { ScanDetector } from "@pos_customer/app/utils/scan_detector";

function type(detector, keys, { gap, input }) {
    let time = 1000;
    let ended = false;
    for (const key of [...keys, "Enter"]) {
        ended = detector.onKeydown({
            key,
            timeStamp: time,
            target: input,
            preventDefault: () => expect.step("prevented"),
            stopPropagation: () => {},
        });
        if (key.length === 1) {
            input.value += key;
        }
        time += gap;
    }
    return ended;
}

const makeInput = (value) => {
    const input = document.createElement("input");
    input.value = value;
    return input;
};

test("a scan into the name goes to the code and leaves the name alone", () => {
    const detector = new ScanDetector((code) => expect.step(code));
    const input = makeInput("Ewa");
    expect(type(detector, "CARD-42", { gap: 8, input })).toBe(true);
    expect(input.value).toBe("Ewa");
    expect.verifySteps(["prevented", "CARD-42"]);
});

test("fast fingers are no scanner", () => {
    const detector = new ScanDetector((code) => expect.step(code));
    const input = makeInput("");
    expect(type(detector, "Wiśniewska", { gap: 80, input })).toBe(false);
    expect(input.value).toBe("Wiśniewska");
    expect.verifySteps([]);
});
