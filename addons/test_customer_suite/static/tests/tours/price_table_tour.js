/* global posmodel */
import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import { registry } from "@web/core/registry";

const CASES = "test_customer_suite.price_cases";
const RESULT = "test_customer_suite.price_result";
const QUANTITY = 3;

function call(method, ...args) {
    return posmodel.env.services.orm.call("ir.config_parameter", method, args);
}

function customer(id) {
    return posmodel.models["res.partner"].get(id);
}

/** Have every customer in the cache, as a till that served them before. */
async function loadCustomers(cases) {
    await posmodel.data.callRelated("res.partner", "get_new_partner", [
        posmodel.config.id,
        [["id", "in", Object.values(cases.customers)]],
        0,
    ]);
}

async function addProducts(order, products) {
    for (const { template, values, extra } of products) {
        const record = posmodel.models["product.template"].get(template);
        await posmodel.addLineToOrder(
            {
                product_tmpl_id: record,
                qty: QUANTITY,
                payload: {
                    attribute_value_ids: values,
                    attribute_custom_values: [],
                    price_extra: extra,
                },
            },
            order,
            {},
            values.length > 0
        );
    }
}

function read(order) {
    const prices = {};
    for (const line of order.lines) {
        prices[line.product_id.product_tmpl_id.name] = line.price_unit;
    }
    return { prices, total: order.priceIncl };
}

/** Products first and the customer afterwards, then another one and back again. */
async function sell(cases, id) {
    const order = posmodel.addNewOrder();
    if (posmodel.config.default_preset_id) {
        order.setPreset(posmodel.config.default_preset_id);
    }
    await addProducts(order, cases.products);
    order.setPartner(customer(id));
    const picked = read(order);
    order.setPartner(false);
    order.setPartner(customer(id));
    const changed = read(order);
    return { order, picked, changed };
}

function manualPrice(order, id) {
    const line = order.lines[0];
    line.setUnitPrice(1.23);
    line.price_type = "manual";
    order.setPartner(false);
    order.setPartner(customer(id));
    return line.price_unit;
}

/** A refund that has no customer yet gets one: nothing moves. */
function refundPrice(cases, id) {
    const order = posmodel.addNewOrder();
    const template = posmodel.models["product.template"].get(cases.products[0].template);
    order.is_refund = true;
    const line = posmodel.models["pos.order.line"].create({
        order_id: order,
        product_id: template.product_variant_ids[0],
        price_unit: 4.56,
        price_type: "automatic",
        qty: -1,
    });
    order.setPartner(customer(id));
    return line.price_unit;
}

async function soldOffline(cases, id) {
    const network = posmodel.data.network;
    network.offline = true;
    try {
        return (await sell(cases, id)).picked;
    } finally {
        network.offline = false;
    }
}

async function soldLater(cases, id, days) {
    const now = luxon.Settings.now;
    luxon.Settings.now = () => Date.now() + days * 24 * 3600 * 1000;
    try {
        return (await soldOffline(cases, id)).prices;
    } finally {
        luxon.Settings.now = now;
    }
}

// a step of a tour has ten seconds: one step for each customer
const MAX_CUSTOMERS = 8;
let cases;
let result;

async function start() {
    cases = JSON.parse(await call("get_param", CASES));
    result = {};
    await loadCustomers(cases);
}

async function runCustomer(index) {
    const [name, id] = Object.entries(cases.customers)[index] || [];
    if (!id) {
        return;
    }
    const { order, picked, changed } = await sell(cases, id);
    result[name] = {
        picked,
        changed,
        offline: await soldOffline(cases, id),
        manual: manualPrice(order, id),
        refund: refundPrice(cases, id),
    };
    if (id === cases.proof) {
        result[name].expired = await soldLater(cases, id, 2);
    }
}

async function finish() {
    await call("set_param", RESULT, JSON.stringify(result));
}

function step(content, run) {
    return { content, trigger: ".product-screen", run };
}

registry.category("web_tour.tours").add("customer_price_table_tour", {
    steps: () =>
        [
            Chrome.startPoS(),
            step("read the table", start),
            Array.from({ length: MAX_CUSTOMERS }, (_, index) =>
                step(`customer ${index}`, () => runCustomer(index))
            ),
            step("hand over the result", finish),
            Chrome.endTour(),
        ].flat(),
});
