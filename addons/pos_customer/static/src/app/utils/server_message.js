import { ConnectionLostError } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";

/** What to tell the cashier about an error of a call; programming errors are thrown on. */
export function serverMessage(error) {
    if (error instanceof ConnectionLostError) {
        return _t("There is no connection to the server. Try again when it is back.");
    }
    if (error.data?.message) {
        return error.data.message;
    }
    throw error;
}
