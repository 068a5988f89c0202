import { Component, useState } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { useService } from "@web/core/utils/hooks";

/**
 * What the seller should know. That there is a sensitive note is seen; what it says is
 * asked of the server by a tap, and kept nowhere: it goes with the card.
 */
export class NoteSection extends Component {
    static template = "pos_customer.CustomerNoteSection";
    static props = { card: Object, partnerId: Number };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ sensitive: "", error: "", loading: false });
    }

    async read() {
        this.state.loading = true;
        this.state.error = "";
        try {
            this.state.sensitive = await this.orm.call(
                "res.partner",
                "customer_sensitive_note_read",
                [[this.props.partnerId]]
            );
        } catch (error) {
            this.state.error = serverMessage(error);
        } finally {
            this.state.loading = false;
        }
    }

    hide() {
        this.state.sensitive = "";
    }
}

customerCardSections.add(
    "note",
    { component: NoteSection, isShown: ({ note }) => Boolean(note.text || note.sensitive) },
    { sequence: 10 }
);
