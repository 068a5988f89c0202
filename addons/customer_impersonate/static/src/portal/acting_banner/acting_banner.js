import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const BEAT = 30000; // ms

/**
 * Tells the server that the window is open still, and leaves the account when the server
 * has ended it: by time, because the customer logged in, or from outside.
 */
export class CustomerActingBanner extends Interaction {
    // Interactions live in the page, and the banner stands above it.
    static selector = ".o_customer_acting ~ #wrapwrap";

    start() {
        this.beat();
        const timer = setInterval(() => this.beat(), BEAT);
        this.registerCleanup(() => clearInterval(timer));
        const { until } = document.querySelector(".o_customer_acting").dataset;
        const left = new Date(until) - Date.now();
        this.waitForTimeout(() => this.over(), Math.max(left, 0) + 1000);
    }

    async beat() {
        try {
            const { acting } = await this.waitFor(rpc("/customer/acting/beat", {}, { silent: true }));
            if (!acting) {
                this.over();
            }
        } catch (error) {
            // A poor line may miss a beat; a session that is no more ends here.
            if (error.exceptionName === "odoo.http.SessionExpiredException") {
                this.over();
            }
        }
    }

    /** The page that gives the colleague's own session back. */
    over() {
        window.location.assign("/customer/acting/over");
    }
}

registry
    .category("public.interactions")
    .add("customer_impersonate.acting_banner", CustomerActingBanner);
