import { reactive } from "@odoo/owl";
import { getOnNotified } from "@point_of_sale/utils";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/** What the till asks the customer: of this browser, or of another device over the network. */
export const consentDisplayDataService = {
    dependencies: ["bus_service"],
    start(env, { bus_service }) {
        const data = reactive({ request: false });
        let ended;
        // In this browser it is heard twice, and the second time maybe after its end.
        const take = ({ configId, request }) => {
            if (configId !== session.config_id || request.id === ended) {
                return;
            }
            if (!request.end) {
                data.request = request;
            } else if (request.id === data.request.id) {
                ended = request.id;
                data.request = request;
            }
        };
        new BroadcastChannel("CUSTOMER_CONSENT_REQUEST").onmessage = (event) => take(event.data);
        getOnNotified(bus_service, session.access_token)(
            `CUSTOMER_CONSENT_REQUEST-${session.device_uuid}`,
            take
        );
        return data;
    },
};

registry.category("services").add("consent_display_data", consentDisplayDataService);
