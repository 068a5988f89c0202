import { serverMessage } from "@pos_customer/app/utils/server_message";
import { ConnectionLostError } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";

/**
 * A message to a customer by WhatsApp: what fits is asked for, one is chosen and seen, and
 * then WhatsApp opens with it. Nothing is sent from here.
 */
export class WhatsappMessage {
    /**
     * @param {Object} options
     * @param {(method: string, kwargs: Object) => Promise} options.call asks the server
     *     about the customer
     * @param {(url: string) => Window|null} options.open opens a window
     * @param {() => boolean} options.isOffline
     * @param {string} [options.document] what the message is about, as "pos.order,1"
     */
    constructor({ call, open, isOffline, document }) {
        Object.assign(this, { call, open, isOffline, document });
        this.messages = [];
        this.number = "";
        this.code = "";
        this.error = "";
        this.isLoading = false;
        this.isReady = false;
    }

    get text() {
        return this.messages.find(({ code }) => code === this.code)?.text || "";
    }

    /** Ask which messages fit; the first one is proposed. */
    async load() {
        await this.ask(async () => {
            const answer = await this.call("customer_messages", { document: this.document });
            this.messages = answer.messages;
            this.number = answer.number;
            this.code = answer.messages[0]?.code || "";
            this.error = answer.problem;
            this.isReady = !answer.problem;
        });
    }

    choose(code) {
        this.code = code;
    }

    /** @returns {Promise<boolean>} whether WhatsApp opens with the chosen message */
    async start() {
        let opened = false;
        await this.ask(async () => {
            const url = await this.call("customer_whatsapp_url", {
                template_code: this.code,
                document: this.document,
                context: { customer_channel: "pos" },
            });
            if (!url) {
                this.error = _t("The number was changed meanwhile and has no WhatsApp now.");
                return;
            }
            opened = Boolean(this.open(url));
            this.error = opened
                ? ""
                : _t("The browser kept WhatsApp from opening. Allow this page to open windows.");
        });
        return opened;
    }

    async ask(question) {
        this.isLoading = true;
        this.error = "";
        try {
            if (this.isOffline()) {
                throw new ConnectionLostError();
            }
            await question();
        } catch (error) {
            this.error = serverMessage(error);
        } finally {
            this.isLoading = false;
        }
    }
}
