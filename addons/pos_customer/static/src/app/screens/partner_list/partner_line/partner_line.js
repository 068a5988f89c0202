import { CustomerTypeBadge } from "@pos_customer/app/components/customer_type_badge/customer_type_badge";
import { PartnerLine } from "@point_of_sale/app/screens/partner_list/partner_line/partner_line";
import { patch } from "@web/core/utils/patch";

patch(PartnerLine, {
    components: { ...PartnerLine.components, CustomerTypeBadge },
});
