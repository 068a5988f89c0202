import { serverMessage } from "@pos_customer/app/utils/server_message";
import { browser } from "@web/core/browser/browser";

const SECOND = 1000; // ms
const ASK_EVERY = 3; // seconds

/**
 * A link by which a colleague logs in as a customer on another device, as its till sees it.
 *
 * `state` is empty until there is one, then `waiting` for somebody to open it, `acting` and
 * `ended`. The seconds that are left are the server's: the clock of a till may be wrong.
 */
export class ImpersonateLink {
    /**
     * @param {Object} options
     * @param {(method: string, id: number) => Promise<Object>} options.ask what became of it
     * @param {(values: Object) => Promise<Object|undefined>} [options.make] asks the server
     *     for a link; nothing when the cashier gives up
     */
    constructor({ ask, make }) {
        Object.assign(this, { ask, make });
        this.url = "";
        this.error = "";
        this.isBusy = false;
        this.progress = { state: "", seconds: 0 };
    }

    get state() {
        return this.progress.state;
    }

    get isOpen() {
        return ["waiting", "acting"].includes(this.state);
    }

    /** Minutes and seconds that are left: `2:05`. */
    get timeLeft() {
        const { seconds } = this.progress;
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }

    async start(values) {
        this.values = values;
        await this.attempt(async () => {
            const link = await this.make(values);
            if (link) {
                const { id, url, ...progress } = link;
                Object.assign(this, { id, url });
                this.take(progress);
                this.follow();
            }
        });
    }

    /** Another link for the same, after one that nobody used. */
    async again() {
        await this.start(this.values);
    }

    /** End what was begun, or take back what nobody has opened. */
    async end() {
        await this.attempt(async () => this.take(await this.ask("customer_impersonate_end", this.id)));
    }

    async attempt(act) {
        this.isBusy = true;
        this.error = "";
        try {
            await act();
        } catch (error) {
            this.error = serverMessage(error);
        } finally {
            this.isBusy = false;
        }
    }

    take(progress) {
        this.progress = progress;
        if (this.state !== "waiting") {
            this.url = ""; // used, or over: nothing to show any more
        }
        if (!this.isOpen) {
            this.stop();
        }
    }

    // -- following it ---------------------------------------------------------------

    /** Count down, and ask the server now and then, until it has ended. */
    follow() {
        this.stop();
        let passed = 0;
        this.timer = browser.setInterval(() => {
            passed++;
            this.progress.seconds = Math.max(this.progress.seconds - 1, 0);
            if (passed % ASK_EVERY === 0) {
                this.refresh();
            }
        }, SECOND);
    }

    stop() {
        browser.clearInterval(this.timer);
    }

    async refresh() {
        if (this.isAsking || this.isBusy) {
            return;
        }
        this.isAsking = true;
        try {
            const progress = await this.ask("customer_impersonate_progress", this.id);
            this.error = "";
            this.take(progress);
        } catch (error) {
            this.error = serverMessage(error);
        } finally {
            this.isAsking = false;
        }
    }
}
