import { Navbar } from "@point_of_sale/app/components/navbar/navbar";
import { patch } from "@web/core/utils/patch";

patch(Navbar.prototype, {
    /** The screen needs no order, and leaves the one that is open alone. */
    onClickCustomers() {
        this.pos.navigate("CustomersScreen");
    },

    get mainButton() {
        return this.pos.router.state.current === "CustomersScreen"
            ? "customers"
            : super.mainButton;
    },
});
