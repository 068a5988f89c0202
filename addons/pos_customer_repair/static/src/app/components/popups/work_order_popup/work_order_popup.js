import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { withPatience } from "@pos_customer/app/utils/patience";
import { ItemField } from "@pos_customer_repair/app/components/item_field/item_field";
import { PhotoField } from "@pos_customer_repair/app/components/photo_field/photo_field";
import { WorkOrder } from "@pos_customer_repair/app/utils/work_order";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

const PHOTO_PATIENCE = 30000; // ms that a photo may take on a slow line

/**
 * Take in what a customer brings. Answers with `{ ticket, deposit }` once the server has
 * made the repair; what is typed until then is kept, whatever becomes of the window.
 */
export class WorkOrderPopup extends Component {
    static template = "pos_customer_repair.WorkOrderPopup";
    static components = { Dialog, ItemField, PhotoField };
    static props = {
        partner: Object,
        /** UUID by which a colleague has allowed it for a customer who is blocked. */
        workOrder: WorkOrder,
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.orm = useService("orm");
        this.form = useRef("form");
        this.work = useState(this.props.workOrder);
        this.state = useState({ tried: false, busy: false, error: "", offline: false });
        useEffect(
            () => this.form.el.querySelector("input, textarea")?.focus(),
            () => []
        );
        useEffect(
            () => this.work.keep(),
            () => Object.values(this.work.values)
        );
    }

    get title() {
        return _t("Work order for %s", this.props.partner.name);
    }

    /** Told once somebody has tried to make it. */
    get problems() {
        return this.state.tried ? this.work.problems : {};
    }

    get mayAgreePrice() {
        return Boolean(this.pos.config.raw.customer_labour_product_id);
    }

    get mayTakeDeposit() {
        return this.mayAgreePrice && Boolean(this.pos.config.raw.down_payment_product_id);
    }

    get today() {
        return luxon.DateTime.now().toISODate();
    }

    async confirm() {
        if (this.state.busy) {
            return;
        }
        this.state.tried = true;
        const [wrong] = Object.keys(this.work.problems);
        if (wrong) {
            this.form.el.querySelector(`[name=${wrong}]`)?.focus();
            return;
        }
        Object.assign(this.state, { busy: true, error: "", offline: false });
        try {
            const ticket = await this.save();
            this.work.forget();
            this.props.getPayload({ ticket, deposit: this.work.deposit });
            this.props.close();
        } catch (error) {
            this.state.offline = error instanceof ConnectionLostError;
            this.state.error = this.state.offline ? "" : serverMessage(error);
        } finally {
            this.state.busy = false;
        }
    }

    async save() {
        if (this.pos.data.network.offline) {
            throw new ConnectionLostError();
        }
        const { serverValues, uuid } = this.work;
        return withPatience(
            this.orm.call("repair.order", "customer_repair_create", [
                serverValues,
                uuid,
                this.pos.config.id,
            ]),
            this.work.photos.length * PHOTO_PATIENCE
        );
    }

    get isSendingPhotos() {
        return this.state.busy && this.work.photos.length > 0;
    }

    /** Enter goes from field to field as in a form on paper; Ctrl+Enter makes it. */
    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            this.confirm();
        }
    }

    discard() {
        this.work.forget();
        this.props.close();
    }
}
