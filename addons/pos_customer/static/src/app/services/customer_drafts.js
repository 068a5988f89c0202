import { markRaw } from "@odoo/owl";
import { applyDraft, localId } from "@pos_customer/app/utils/draft_customer";
import { loadCustomer } from "@pos_customer/app/utils/load_customer";
import { withPatience } from "@pos_customer/app/utils/patience";
import { forgetCustomer, replaceCustomer } from "@pos_customer/app/utils/replace_customer";
import { uuidv4 } from "@point_of_sale/utils";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { Mutex } from "@web/core/utils/concurrency";

const PAUSE = 2000; // ms after a failure, doubled each time
const LONGEST_PAUSE = 60000;

/**
 * Saves customers, with a connection or without.
 *
 * What the server could not be given is kept as a draft in the till's own database, so that
 * neither a reload nor a killed browser loses it. It rides in the order of its customer or
 * goes by itself, as soon as the connection is back. The server knows by its key what it has
 * had before, so that whatever is sent twice counts once.
 */
export class CustomerDrafts {
    constructor(pos) {
        this.pos = pos;
        this.mutex = markRaw(new Mutex());
        this.pause = 0;
        window.addEventListener("pos-network-online", () => this.sendSoon());
        pos.ready.then(() => this.send());
    }

    get all() {
        return this.pos.models["customer.draft"].getAll();
    }

    get(uuid) {
        return this.pos.models["customer.draft"].getBy("uuid", uuid);
    }

    /** The draft of a customer whom the till shows. */
    of(partnerId) {
        return this.all.find((draft) => draft.partner_id === partnerId);
    }

    /** Until what is on its way has arrived, or has not. */
    settled() {
        return this.mutex.getUnlockedDef();
    }

    // -- saving ---------------------------------------------------------------------

    /**
     * @param {Object} customer
     * @param {string} customer.uuid of the customer
     * @param {Object} customer.values what was typed, by field
     * @returns {Promise<ResPartner>} the customer as the till has them now
     * @throws {RPCError} the refusal of the server; then nothing is kept
     */
    save(customer) {
        return this.mutex.exec(() => this.saveNow(customer));
    }

    async saveNow({ uuid, values }) {
        const draft = this.get(uuid);
        const typed = { ...draft?.values, ...values };
        // What the server refused was in the form, and may be withdrawn.
        const sent = draft?.isRefused && !draft.isNew ? values : typed;
        const key = uuidv4();
        try {
            const config_id = this.pos.config.id;
            const id = await this.call("customer_upsert", { values: sent, uuid, key, config_id });
            const saved = await loadCustomer(this.pos, id);
            if (draft && saved) {
                await this.drop(draft, saved);
            }
            return saved;
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            return this.keep({ uuid, key, values: sent });
        }
    }

    async call(method, params) {
        const { data } = this.pos;
        try {
            if (data.network.offline) {
                throw new ConnectionLostError();
            }
            return await withPatience(data.orm.silent.call("res.partner", method, [], params));
        } catch (error) {
            if (error instanceof ConnectionLostError && !data.network.offline) {
                // core hears nothing of this call: from now on it asks whether it is back
                data.checkConnectivity();
            }
            throw error;
        }
    }

    async keep({ uuid, key, values }) {
        const { "customer.draft": drafts, "res.partner": partners } = this.pos.models;
        const draft =
            this.get(uuid) ||
            drafts.create({
                uuid,
                partner_id: partners.find((p) => p.customer_uuid === uuid)?.id || localId(),
                at: luxon.DateTime.now().toISO(),
            });
        draft.update({ key, values, errors: {}, error: "" });
        const shown = applyDraft(draft);
        await this.store(draft);
        return shown;
    }

    async store(draft) {
        const written = await this.pos.data.indexedDB.create("customer.draft", [
            draft.serializeForIndexedDB(),
        ]);
        if (Array.isArray(written) && written.some(({ status }) => status !== "fulfilled")) {
            this.pos.notification.add(
                _t(
                    "This browser could not store the customer. Leave the page open until the connection is back."
                ),
                { type: "danger", sticky: true }
            );
        }
    }

    // -- sending --------------------------------------------------------------------

    /** The connection is back; if it was said to be before and was not, later. */
    sendSoon() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.send(), this.pause);
    }

    /**
     * Send what waits, one customer after the other.
     *
     * @param {Object} [options]
     * @param {boolean} [options.again] also what the server has refused
     */
    send({ again = false } = {}) {
        return this.mutex.exec(async () => {
            for (const draft of this.all.filter((d) => again || !d.isRefused)) {
                try {
                    await this.sendOne(draft);
                    this.pause = 0;
                } catch (error) {
                    if (error instanceof ConnectionLostError) {
                        this.pause = Math.min(Math.max(2 * this.pause, PAUSE), LONGEST_PAUSE);
                        return;
                    }
                    await this.refuse(draft, { error: sentence(error) });
                }
            }
        });
    }

    async sendOne(draft) {
        const { key } = draft;
        const answer = await this.call("customer_receive_draft", { draft: draft.payload });
        if (!answer.partner_id) {
            return this.refuse(draft, { error: answer.error });
        }
        const partner = await loadCustomer(this.pos, answer.partner_id);
        const refused = Object.keys(answer.refused);
        if (!refused.length && draft.key === key) {
            return this.drop(draft, partner);
        }
        await this.settle(draft, partner);
        if (draft.key === key) {
            const values = Object.fromEntries(refused.map((name) => [name, draft.values[name]]));
            await this.refuse(draft, { values, errors: answer.refused });
        }
    }

    /** The server knows the customer: orders and rows follow from who stood for them. */
    async settle(draft, partner) {
        const shown = draft.getPartner();
        const oldId = draft.partner_id;
        if (!partner) {
            return;
        }
        draft.partner_id = partner.id;
        if (shown && oldId !== partner.id) {
            replaceCustomer(this.pos, shown, partner);
            // before the draft may go: after a crash no order must point at nobody
            await this.pos.data.synchronizeLocalDataInIndexedDB();
        }
        await this.store(draft);
        this.pos.customerSync.bus.trigger("moved", { oldId, partner });
    }

    async refuse(draft, values) {
        draft.update({ errors: {}, error: "", ...values });
        await this.store(draft);
    }

    async drop(draft, partner) {
        await this.settle(draft, partner);
        const { uuid } = draft;
        draft.delete();
        await this.pos.data.indexedDB.delete("customer.draft", [uuid]);
        if (partner) {
            this.pos.customerSync.bus.trigger("changed", { partners: [partner] });
        }
    }

    /** Give up what was typed. Nobody else has it. */
    async discard(draft) {
        const partner = draft.getPartner();
        if (partner && draft.isNew) {
            forgetCustomer(this.pos, partner, { deleted: true });
            this.pos.customerSync.bus.trigger("gone", { ids: [draft.partner_id] });
        }
        await this.drop(draft);
    }
}

/** What to tell about a refusal; a fault of the server has no sentence for a cashier. */
function sentence(error) {
    const known = error.exceptionName?.startsWith("odoo.exceptions.");
    return known
        ? error.data.message
        : _t("The server could not take the customer. Try again later, or tell your administrator.");
}
