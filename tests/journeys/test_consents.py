"""Consents at a till whose customer display is another device."""

from uuid import uuid4

import pytest
from conftest import PATIENCE, TILL, call, open_till
from playwright.sync_api import expect

RUN = uuid4().hex[:6]
NORA = f"Nora {RUN}"
CODE = f"journey_{RUN}"
ENGLISH, FRENCH = "You may write to me.", "Vous pouvez m'écrire."


@pytest.fixture
def owner(visitor):
    return visitor("admin")


@pytest.fixture
def purpose(owner):
    """A purpose with words in two languages; it is given up when the test is over."""
    [purpose] = call(
        owner, "consent.purpose", "create", [{"code": CODE, "name": f"News {RUN}"}]
    )
    texts = [
        {"purpose_id": purpose, "lang": lang, "body": body}
        for lang, body in (("en_US", ENGLISH), ("fr_FR", FRENCH))
    ]
    wordings = call(owner, "consent.wording", "create", texts)
    call(owner, "consent.wording", "action_publish", wordings)
    yield purpose
    call(owner, "consent.purpose", "action_archive", [purpose])


@pytest.fixture
def nora(owner):
    values = {"name": NORA, "is_customer": True, "lang": "fr_FR"}
    [nora] = call(owner, "res.partner", "create", [values])
    yield nora
    call(owner, "res.partner", "action_archive", [nora])


@pytest.fixture
def till(visitor, shop, purpose, nora):
    page = visitor("sam")
    open_till(page, shop)
    page.locator(".customers-button").click()
    page.locator(".customers-search input").fill(NORA)
    page.locator(".customers-list .customer-row", has_text=NORA).click()
    expect(choice(page)).to_be_visible()
    return page


@pytest.fixture
def display(browser, shop, till):
    """The page on a tablet in front of the customer, where nobody is logged in."""
    device = str(uuid4())
    till.evaluate("device => localStorage.setItem('device_uuid', device)", device)
    [config] = call(till, "pos.config", "search", [["name", "=", "Shop"]])
    context = browser.new_context(viewport=TILL)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{shop}/pos_customer_display/{config}/{device}")
    expect(page.locator(".o_customer_display")).to_be_visible()
    yield page
    context.close()


def choice(page):
    return page.locator(f".customer-card .consent-choice[data-purpose={CODE}]")


def question(page):
    return page.locator(f".consent-request-question[data-purpose={CODE}]")


def popup(page):
    return page.locator(".consent-display-popup")


def ask(till):
    """Until the display has heard it: a page that just opened may need a second try."""
    till.locator(".customer-card-consent-display").click()
    again = till.locator(".consent-display-again")
    reading = till.locator(".consent-display-popup[data-state=reading]")
    for _attempt in range(5):
        expect(again.or_(reading)).to_be_visible()
        if reading.is_visible():
            return
        again.click()
        till.wait_for_timeout(500)
    expect(reading).to_be_visible()


def answers(owner, nora):
    items = call(owner, "res.partner", "consent_get", [nora])
    return next(item for item in items if item["purpose"] == CODE)


def test_the_customer_answers_on_another_device(till, display, owner, nora, picture):
    ask(till)
    wording = question(display).locator(".consent-request-wording")
    expect(wording).to_have_text(FRENCH)
    expect(display.locator(".consent-request [aria-pressed=true]")).to_have_count(0)
    expect(display.locator(".consent-request-confirm")).to_be_disabled()
    picture(display, "consent_display")
    question(display).locator(".consent-request-yes").click()
    line = till.locator(f".consent-display-line[data-purpose={CODE}]")
    expect(line).to_have_attribute("data-answer", "yes")
    picture(till, "consent_display_at_the_till")
    assert answers(owner, nora)["state"] == "unanswered"
    # thanked for when it has arrived, and not when the network swallowed it
    confirm = display.locator(".consent-request-confirm")
    thanks = display.locator(".consent-request-thanks")
    route = "**/pos_customer_consent/display"
    display.route(route, lambda swallowed: swallowed.abort())
    confirm.click()
    expect(confirm).to_be_disabled()
    expect(confirm).to_be_enabled()
    expect(thanks).to_have_count(0)
    expect(popup(till)).to_have_attribute("data-state", "reading")
    display.unroute(route)
    confirm.click()
    expect(popup(till)).to_have_attribute("data-state", "answered")
    expect(thanks).to_be_visible()
    till.locator(".consent-display-close").click()
    state = choice(till).locator(".customer-card-consent-state")
    expect(state).to_have_attribute("data-state", "granted")
    answer = answers(owner, nora)
    assert (answer["state"], answer["channel"]) == ("granted", "customer_display")
    picture(till, "consent_card")

    # taken back at the till
    ask(till)
    question(display).locator(".consent-request-no").click()
    till.locator(".consent-display-close").click()
    expect(question(display)).to_have_count(0)
    # not now, says the customer
    ask(till)
    display.locator(".consent-request-decline").click()
    expect(popup(till)).to_have_attribute("data-state", "declined")
    assert answers(owner, nora) == answer
