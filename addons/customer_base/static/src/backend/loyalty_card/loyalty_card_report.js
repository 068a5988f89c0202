import { registry } from "@web/core/registry";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download the loyalty cards without asking for wkhtmltopdf: the server draws them
 * itself, and core would show a page of HTML on a server that has none.
 *
 * @param {Object} action of the type ir.actions.report
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} whether the action was for us
 */
export async function downloadLoyaltyCards(action, options, env) {
    if (action.report_name !== "customer_base.loyalty_card") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), "qweb-pdf"]),
                context: JSON.stringify({ ...user.context, ...action.context }),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry.category("ir.actions.report handlers").add("customer_loyalty_card", downloadLoyaltyCards);
