/* global posmodel */
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";

export const click = (trigger) => ({ trigger, run: "click" });

/** Have somebody else do something: see `PosCustomerHttpCase.meanwhile`. */
export const meanwhile = (name) => ({
    content: `meanwhile: ${name}`,
    trigger: "body",
    run: () => posmodel.data.orm.call("pos.session", "customer_test_act", [posmodel.session.id, name]),
});

export const payBy = (method) => [
    PaymentScreen.clickPaymentMethod(method),
    PaymentScreen.clickValidate(),
    { trigger: ".receipt-screen .pos-receipt" },
];

export const onReceipt = (text) => ({ trigger: `.pos-receipt:contains("${text}")` });

export const spendButton = (name) => `.payment-screen .spend-points:contains("${name}")`;

/** How many points the customer wants to spend, by the keys of the keyboard. */
export const typeNumber = (number) => [
    { trigger: ".modal .popup-input" },
    ...String(number)
        .split("")
        .map((key) => ({ trigger: "body", run: `press ${key}` })),
    { trigger: `.modal .popup-input:contains("${number}")` },
];
