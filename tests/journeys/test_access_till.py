"""From the till by a link: the till, a phone, and the customer at home, each a browser of its own."""

from collections import namedtuple
from uuid import uuid4

import pytest
from conftest import PATIENCE, call, open_till
from playwright.sync_api import expect

People = namedtuple("People", "customer nell ida")
PHONE = {"width": 390, "height": 844}
BANNER = ".o_customer_acting"


@pytest.fixture
def owner(visitor):
    return visitor("admin")


@pytest.fixture
def people(owner):
    """Nell, who has an online account, and Ida, who may log in as customers.

    :return: the customer's name and both logins, which are their passwords as well
    """
    run = uuid4().hex[:6]
    customer, nell, ida = f"Nell {run}", f"nell-{run}@example.com", f"ida-{run}"
    values = {"name": customer, "email": nell, "is_customer": True}
    partner = call(owner, "res.partner", "create", values)
    new_user(owner, nell, "base.group_portal", name=customer, partner_id=partner)
    rights = (
        "customer_base.group_customer_user",
        "customer_base.group_customer_impersonate",
    )
    new_user(owner, ida, *rights, name=f"Ida {run}")
    yield People(customer, nell, ida)
    # nobody is left behind in a shop that is yours
    logins = [["login", "in", [nell, ida]]]
    users = call(owner, "res.users", "search", logins)
    partners = call(owner, "res.users", "read", users, ["partner_id"])
    call(owner, "res.users", "action_archive", users)
    ids = [user["partner_id"][0] for user in partners]
    call(owner, "res.partner", "action_archive", ids)


def new_user(owner, login, *groups, **values):
    call(
        owner,
        "res.users",
        "create",
        {
            "login": login,
            "password": login,
            "group_ids": [[6, 0, [group_id(owner, xmlid) for xmlid in groups]]],
            **values,
        },
        context={"no_reset_password": True},
    )


def group_id(owner, xmlid):
    module, name = xmlid.split(".")
    domain = [["module", "=", module], ["name", "=", name]]
    [row] = call(owner, "ir.model.data", "search_read", domain, ["res_id"])
    return row["res_id"]


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def ask_for_link(till, people):
    """From the card of the customer to the link, by the word of Ida."""
    till.locator(".customers-button").click()
    till.locator(".customers-search input").fill(people.customer)
    till.locator(".customers-list .customer-row", has_text=people.customer).click()
    till.locator(".customer-card-action-log_in_as").click()
    till.locator(".impersonate-popup select[name=reason]").select_option("order")
    till.locator(".impersonate-confirm").click()
    till.locator(".authorisation-popup input[name=login]").fill(people.ida)
    till.locator(".authorisation-popup input[name=password]").fill(people.ida)
    till.locator(".authorisation-confirm").click()
    expect(till.locator(".impersonate-qr")).to_be_visible()
    return till.locator(".impersonate-url").input_value()


def user_of(page, shop):
    response = page.request.post(f"{shop}/web/session/get_session_info", data={})
    return response.json()["result"]["username"]


def test_till_and_phone(people, visitor, phone, shop, picture):
    home, till = visitor(people.nell), visitor("sam")
    open_till(till, shop)
    link = ask_for_link(till, people)
    picture(till, "access-till-link")

    # another tab of the till: nothing begins
    tab = till.context.new_page()
    tab.goto(link)
    expect(tab.locator(".alert-danger")).to_be_visible()
    expect(tab.locator("form[action='/customer/acting/start']")).to_have_count(0)
    assert user_of(till, shop) == "sam"

    # a phone where nobody is logged in: it asks, then it is the customer's
    phone.goto(link)
    assert user_of(home, shop) == people.nell, "looking at the link logs nobody out"
    phone.locator("form[action='/customer/acting/start'] button").click()
    expect(phone.locator(BANNER)).to_contain_text(people.customer)
    picture(phone, "access-till-phone")
    expect(till.locator(".impersonate-acting")).to_be_visible()
    expect(till.locator(".impersonate-qr")).to_have_count(0)
    home.goto(f"{shop}/my")
    expect(home.locator(".oe_login_form")).to_be_visible()

    # left on the phone, seen at the till, which is still its cashier's
    phone.locator(f"{BANNER} button").click()
    expect(phone.locator(BANNER)).to_have_count(0)
    expect(till.locator(".impersonate-ended")).to_be_visible()
    picture(till, "access-till-ended")
    assert user_of(till, shop) == "sam"
    phone.goto(link)
    expect(phone.locator("form[action='/customer/acting/start']")).to_have_count(0)


def test_ended_at_the_till(people, visitor, phone, shop):
    till = visitor("sam")
    open_till(till, shop)
    phone.goto(ask_for_link(till, people))
    phone.locator("form[action='/customer/acting/start'] button").click()
    expect(phone.locator(BANNER)).to_be_visible()
    till.locator(".impersonate-acting").wait_for()
    till.locator(".impersonate-end").click()
    expect(till.locator(".impersonate-ended")).to_be_visible()
    phone.goto(f"{shop}/my")
    expect(phone.locator(BANNER)).to_have_count(0)
    expect(phone.locator("body")).not_to_contain_text(people.customer)
