import { CustomerRow } from "@pos_customer/app/screens/customers_screen/customer_row/customer_row";
import { patch } from "@web/core/utils/patch";

patch(CustomerRow.prototype, {
    /** The comma of a name that begins with the last name ends no company. */
    get nameParts() {
        const { name, firstname, lastname } = this.props.row;
        const own = `${lastname}, ${firstname}`;
        if (!firstname || !lastname || !name.endsWith(own)) {
            return super.nameParts;
        }
        return { name: own, company: name.slice(0, -own.length).replace(/, $/, "") };
    },
});
