import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";

/** What the customer has or owes, one line for each module that keeps a balance. */
export class BalanceSection extends Component {
    static template = "pos_customer.CustomerBalanceSection";
    static props = { card: Object, partnerId: Number };
}

customerCardSections.add(
    "balances",
    { component: BalanceSection, isShown: ({ balances }) => Boolean(balances?.length) },
    { sequence: 45 }
);
