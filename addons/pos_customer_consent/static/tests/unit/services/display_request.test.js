import { expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { DisplayRequest } from "@pos_customer_consent/app/services/display_request";

const QUESTIONS = [{ purpose: "news" }, { purpose: "calls" }];

function makeRequest() {
    const sent = [];
    const request = new DisplayRequest({
        questions: QUESTIONS,
        texts: { thanks: "Thank you." },
        send: (message) => sent.push(message),
        onAnswers: (answers) => expect.step(JSON.stringify(answers)),
    });
    request.start();
    const say = (type, answers = [], id = request.id) => request.receive({ id, type, answers });
    return { request, sent, say };
}

const yes = (purpose) => ({ purpose, granted: true });

test("a display that says nothing is none, until it does", async () => {
    const { request, sent, say } = makeRequest();
    expect(request.state).toBe("calling");
    await advanceTime(10000);
    expect(request.state).toBe("missing");
    request.start();
    expect(sent).toHaveLength(2);
    say("shown");
    expect(request.state).toBe("reading");
    await advanceTime(10000);
    expect(request.state).toBe("reading");
});

test("what is chosen is seen, what is confirmed counts, and once", () => {
    const { request, say } = makeRequest();
    say("shown");
    say("chosen", [yes("news")]);
    expect(request.answers).toEqual({ news: true });
    expect.verifySteps([]);
    say("confirmed", [yes("news")]);
    say("confirmed", [yes("news"), yes("calls")]);
    expect.verifySteps(['[{"purpose":"news","granted":true}]']);
    expect(request.state).toBe("answered");
});

test("a display that has not heard of its answers' arrival is told again, and they count once", () => {
    const { request, sent, say } = makeRequest();
    say("confirmed", [yes("news")]);
    say("confirmed", [yes("news")]);
    const end = { id: request.id, end: "answered", thanks: "Thank you." };
    expect(sent.slice(1)).toEqual([end, end]);
    expect.verifySteps(['[{"purpose":"news","granted":true}]']);
});

test("only the display that shows it answers, and only what is asked", () => {
    const { request, say } = makeRequest();
    say("confirmed", [yes("news")], "another");
    expect(request.state).toBe("calling");
    say("confirmed", [yes("unasked"), { purpose: "news", granted: "yes" }, yes("calls")]);
    expect.verifySteps(['[{"purpose":"calls","granted":true}]']);
});

test("taken back at the till, it leaves the display and counts no more", () => {
    const { request, sent, say } = makeRequest();
    say("shown");
    request.withdraw();
    expect(sent.at(-1)).toEqual({ id: request.id, end: "withdrawn", thanks: "Thank you." });
    say("confirmed", [yes("news")]);
    expect(request.state).toBe("withdrawn");
    expect.verifySteps([]);
});

test("declined at the display", () => {
    const { request, say } = makeRequest();
    say("chosen", [yes("news")]);
    say("declined");
    expect(request.state).toBe("declined");
    expect.verifySteps([]);
});
