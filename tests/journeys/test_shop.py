"""A day in the demo shop, by the hands of its people, with a picture of each screen."""

import re

from conftest import open_till
from playwright.sync_api import expect


def test_the_back_office_shows_the_imported_customers(visitor, shop, picture):
    page = visitor("marie")
    page.goto(f"{shop}/odoo/customer-file")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    # a thousand were imported, and a few are made at the till meanwhile
    expect(page.locator(".o_pager_limit")).to_contain_text(re.compile(r"^10\d\d$"))
    picture(page, "customers-list")


def test_the_form_of_a_customer(visitor, shop, picture, student):
    page = visitor("admin")
    page.goto(f"{shop}/odoo/customer-file")
    search = page.locator(".o_searchview_input")
    search.fill(student["Name"])
    # before the choices are there, Enter has nothing to choose
    expect(
        page.locator(".o_searchview_autocomplete .o-dropdown-item").first
    ).to_be_visible()
    search.press("Enter")
    row = page.locator(".o_data_row", has_text=student["Customer Code"])
    row.locator("[name=complete_name]").click()
    expect(page.locator("[name=customer_type_id] input")).to_have_value("Student")
    picture(page, "customer-form")


def test_a_student_is_served_at_the_till(visitor, shop, picture, student):
    page = visitor("sam")
    open_till(page, shop)
    page.locator("article.product", has_text="Notebook A5, squared").click()
    page.locator("article.product", has_text="Atlas of Small Islands").click()
    page.locator(".customers-button").click()
    expect(page.locator(".customers-screen .customer-row").first).to_be_visible()
    page.keyboard.type(student["Name"])
    row = page.locator(".customer-row", has_text=student["Customer Code"])
    row.locator(".customer-row-pick").click()
    line = page.locator(".order-customer-line")
    expect(line.locator(".customer-type")).to_contain_text("Student −10")
    expect(page.locator(".order-summary .total")).to_contain_text("32.85")
    picture(page, "till")
    page.locator(".pay-order-button, .pay").first.click()
    page.locator(".paymentmethod").first.click()
    page.locator(
        ".payment-screen .validation-button, .payment-screen .next"
    ).first.click()
    saving = page.locator(".pos-receipt .customer-type-saving")
    expect(saving).to_contain_text("Student −10")
    expect(saving).to_contain_text("3.65")
    picture(page, "receipt")
