import { onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { CustomerFinder } from "@pos_customer/app/screens/customers_screen/customer_finder";
import { rowOfPartner } from "@pos_customer/app/utils/customer_rows";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { useBus, useService } from "@web/core/utils/hooks";

/** A finder for this component, over the customers of the till and those of the server. */
export function useCustomerFinder() {
    const pos = usePos();
    const orm = useService("orm");
    const finder = useState(
        new CustomerFinder({
            fetch: ({ query, fields, filters }, limit, offset) =>
                orm.silent.call("res.partner", "customer_search", [], {
                    query,
                    limit,
                    offset,
                    ...(fields && { fields }),
                    ...(Object.keys(filters).length && { filters }),
                }),
            local: () => pos.models["res.partner"].filter((p) => p.isListedCustomer).map(rowOfPartner),
            isOffline: () => pos.data.network.offline,
        })
    );
    useExternalListener(window, "pos-network-online", () => finder.refresh());
    // what changes elsewhere shows here, and a customer who is gone cannot be tapped
    const sync = pos.customerSync;
    onWillUnmount(sync.watch(() => finder.heldIds));
    useBus(sync.bus, "changed", ({ detail }) => finder.update(detail.partners.map(rowOfPartner)));
    useBus(sync.bus, "gone", ({ detail }) => finder.forget(detail.ids));
    useBus(sync.bus, "moved", ({ detail }) => finder.replace(detail.oldId, rowOfPartner(detail.partner)));
    useBus(sync.bus, "reload", () => finder.refresh());
    onWillUnmount(() => finder.stop());
    return finder;
}
