import { browser } from "@web/core/browser/browser";
import { deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { downloadFile } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useEffect, useState } from "@odoo/owl";

// what the select offers besides the reasons that are codes
const OTHER = "other";
// notes that somebody at a desk gives; the others are the server's
const REASONS = ["in_person", "phone", "letter", "email", "paper_form", "correction"];

/**
 * The customer's consents: each purpose with its answer, and the history beside them. An
 * answer is written at once, without saving the form, and shown once the server has it.
 */
export class CustomerConsents extends Component {
    static template = "customer_consent.CustomerConsents";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({
            rows: null,
            labels: {},
            history: null,
            opened: null, // code of the purpose whose wording is shown
            pending: null, // code of the purpose that is being answered
            reason: "",
            note: "",
        });
        useEffect(
            (customerId) => {
                Object.assign(this.state, { rows: null, history: null, opened: null });
                this.load(customerId);
            },
            () => [this.props.record.resId]
        );
    }

    get customerId() {
        return this.props.record.resId;
    }

    async load(customerId = this.customerId) {
        const [{ rows, labels }, history] = await Promise.all([
            this.orm.call("res.partner", "consent_overview", [customerId]),
            this.orm.call("res.partner", "consent_history", [customerId]),
        ]);
        if (customerId === this.customerId) {
            Object.assign(this.state, { rows, labels, history });
        }
    }

    // -- words ------------------------------------------------------------------------

    label(name, code) {
        const found = (this.state.labels[name] || []).find(([key]) => key === code);
        return found ? found[1] : code;
    }

    get reasons() {
        return (this.state.labels.reason || []).filter(([code]) => REASONS.includes(code));
    }

    date(text) {
        return text ? formatDate(deserializeDateTime(text)) : "";
    }

    dateTime(text) {
        return text ? formatDateTime(deserializeDateTime(text)) : "";
    }

    /** Who answered, as the history says it. */
    who(item) {
        return item.actor === "operator" && item.operator
            ? item.operator
            : this.label("actor", item.actor);
    }

    remark(item) {
        return item.note || (item.reason ? this.label("reason", item.reason) : "");
    }

    // -- answers ----------------------------------------------------------------------

    isNo(row) {
        return ["refused", "withdrawn"].includes(row.state);
    }

    get note() {
        const { reason, note } = this.state;
        return (reason === OTHER ? note.trim() : reason) || null;
    }

    async answer(row, granted) {
        if (this.state.pending || (granted ? row.state === "granted" : this.isNo(row))) {
            return;
        }
        const customerId = this.customerId;
        this.state.pending = row.purpose;
        try {
            await this.orm.call("res.partner", "consent_set", [customerId], {
                purpose: row.purpose,
                granted,
                channel: "backend",
                wording_id: granted ? row.asked_wording : false,
                note: this.note,
                key: uuid(),
            });
            this.state.reason = this.state.note = "";
        } finally {
            // whatever was said: what the server holds is shown
            this.state.pending = null;
            await this.load(customerId);
        }
    }

    toggle(row) {
        this.state.opened = this.state.opened === row.purpose ? null : row.purpose;
    }

    // -- proofs and links -------------------------------------------------------------

    print() {
        return this.action.doAction("customer_consent.consent_receipt_report", {
            additionalContext: { active_ids: [this.customerId] },
        });
    }

    async download() {
        const receipt = await this.orm.call("res.partner", "consent_receipt", [this.customerId]);
        downloadFile(JSON.stringify(receipt, null, 2), "consents.json", "application/json");
    }

    async copyLink() {
        const url = await this.orm.call("res.partner", "consent_link", [this.customerId]);
        try {
            await browser.navigator.clipboard.writeText(url);
            this.notification.add(_t("The link is copied. Give it to this customer alone."), {
                type: "success",
            });
        } catch {
            // no clipboard without https: the link is there to be copied by hand
            this.notification.add(url, { title: _t("Link"), type: "info", sticky: true });
        }
    }

    async sendLink() {
        const email = await this.orm.call("res.partner", "consent_send_link", [this.customerId]);
        this.notification.add(_t("The link is on its way to %s.", email), { type: "success" });
    }
}

registry.category("view_widgets").add("customer_consents", {
    component: CustomerConsents,
    additionalClasses: ["d-block"],
});
