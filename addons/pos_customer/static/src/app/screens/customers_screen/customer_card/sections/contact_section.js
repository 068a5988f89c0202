import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";

/** How the customer is reached. */
export class ContactSection extends Component {
    static template = "pos_customer.CustomerContactSection";
    static props = { card: Object, partnerId: Number };

    get facts() {
        const { phone, email, website, vat } = this.props.card.identity;
        const { problem } = this.props.card.whatsapp;
        return [
            { name: "phone", icon: "fa-phone", text: phone, problem },
            { name: "email", icon: "fa-envelope-o", text: email },
            { name: "website", icon: "fa-globe", text: website },
            { name: "vat", icon: "fa-bank", text: vat },
        ].filter((fact) => fact.text);
    }
}

customerCardSections.add(
    "contact",
    {
        component: ContactSection,
        isShown: ({ identity }) =>
            Boolean(identity.phone || identity.email || identity.website || identity.vat),
    },
    { sequence: 20 }
);
