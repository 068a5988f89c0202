import { uuidv4 } from "@point_of_sale/utils";
import { browser } from "@web/core/browser/browser";

const PATIENCE = 6000; // ms until a display that says nothing counts as none

/**
 * One request that a customer answers on the customer display.
 *
 * `state` is `calling` until a display shows it, `missing` when none does, `reading` while
 * the customer reads, and `answered`, `declined` (at the display) or `withdrawn` (at the
 * till) in the end. Only a display that was told the id of the request can answer it, and
 * only what it asks. It thanks once it has heard that the answers are here.
 */
export class DisplayRequest {
    /**
     * @param {Object} options
     * @param {Object[]} options.questions `purpose`, `title`, `body`, `lang`, `isRequired`
     * @param {Object} options.texts of the buttons, in the customer's language
     * @param {function(Object)} options.send shows something on the display
     * @param {function(Object[])} options.onAnswers takes `{ purpose, granted }`
     */
    constructor({ questions, texts, send, onAnswers }) {
        Object.assign(this, { questions, texts, send, onAnswers });
        this.id = uuidv4();
        this.state = "calling";
        this.answers = {};
    }

    get isOpen() {
        return ["calling", "missing", "reading"].includes(this.state);
    }

    start() {
        this.state = "calling";
        const { id, questions, texts } = this;
        this.send({ id, questions, texts });
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.giveUp(), PATIENCE);
    }

    giveUp() {
        if (this.state === "calling") {
            this.state = "missing";
        }
    }

    /** What a display says: it may say so twice, by the window and over the network. */
    receive({ id, type, answers = [] }) {
        if (id !== this.id) {
            return;
        }
        if (!this.isOpen) {
            if (this.state === "answered" && type === "confirmed") {
                this.tellEnd(); // it has not heard it
            }
            return;
        }
        if (type === "declined") {
            return this.end("declined");
        }
        this.state = "reading";
        const asked = new Set(this.questions.map(({ purpose }) => purpose));
        const known = answers.filter(
            ({ purpose, granted }) => asked.has(purpose) && typeof granted === "boolean"
        );
        this.answers = Object.fromEntries(known.map(({ purpose, granted }) => [purpose, granted]));
        if (type === "confirmed") {
            this.state = "answered";
            this.onAnswers(Object.entries(this.answers).map(([purpose, granted]) => ({ purpose, granted })));
            this.end("answered");
        }
    }

    /** The cashier takes it back. */
    withdraw() {
        if (this.isOpen) {
            this.end("withdrawn");
        }
    }

    end(state) {
        this.state = state;
        browser.clearTimeout(this.timer);
        if (state !== "declined") {
            this.tellEnd();
        }
    }

    tellEnd() {
        this.send({ id: this.id, end: this.state, thanks: this.texts.thanks });
    }
}
