"""A customer and an operator, each with a browser of their own, and one account."""

import pytest
from access import ACTING, SESSION
from conftest import call
from playwright.sync_api import expect

BANNER = ".o_customer_acting"
SAMPLE = "Free sample"


@pytest.fixture
def profile(browser, access_shop):
    """Log somebody in, in a browser profile of their own; gives its page."""
    contexts = []

    def open_profile(login):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        log_in(page, access_shop, login)
        return page

    yield open_profile
    for context in contexts:
        context.close()


def log_in(page, shop, login):
    page.goto(f"{shop.address}/web/login?redirect=/my")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login * 3)
    page.click(".oe_login_form button[type=submit]")
    page.wait_for_url("**/my")


def put_into_the_cart(page, shop):
    page.goto(f"{shop.address}/shop?search={SAMPLE}")
    page.locator(".oe_product", has_text=SAMPLE).locator("a").first.click()
    # before its scripts have begun, the button does nothing
    page.wait_for_load_state("networkidle")
    # the answer comes once the cart holds it
    with page.expect_response("**/shop/cart/add"):
        page.locator("#add_to_cart").click()


def lines(page, shop):
    page.goto(f"{shop.address}/shop/cart")
    return page.locator("#cart_products .o_cart_product", has_text=SAMPLE)


def order(page, shop):
    """From the cart to an order; its name."""
    put_into_the_cart(page, shop)
    page.goto(f"{shop.address}/shop/checkout?try_skip_step=true")
    page.goto(f"{shop.address}/shop/payment")
    page.locator("form[name=o_wsale_confirm_order] button:visible").click()
    page.wait_for_url("**/shop/confirmation*")
    page.goto(f"{shop.address}/my/orders")
    return page.locator(".o_portal_my_doc_table a").first.inner_text().strip()


def test_one_account_two_browsers(profile, access_shop, picture):
    shop = access_shop
    cora, olga = profile("cora"), profile("olga")
    put_into_the_cart(olga, shop)
    expect(lines(olga, shop)).to_have_count(1)

    # the operator takes over, and the customer is out
    link = call(
        olga,
        "res.partner",
        "customer_impersonate",
        [shop.partner("cora")],
        reason="order",
    )
    olga.goto(link["url"])
    expect(olga.locator(BANNER)).to_contain_text("Cora")
    picture(olga, "access-acting")
    cora.goto(f"{shop.address}/my")
    expect(cora.locator(".oe_login_form")).to_be_visible()

    # what the operator had in the cart is not the customer's, nor the other way round
    expect(lines(olga, shop)).to_have_count(0)
    name = order(olga, shop)
    expect(olga.locator(BANNER)).to_be_visible()
    olga.locator(".o_portal_my_doc_table a", has_text=name).click()
    expect(olga.locator("#portal_sale_content, #quote_content").first).to_contain_text(
        "Olga"
    )
    picture(olga, "access-ordered")

    # the customer logs in, and the acting ends: at the latest with the next page
    olga.goto(f"{shop.address}/my/orders")
    log_in(cora, shop, "cora")
    olga.goto(f"{shop.address}/my")
    expect(olga.locator(BANNER)).to_have_count(0)
    expect(lines(olga, shop)).to_have_count(1)
    assert shop.last("ended_how") == "login"

    # the customer sees who was there, what was done, and who placed the order
    cora.goto(f"{shop.address}/my/help")
    expect(cora.locator("#wrap")).to_contain_text("Olga")
    expect(cora.locator("#wrap")).to_contain_text(name)
    picture(cora, "access-log")
    cora.goto(f"{shop.address}/my/orders")
    cora.locator(".o_portal_my_doc_table a", has_text=name).click()
    expect(cora.locator("#wrap")).to_contain_text("Olga")
    picture(cora, "access-order-of-the-customer")


def test_the_window_notices(profile, access_shop, picture):
    """A page that nobody touches leaves by itself when somebody else ends it."""
    shop = access_shop
    olga = profile("olga")
    link = call(
        olga,
        "res.partner",
        "customer_impersonate",
        [shop.partner("carl")],
        reason="help",
    )
    olga.goto(link["url"])
    expect(olga.locator(BANNER)).to_be_visible()
    shop.browser("carl")  # the customer logs in
    olga.wait_for_url("**/customer/acting/over", timeout=60_000)
    picture(olga, "access-over")


def test_leaving(profile, access_shop):
    shop = access_shop
    olga = profile("olga")
    own = cookies(olga)
    link = call(
        olga,
        "res.partner",
        "customer_impersonate",
        [shop.partner("carl")],
        reason="help",
    )
    olga.goto(link["url"])
    assert cookies(olga).keys() >= {ACTING, SESSION}
    olga.locator(f"{BANNER} button").click()
    olga.wait_for_url("**/customer/acting/over")
    assert cookies(olga)[SESSION] == own[SESSION]
    assert ACTING not in cookies(olga)


def cookies(page):
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
