import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, useEffect, useState } from "@odoo/owl";

/** Where the customer is logged in: `customer_devices` of the server, asked once shown. */
export class CustomerDevices extends Component {
    static template = "customer_base.CustomerDevices";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ devices: [] });
        useEffect(
            (customerId) => {
                this.load(customerId);
            },
            () => [
                this.props.record.resId,
                // fewer after they were logged out
                this.props.record.data.customer_account_device_count,
            ]
        );
    }

    async load(customerId) {
        const devices = await this.orm.call("res.partner", "customer_devices", [customerId]);
        if (customerId === this.props.record.resId) {
            this.state.devices = devices;
        }
    }

    name({ browser, platform }) {
        return [browser, platform].filter(Boolean).join(", ");
    }

    ago({ last_activity }) {
        return deserializeDateTime(last_activity).toRelative();
    }

    exactly({ last_activity }) {
        return formatDateTime(deserializeDateTime(last_activity));
    }
}

registry.category("view_widgets").add("customer_devices", {
    component: CustomerDevices,
    fieldDependencies: [{ name: "customer_account_device_count", type: "integer" }],
    additionalClasses: ["d-block"],
});
