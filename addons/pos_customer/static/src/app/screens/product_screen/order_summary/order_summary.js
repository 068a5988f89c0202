import { OrderSummary } from "@point_of_sale/app/screens/product_screen/order_summary/order_summary";
import { OrderCustomerLine } from "@pos_customer/app/components/order_customer_line/order_customer_line";

Object.assign(OrderSummary.components, { OrderCustomerLine });
