export const click = (trigger) => ({ trigger, run: "click" });

export const search = (text) => ({
    content: `search for ${text}`,
    trigger: ".customers-search input",
    run: `edit ${text}`,
});

export const row = (name) => `.customers-list .customer-row:contains(${name})`;

/** From the Customer button of the product or the payment screen to a chosen customer. */
export function chooseCustomer(name) {
    return [
        { ...click(".btn-switchpane.review-button"), isActive: ["mobile", ".product-screen"] },
        click(".product-screen .set-partner, .payment-screen .partner-button"),
        { trigger: ".customers-screen .customers-choosing" },
        search(name),
        click(row(name)),
        { trigger: ".product-screen, .payment-screen" },
    ];
}
