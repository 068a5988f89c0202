import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";

/** The button “Log in as…” of a customer's form; where it is not possible, it says why. */
export class LogInAs extends Component {
    static template = "customer_impersonate.LogInAs";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
    }

    get problem() {
        return this.props.record.data.customer_impersonate_problem;
    }

    async open() {
        if (!(await this.props.record.save())) {
            return;
        }
        const { resModel, resId } = this.props.record;
        await this.action.doAction(
            "customer_impersonate.customer_impersonation_wizard_action",
            { additionalContext: { active_model: resModel, active_id: resId, active_ids: [resId] } }
        );
    }
}

registry.category("view_widgets").add("customer_log_in_as", {
    component: LogInAs,
    fieldDependencies: [{ name: "customer_impersonate_problem", type: "char" }],
});
