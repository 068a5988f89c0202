import { customerCardActions } from "@pos_customer/app/screens/customers_screen/customer_card/customer_card_actions";
import { ImpersonatePopup } from "@pos_customer_impersonate/app/components/popups/impersonate_popup/impersonate_popup";
import { _t } from "@web/core/l10n/translation";

customerCardActions.add(
    "log_in_as",
    {
        icon: "fa-sign-in",
        text: () => _t("Log in as…"),
        isShown: ({ pos, card, isOffline }) =>
            Boolean(card.log_in_as?.has_account) && !isOffline && pos.cashier?._role !== "minimal",
        run({ pos, row, card }) {
            pos.dialog.add(ImpersonatePopup, { partnerId: row.id, name: card.identity.name });
        },
    },
    { sequence: 35 }
);
