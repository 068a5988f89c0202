import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { Dialog } from "@web/core/dialog/dialog";

/** A colleague who may allows one act at somebody else's till; nothing typed is kept. */
export class AuthorisationPopup extends Component {
    static template = "pos_customer.AuthorisationPopup";
    static components = { Dialog };
    static props = {
        reason: String,
        authorise: Function,
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.state = useState({ login: "", password: "", error: "", busy: false });
        this.loginRef = useRef("login");
        onMounted(() => this.loginRef.el.focus());
    }

    get isReady() {
        return Boolean(this.state.login.trim() && this.state.password && !this.state.busy);
    }

    async confirm() {
        if (!this.isReady) {
            return;
        }
        this.state.busy = true;
        this.state.error = "";
        try {
            const result = await this.props.authorise(
                this.state.login.trim(),
                this.state.password
            );
            this.props.getPayload(result);
            this.props.close();
        } catch (error) {
            this.state.password = "";
            this.state.error = serverMessage(error);
        } finally {
            this.state.busy = false;
        }
    }
}
