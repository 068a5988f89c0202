import { Component } from "@odoo/owl";
import { customerCardSections } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { _t } from "@web/core/l10n/translation";

const isFilled = ({ street, street2, zip, city }) => Boolean(street || street2 || zip || city);

/** Where the customer lives, and where goods and invoices go. */
export class AddressSection extends Component {
    static template = "pos_customer.CustomerAddressSection";
    static props = { card: Object, partnerId: Number };

    setup() {
        this.pos = usePos();
    }

    get addresses() {
        const titles = { delivery: _t("Delivery address"), invoice: _t("Invoice address") };
        return this.props.card.identity.addresses.filter(isFilled).map((address, index) => ({
            key: index,
            title: (index && titles[address.kind]) || _t("Address"),
            name: index ? address.name : "",
            lines: this.linesOf(address),
        }));
    }

    linesOf({ street, street2, zip, city, country }) {
        const home = this.pos.company.country_id?.code;
        const abroad = country && country !== home;
        return [
            street,
            street2,
            [zip, city].filter(Boolean).join(" "),
            abroad && this.pos.models["res.country"].find((c) => c.code === country)?.name,
        ].filter(Boolean);
    }
}

customerCardSections.add(
    "addresses",
    {
        component: AddressSection,
        isShown: ({ identity }) => identity.addresses.some(isFilled),
    },
    { sequence: 30 }
);
