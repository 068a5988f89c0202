import { Component, useState } from "@odoo/owl";
import { WhatsappMessage } from "@pos_customer/app/components/popups/whatsapp_popup/whatsapp_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Choose a message, see it as the customer will, and open WhatsApp with it. */
export class WhatsappPopup extends Component {
    static template = "pos_customer.WhatsappPopup";
    static components = { Dialog };
    static props = {
        partnerId: Number,
        name: String,
        /** What the message is about, as "pos.order,1"; the customer by default. */
        document: { type: String, optional: true },
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.orm = useService("orm");
        const { partnerId, document } = this.props;
        this.message = useState(
            new WhatsappMessage({
                document,
                call: (method, kwargs) =>
                    this.orm.silent.call("res.partner", method, [[partnerId]], kwargs),
                open: (url) => browser.open(url, "_blank"),
                isOffline: () => this.pos.data.network.offline,
            })
        );
        this.message.load();
    }

    get title() {
        return _t("WhatsApp to %s", this.props.name);
    }

    async start() {
        if (await this.message.start()) {
            this.props.close();
        }
    }
}
