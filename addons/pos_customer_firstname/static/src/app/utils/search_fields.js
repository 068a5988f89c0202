import { formFieldsOfQuery } from "@pos_customer/app/utils/customer_rows";
import { customerSearchFields } from "@pos_customer/app/utils/search_fields";
import { _t } from "@web/core/l10n/translation";

// "Last, First" is how one writes it with a comma
customerSearchFields.add("lastname", { label: () => _t("Last name") }, { sequence: 12 });
customerSearchFields.add("firstname", { label: () => _t("First name") }, { sequence: 14 });
formFieldsOfQuery.push("firstname", "lastname");
