import { Component, useState } from "@odoo/owl";
import { useCustomerFinder } from "@pos_customer/app/hooks/customer_finder_hook";
import { CustomerList } from "@pos_customer/app/screens/customers_screen/customer_list/customer_list";
import { currentCustomer } from "@pos_customer/app/utils/load_customer";
import { serverMessage } from "@pos_customer/app/utils/server_message";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/**
 * Choose one customer, with the search of the Customers screen, for whatever needs one:
 *
 *     const partner = await makeAwaitable(dialog, CustomerPickerPopup, { title });
 *
 * gives the customer, fully loaded, `false` for "No customer", which `canClear` offers, and
 * `undefined` when nobody was chosen.
 */
export class CustomerPickerPopup extends Component {
    static template = "pos_customer.CustomerPickerPopup";
    static components = { CustomerList, Dialog };
    static props = {
        title: { type: String, optional: true },
        canClear: { type: Boolean, optional: true },
        getPayload: Function,
        close: Function,
    };

    setup() {
        this.pos = usePos();
        this.finder = useCustomerFinder();
        this.state = useState({ error: "", busy: false });
    }

    get title() {
        return this.props.title || _t("Choose a customer");
    }

    async choose(row) {
        if (this.state.busy) {
            return;
        }
        if (row.id < 0) {
            this.state.error = _t(
                "This customer was made without a connection and is not sent yet. Wait a moment, then try again."
            );
            return;
        }
        this.state.busy = true;
        this.state.error = "";
        try {
            const partner = await currentCustomer(this.pos, row.id);
            if (partner) {
                this.answer(partner);
            } else {
                this.state.error = _t(
                    "This customer was archived, merged or deleted meanwhile. Search again."
                );
            }
        } catch (error) {
            this.state.error = serverMessage(error);
        } finally {
            this.state.busy = false;
        }
    }

    answer(partner) {
        this.props.getPayload(partner);
        this.props.close();
    }
}
