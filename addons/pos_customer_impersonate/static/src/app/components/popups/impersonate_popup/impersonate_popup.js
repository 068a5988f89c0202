import { Component, onWillUnmount, useState } from "@odoo/owl";
import { AuthorisationPopup } from "@pos_customer/app/components/popups/authorisation_popup/authorisation_popup";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { ImpersonateLink } from "@pos_customer_impersonate/app/components/popups/impersonate_popup/impersonate_link";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { generateQRCodeDataUrl } from "@point_of_sale/utils";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;
const QR_SIZE = 220; // px

/** By customer: who closes the window and opens it again finds what goes on still. */
const links = new Map();

/**
 * Asks why and for how long, then shows a link that logs in as a customer on another device.
 *
 * All tabs of this browser share one login, the till's, which it keeps. Who may not log in
 * as customers asks a colleague who may: the server decides which of the two it is.
 */
export class ImpersonatePopup extends Component {
    static template = "pos_customer_impersonate.ImpersonatePopup";
    static components = { Dialog, CopyButton };
    static props = { partnerId: Number, name: String, close: Function };

    setup() {
        this.pos = usePos();
        this.dialog = useService("dialog");
        this.state = useState({ options: null, error: "", reason: "", minutes: 0, readOnly: false, note: "" });
        this.link = useState(this.findLink());
        onWillUnmount(() => this.link.stop());
        if (this.link.isOpen) {
            this.link.follow();
            this.link.refresh();
        } else {
            this.load();
        }
    }

    findLink() {
        const { partnerId } = this.props;
        if (!links.get(partnerId)?.isOpen) {
            const ask = (method, id) => this.orm.call("res.partner", method, [id]);
            links.set(partnerId, new ImpersonateLink({ ask }));
        }
        return Object.assign(links.get(partnerId), { make: (values) => this.make(values) });
    }

    /** Of the till and not of this window, which may be closed before the answer. */
    get orm() {
        return this.pos.data.orm.silent;
    }

    async load() {
        try {
            const options = await this.call("customer_impersonate_options");
            Object.assign(this.state, { options, minutes: options.usual, error: options.refusal });
        } catch (error) {
            this.state.error = serverMessage(error);
        }
    }

    call(method, values = {}) {
        return this.orm.call("res.partner", method, [[this.props.partnerId]], values);
    }

    // -- before there is a link -----------------------------------------------------

    get title() {
        return _t("Log in as %s", this.props.name);
    }

    get isAsking() {
        return !this.link.state && Boolean(this.state.options) && !this.state.options.refusal;
    }

    get isLoading() {
        return !this.link.state && !this.state.options && !this.state.error;
    }

    get durations() {
        return this.state.options.minutes.map((minutes) => ({
            minutes,
            text: minutes === 1 ? _t("1 minute") : _t("%s minutes", minutes),
        }));
    }

    get error() {
        return this.state.error || this.link.error;
    }

    get isReady() {
        return Boolean(this.state.reason) && !this.link.isBusy;
    }

    async confirm() {
        if (this.isReady) {
            const { reason, minutes, readOnly, note } = this.state;
            await this.link.start({
                reason,
                minutes,
                read_only: readOnly,
                note: note.trim() || false,
            });
        }
    }

    /** @returns {Promise<Object|undefined>} the link, nothing when no colleague allows it */
    async make(values) {
        if (!this.pos.config.module_pos_hr) {
            try {
                return await this.call("customer_impersonate_link", values);
            } catch (error) {
                if (error.data?.name !== "odoo.exceptions.AccessError") {
                    throw error;
                }
            }
        }
        return makeAwaitable(this.dialog, AuthorisationPopup, {
            reason: _t("Only colleagues with the right to it log in as customers."),
            authorise: (login, password) =>
                this.call("customer_impersonate_link_authorised", { ...values, login, password }),
        });
    }

    // -- the link, and what becomes of it ---------------------------------------------

    get qrCode() {
        return generateQRCodeDataUrl(this.link.url, { width: QR_SIZE, height: QR_SIZE });
    }

    get leftText() {
        return _t("It opens once, within the next %s.", this.link.timeLeft);
    }

    get actingText() {
        const { started_at, until } = this.link.progress;
        return _t("Opened at %(start)s. It ends at %(end)s at the latest.", {
            start: this.timeOf(started_at),
            end: this.timeOf(until),
        });
    }

    get endedText() {
        const { started_at, ended_at, ended_text } = this.link.progress;
        if (!started_at) {
            return _t("The link was not used and opens no more.");
        }
        return _t("Ended at %(time)s: %(how)s.", { time: this.timeOf(ended_at), how: ended_text });
    }

    get isUnused() {
        return this.link.state === "ended" && !this.link.progress.started_at;
    }

    timeOf(moment) {
        return deserializeDateTime(moment).toLocaleString(DateTime.TIME_SIMPLE);
    }

    /** All of the address, for those who copy it by hand. */
    selectAll(ev) {
        ev.target.select();
    }
}
