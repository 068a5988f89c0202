import { markRaw, reactive } from "@odoo/owl";
import { withPatience } from "@pos_customer/app/utils/patience";
import { answerPayload, answersOf } from "@pos_customer_consent/app/utils/consent_payload";
import { uuidv4 } from "@point_of_sale/utils";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";

const PAUSE = 2000; // ms after a failure, doubled each time
const LONGEST_PAUSE = 60000;
// What the server says no to. Anything else, an ended session among it, says nothing of
// the answers: they wait on.
const REFUSALS = ["UserError", "ValidationError", "AccessError", "MissingError"].map(
    (name) => `odoo.exceptions.${name}`
);

/**
 * Sends what customers answered, with a connection or without.
 *
 * An answer is in the till's own database before it is sent, so that neither a reload nor a
 * killed browser loses it, and leaves it once the server has it. What is refused stays with
 * its sentence until somebody has seen it. `known` holds what the server said last of each
 * customer, by their UUID.
 */
export class ConsentAnswers {
    constructor(pos) {
        this.pos = pos;
        this.mutex = markRaw(new Mutex());
        this.pause = 0;
        this.known = reactive({});
        this.lastKeys = {};
        this.watched = new Map();
        pos.data.connectWebSocket("CUSTOMER_CONSENTS_CHANGED", ({ ids }) => this.onChanged(ids));
        window.addEventListener("pos-network-online", () => this.sendSoon());
        pos.ready.then(() => this.send());
    }

    get all() {
        return this.pos.models["consent.answer"].getAll();
    }

    of(uuid) {
        return answersOf(this.pos.models, uuid);
    }

    // -- following ------------------------------------------------------------------

    /** A card is open: it shows what is answered elsewhere. @returns {function(): void} ends it */
    watch(partnerId, uuid) {
        this.watched.set(partnerId, uuid);
        return () => this.watched.delete(partnerId);
    }

    onChanged(ids) {
        const open = ids.map((id) => this.watched.get(id)).filter(Boolean);
        return this.mutex.exec(async () => {
            for (const uuid of open) {
                try {
                    this.known[uuid] = (await this.call(uuid, [])).consents;
                } catch {
                    // the card shows what it knew
                }
            }
        });
    }

    // -- answering ------------------------------------------------------------------

    /**
     * An answer as it was given just now.
     *
     * @param {Object} answer
     * @param {string} answer.purpose code
     * @param {boolean} answer.granted
     * @param {number} [answer.wording_id] what the customer read
     * @param {string} [answer.channel]
     */
    make({ purpose, granted, wording_id, channel = "pos" }) {
        // also when the clock was set back a later answer is the later one
        const before = this.all.map((answer) => answer.at);
        const at = Math.max(Date.now(), ...before.map((time) => time + 1));
        return { purpose, granted, wording_id: wording_id || 0, channel, key: uuidv4(), at };
    }

    /**
     * Keep answers of a customer and send them. Resolves when they have arrived, or are
     * known to wait.
     *
     * @param {string} uuid of the customer
     * @param {Object[]} answers as of `make`
     */
    async give(uuid, answers) {
        await this.keep(uuid, answers);
        await this.send();
    }

    async keep(uuid, answers) {
        const { "consent.answer": model } = this.pos.models;
        const purposes = answers.map((answer) => answer.purpose);
        for (const seen of this.of(uuid).filter(({ error, purpose }) => error && purposes.includes(purpose))) {
            await this.forget(seen);
        }
        const rows = answers.map((answer) =>
            model.create({ ...answer, ...this.origin(uuid, answer), customer_uuid: uuid, error: "" })
        );
        this.remember(uuid, answers);
        await this.store(rows);
    }

    /** These are the last answers of the customer that this device has taken. */
    remember(uuid, answers) {
        for (const { purpose, key } of answers) {
            this.lastKeys[`${uuid} ${purpose}`] = key;
        }
    }

    /** What came before it here, whose order it was given in, who of the staff took it. */
    origin(uuid, { purpose }) {
        const order = this.pos.getOrder();
        const cashier = this.pos.getCashier();
        return {
            after: this.lastKeys[`${uuid} ${purpose}`] || "",
            order_uuid: order?.partner_id?.customer_uuid === uuid ? order.uuid : "",
            employee_id: cashier?.model?.name === "hr.employee" ? cashier.id : 0,
        };
    }

    async store(rows) {
        const written = await this.pos.data.indexedDB.create(
            "consent.answer",
            rows.map((row) => row.serializeForIndexedDB())
        );
        if (Array.isArray(written) && written.some(({ status }) => status !== "fulfilled")) {
            this.pos.notification.add(
                _t(
                    "This browser could not store the answer. Leave the page open until the connection is back."
                ),
                { type: "danger", sticky: true }
            );
        }
    }

    async forget(answer) {
        const { key } = answer;
        answer.delete();
        await this.pos.data.indexedDB.delete("consent.answer", [key]);
    }

    /** Their customer is given up. */
    async forgetAll(uuid) {
        for (const answer of this.of(uuid)) {
            await this.forget(answer);
        }
    }

    // -- sending --------------------------------------------------------------------

    /** The connection is back; if it was said to be before and was not, later. */
    sendSoon() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.send(), this.pause);
    }

    send() {
        return this.mutex.exec(async () => {
            const waiting = this.all.filter((answer) => !answer.error);
            for (const uuid of new Set(waiting.map((answer) => answer.customer_uuid))) {
                // a new customer goes first
                if (this.pos.customerDrafts.get(uuid)?.isNew) {
                    continue;
                }
                try {
                    await this.sendOf(uuid);
                    this.pause = 0;
                } catch (error) {
                    this.pause = Math.min(Math.max(2 * this.pause, PAUSE), LONGEST_PAUSE);
                    if (!(error instanceof ConnectionLostError)) {
                        this.sendSoon(); // nothing will say that the server is well again
                    }
                    return;
                }
            }
        });
    }

    async sendOf(uuid) {
        const sent = this.of(uuid)
            .filter((answer) => !answer.error)
            .sort((a, b) => a.at - b.at);
        let results;
        try {
            const answer = await this.call(uuid, sent);
            if (!answer.partner_id) {
                return; // a customer of whom the server has not heard yet
            }
            this.known[uuid] = answer.consents;
            results = answer.answers;
        } catch (error) {
            if (!REFUSALS.includes(error.exceptionName)) {
                throw error;
            }
            results = sent.map(({ key }) => ({ key, error: sentence(error) }));
        }
        const byKey = Object.fromEntries(results.map((result) => [result.key, result]));
        for (const answer of sent) {
            const { accepted, error } = byKey[answer.key] || {};
            if (accepted) {
                await this.forget(answer);
            } else if (error) {
                answer.error = error;
                await this.store([answer]);
            }
        }
    }

    async call(uuid, answers) {
        const { data, config } = this.pos;
        try {
            if (data.network.offline) {
                throw new ConnectionLostError();
            }
            return await withPatience(
                data.orm.silent.call("res.partner", "consent_receive", [], {
                    uuid,
                    answers: answers.map((answer) => answerPayload(answer)),
                    config_id: config.id,
                })
            );
        } catch (error) {
            if (error instanceof ConnectionLostError && !data.network.offline) {
                // core hears nothing of this call: from now on it asks whether it is back
                data.checkConnectivity();
            }
            throw error;
        }
    }
}

/** What to tell about a refusal; a fault of the server has no sentence for a cashier. */
function sentence(error) {
    const known = error.exceptionName?.startsWith("odoo.exceptions.");
    return known
        ? error.data.message
        : _t("The server could not take the answer. Try again later, or tell your administrator.");
}
