import { ConsentDisplayPopup } from "@pos_customer_consent/app/components/popups/consent_display_popup/consent_display_popup";
import { withPatience } from "@pos_customer/app/utils/patience";
import { _t } from "@web/core/l10n/translation";

const OPEN = "pos_customer_consent.request"; // of this tab, through its reloads

/**
 * The wire to the customer display: a window of this browser, without a connection too, or
 * the page on another device, over the network.
 */
export class ConsentDisplay {
    constructor(pos) {
        this.pos = pos;
        this.listener = null; // of the request that is open, if one is
        this.followed = null;
        this.asking = false;
        this.outgoing = new BroadcastChannel("CUSTOMER_CONSENT_REQUEST");
        this.incoming = new BroadcastChannel("CUSTOMER_CONSENT_DISPLAY");
        this.incoming.onmessage = ({ data }) => this.listener?.(data);
        pos.ready.then(() => this.takeBack());
    }

    /** What was asked before this page was loaded again has nobody who hears the answer. */
    takeBack() {
        const id = sessionStorage.getItem(OPEN);
        if (id) {
            this.show({ id, end: "withdrawn" });
        }
    }

    /**
     * Let a customer answer for themselves.
     *
     * @param {Object[]} questions `purpose`, `name`, `title`, `body`, `lang`, `isRequired`
     * @param {string} lang what the customer reads
     * @param {function(Object[])} onAnswers takes `{ purpose, granted }` of each answer
     * @param {Object} [options]
     * @param {string} [options.name] of the customer, for the cashier
     * @param {function(): boolean} [options.isWanted] whether who asks is still there once
     *     the words have come
     */
    async ask(questions, lang, onAnswers, { name = "", isWanted = () => true } = {}) {
        if (this.asking) {
            return; // tapped twice
        }
        this.asking = true;
        const onClose = () => {
            this.asking = false;
        };
        this.follow();
        const texts = await this.textsIn(lang);
        if (!isWanted()) {
            return onClose();
        }
        this.pos.dialog.add(ConsentDisplayPopup, { name, questions, texts, onAnswers }, { onClose });
    }

    /** Hear what the display of this device says over the network. */
    follow() {
        const device = localStorage.getItem("device_uuid");
        if (device && device !== this.followed) {
            this.followed = device;
            this.pos.data.connectWebSocket(`CUSTOMER_CONSENT_DISPLAY-${device}`, (message) =>
                this.listener?.(message)
            );
        }
    }

    /** @param {Object} request with `end`, how the one of this id ended */
    show(request) {
        if (request.end) {
            sessionStorage.removeItem(OPEN);
        } else {
            sessionStorage.setItem(OPEN, request.id);
        }
        const { config, data } = this.pos;
        const device = localStorage.getItem("device_uuid");
        const message = JSON.parse(JSON.stringify({ configId: config.id, request }));
        this.outgoing.postMessage(message);
        if (device && !data.network.offline) {
            data.orm.silent
                .call("pos.config", "consent_display_show", [[config.id]], { message, device_uuid: device })
                .catch(() => {}); // nobody answers then, and the cashier is told so
        }
    }

    /** The words around the questions as the customer reads them. */
    async textsIn(lang) {
        const { data } = this.pos;
        try {
            if (!data.network.offline) {
                return await withPatience(
                    data.orm.silent.call("pos.config", "consent_display_texts", [lang || ""])
                );
            }
        } catch {
            // in the language of the till
        }
        return {
            title: _t("Your choice"),
            intro: _t("Please read, and answer yes or no. You can change your mind at any time."),
            yes: _t("Yes"),
            no: _t("No"),
            confirm: _t("Confirm"),
            decline: _t("Not now"),
            thanks: _t("Thank you."),
        };
    }
}
