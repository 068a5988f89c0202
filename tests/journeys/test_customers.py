"""The customers at the till of the demo shop: on a till, on a tablet and on a phone.

Each picture is kept after what it shows was asserted.
"""

from uuid import uuid4

import pytest
from conftest import open_till
from playwright.sync_api import expect

DEVICES = {
    "till": {"viewport": {"width": 1366, "height": 800}},
    "tablet": {"viewport": {"width": 1024, "height": 768}, "has_touch": True},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
    },
}


def somebody(first):
    """A name that nobody has, whatever ran before."""
    return f"{first} {uuid4().hex[:6]}"


class Till:
    """A till in the hands of somebody, on some device."""

    def __init__(self, page, shop, device, picture):
        self.page = page
        self.device = device
        self.picture = picture
        open_till(page, shop)

    def see(self, selector, text=None):
        found = self.page.locator(selector, has_text=text).first
        expect(found).to_be_visible()
        return found

    def tap(self, selector, text=None):
        self.see(selector, text).click()

    def keep(self, name):
        """Keep a picture of what was just seen."""
        self.page.wait_for_timeout(300)  # colours of a tap fade
        self.picture(self.page, f"{self.device}-{name}")

    @property
    def is_small(self):
        return self.device == "phone"

    def customers(self):
        self.tap(".customers-button")
        self.see(".customers-screen .customer-row")

    def search(self, text):
        self.page.fill(".customers-search input", text)
        expect(
            self.page.locator(f'.customers-list[data-answered="{text}"]')
        ).to_be_visible()

    def close_card(self):
        self.tap(".customer-card-back, .customer-card-close")

    def save_customer(self, **values):
        for name, value in values.items():
            self.page.fill(f".customer-form [name={name}]", value)
        self.tap(".customer-form-save")

    def search_orders(self, name):
        """Rows of a phone name nobody, and are found by the name."""
        self.page.fill(".pos-search-bar input", name)
        self.page.keyboard.press("Enter")

    def pay(self):
        if self.is_small:
            self.tap(".btn-switchpane.pay-button")
        else:
            self.tap(".pay-order-button, .pay")


@pytest.fixture(params=DEVICES)
def till_of(request, visitor, shop, picture):
    """``till_of("sam")``: the till, opened by somebody who logs in."""
    options = DEVICES[request.param]
    return lambda login: Till(visitor(login, **options), shop, request.param, picture)


def test_find_and_show(till_of, student):
    till = till_of("sam")
    till.customers()
    till.search(student["Name"].split()[-1].lower())
    till.see(".customer-row", student["Name"])
    till.keep("search")
    till.tap(".customers-filters-toggle")
    till.see(".customers-filters")
    till.keep("filters")
    till.tap(".customers-filters-toggle")
    till.tap(".customers-fields-toggle")
    till.see(".customers-field.active")
    till.keep("fields")
    till.tap(".customers-fields-toggle")
    till.search("0612345699 qz")
    till.see(".customers-create-query", "0612345699 qz")
    till.keep("nobody")
    till.search(student["Customer Code"])
    till.tap(".customer-row", student["Name"])
    till.see(".customer-card .customer-card-barcode svg")
    till.see(".customer-card-name", student["Name"])
    till.keep("card")


def test_make_and_lose_the_connection(till_of, student):
    till = till_of("sam")
    till.customers()
    till.tap(".customers-new")
    till.page.fill(".customer-form [name=name]", "Somebody")
    till.page.fill(".customer-form [name=email]", student["Email"])
    till.see(".customer-duplicate", student["Name"])
    till.keep("duplicate")
    till.tap(".customer-duplicate-use")
    till.see(".customer-card-name", student["Name"])
    till.close_card()
    name = somebody("Wim")
    till.page.context.set_offline(True)
    till.tap(".customers-new")
    till.save_customer(name=name)
    till.see(".customer-card-name", name)
    if till.is_small:
        till.close_card()
    till.see(".customer-row", name)
    till.see(".customers-offline")
    till.keep("offline")
    till.tap(".customers-unsent")
    till.see(".customer-draft", name)
    till.keep("waiting")
    till.tap(".customer-drafts-close")
    till.page.context.set_offline(False)
    expect(till.page.locator(".customers-unsent")).to_be_hidden()
    till.search(name)
    expect(till.page.locator(".customer-row", has_text=name)).to_have_count(1)


def test_block_and_change_the_customer_of_an_order(till_of):
    till = till_of("marie")  # who speaks French
    blocked, other = somebody("Bo"), somebody("Ina")
    till.customers()
    for name in (other, blocked):
        till.tap(".customers-new")
        till.save_customer(name=name)
        till.see(".customer-card-name", name)
        if till.is_small:
            till.close_card()
    till.search(blocked)
    till.tap(".customer-row", blocked)
    till.tap(".customer-card-action-block")
    till.see(".customer-block-popup")
    till.keep("block")
    till.page.check(".customer-block-popup [name=pos]")
    till.page.locator(".customer-block-popup [name=reason]").select_option(index=1)
    till.tap(".customer-block-confirm")
    till.see(".customer-card .customer-card-block")
    till.keep("blocked-card")
    till.tap(".customer-card-pick")
    till.tap("article.product", "Notebook A5, squared")
    till.pay()
    till.see(".modal", f"{blocked} est bloqué")
    till.keep("refused")
    till.tap(".modal .btn-primary")
    till.tap(".payment-screen .paymentmethod")
    till.tap(".payment-screen .validation-button.next")
    till.see(".pos-receipt")
    till.tap(".orders-button")
    till.tap(".pos-search-bar .filter")
    till.tap(".pos-search-bar .filter ul li", "Payé")
    till.search_orders(blocked)
    till.tap(".ticket-screen .order-row")
    if till.is_small:
        till.tap(".btn-switchpane.review-button, .switchpane .review-button")
    till.tap(".ticket-screen .change-customer")
    till.page.fill(".customer-picker .customers-search input", other)
    till.see(".customer-picker .customer-row", other)
    till.keep("picker")
    till.tap(".customer-picker .customer-row", other)
    till.see(".customer-reassign-effects")
    till.keep("reassign")
    till.tap(".customer-reassign-reason")
    till.tap(".customer-reassign-confirm")
    expect(till.page.locator(".modal")).to_be_hidden()
    if not till.is_small:  # a phone shows the order alone, and not whose it is
        till.search_orders(other)
        till.see(".ticket-screen .order-row", other)
