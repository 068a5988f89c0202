import { useEffect } from "@odoo/owl";
import { loadCustomer } from "@pos_customer/app/utils/load_customer";
import { findScanned } from "@pos_customer/app/utils/scanned_customer";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

const OF_PRODUCTS = ["product", "weight", "price", "quantity"];

const unlessOffline = (promise) =>
    promise.catch((error) => {
        if (!(error instanceof ConnectionLostError)) {
            throw error;
        }
    });

/**
 * While the component is shown, a customer who is scanned becomes the customer of the order.
 *
 * Asked before core, whose nomenclature would take some codes for discounts or coupons; a
 * product with the same code goes first.
 *
 * @param {function(Object): Promise} [findProduct] the product of a parsed barcode
 */
export function useCustomerScan(findProduct) {
    const pos = usePos();
    const reader = useService("barcode_reader");

    const isHeldProduct = ({ base_code }) =>
        ["product.product", "product.uom"].some((model) =>
            pos.models[model].getBy("barcode", base_code)
        );

    async function take(code, parsed) {
        const order = pos.getOrder();
        const mayBeProduct = findProduct && OF_PRODUCTS.includes(parsed?.type);
        if (!order || order.finalized || Array.isArray(parsed) || (mayBeProduct && isHeldProduct(parsed))) {
            return false;
        }
        const [product, row] = await Promise.all([
            mayBeProduct && unlessOffline(findProduct(parsed)),
            findScanned(pos, code),
        ]);
        if (product || !row) {
            return false;
        }
        const held = pos.models["res.partner"].get(row.id);
        const partner = (await unlessOffline(loadCustomer(pos, row.id))) || held;
        if (partner) {
            await pos.giveCustomer(partner);
        }
        return Boolean(partner);
    }

    useEffect(
        () => reader?.offerFirst(take),
        () => []
    );
}
