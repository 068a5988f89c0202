"""Two browsers on one till, as in a shop with two counters."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import requests
from conftest import call, open_till
from playwright.sync_api import expect

AT_ONCE = 8
# names of their own for each run
RUN = uuid4().hex[:6]
DORA, ILKA, SIMON, TWILA, UNA = (
    f"{name} {RUN}" for name in ("Dora", "Ilka", "Simon", "Twila", "Una")
)


@pytest.fixture
def counters(visitor, shop):
    """Two browsers with sessions of their own, both on the customers of one till."""
    pages = [visitor("sam"), visitor("sam")]
    for page in pages:
        open_till(page, shop)
        page.locator(".customers-button").click()
        expect(page.locator(".customers-screen .customer-row").first).to_be_visible()
    return pages


@pytest.fixture
def owner(visitor):
    return visitor("admin")


@pytest.fixture(autouse=True)
def tidy(owner):
    """Leave no customers behind in a shop that is yours."""
    yield
    left = call(owner, "res.partner", "search", [["name", "like", RUN]])
    call(owner, "res.partner", "action_archive", left)


@pytest.fixture
def unique_emails(owner):
    """An e-mail address belongs to one customer only."""
    companies = call(owner, "res.company", "search", [])
    call(owner, "res.company", "write", companies, {"customer_email_unique": True})
    yield
    call(owner, "res.company", "write", companies, {"customer_email_unique": False})


def create(page, **values):
    page.locator(".customers-new").click()
    fill(page, **values)


def fill(page, **values):
    page.locator(".customer-form-more").click()
    for name, text in values.items():
        page.locator(f".customer-form [name={name}]").fill(text)
    page.locator(".customer-form-save").click()
    expect(page.locator(".customer-form")).to_have_count(0)


def row(page, name):
    return page.locator(".customers-list .customer-row", has_text=name)


def unsent(page):
    return page.locator(".customers-unsent")


def customers(owner, name):
    fields = ["name", "phone", "email", "city"]
    return call(owner, "res.partner", "search_read", [["name", "=", name]], fields)


def paid_order(page, **values):
    """A pen for 2.20 in cash, as a till sends it."""
    [session] = call(
        page,
        "pos.session",
        "search_read",
        [["config_id.name", "=", "Shop"], ["state", "=", "opened"]],
        ["company_id", "user_id", "payment_method_ids"],
    )
    [pen] = call(page, "product.product", "search", [["name", "=", "Gel pen, blue"]])
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
    line = {
        "uuid": str(uuid4()),
        "product_id": pen,
        "qty": 1,
        "price_unit": 2.2,
        "price_subtotal": 2.2,
        "price_subtotal_incl": 2.2,
        "tax_ids": [],
        "pack_lot_ids": [],
        "discount": 0,
    }
    payment = {
        "uuid": str(uuid4()),
        "amount": 2.2,
        "name": now,
        "payment_method_id": session["payment_method_ids"][0],
    }
    return {
        "uuid": str(uuid4()),
        "access_token": str(uuid4()),
        "session_id": session["id"],
        "company_id": session["company_id"][0],
        "user_id": session["user_id"][0],
        "partner_id": False,
        "date_order": now,
        "state": "paid",
        "amount_paid": 2.2,
        "amount_return": 0,
        "amount_tax": 0,
        "amount_total": 2.2,
        "to_invoice": False,
        "last_order_preparation_change": "{}",
        "lines": [[0, 0, line]],
        "payment_ids": [[0, 0, payment]],
        **values,
    }


def both_without_a_connection(counters, *typed):
    """Type a customer at each counter while the network is cut, then mend it."""
    for page, values in zip(counters, typed, strict=True):
        page.context.set_offline(True)
        create(page, **values)
        expect(row(page, values["name"]).locator(".customer-unsent")).to_be_visible()
        expect(unsent(page)).to_contain_text("1 customer waits to be sent")
    for page in counters:
        page.context.set_offline(False)
        expect(unsent(page)).to_have_count(0)


def test_what_one_writes_the_other_sees(counters, picture):
    left, right = counters
    create(left, name=TWILA, phone="+33 3 20 11 22 33")
    right.locator(".customers-search input").fill(TWILA)
    expect(row(right, TWILA)).to_contain_text("+33 3 20 11 22 33")
    # the right one is not touched any more
    row(left, TWILA).click()
    left.locator(".customer-card-edit").click()
    left.locator(".customer-form [name=phone]").fill("+33 3 20 99 99 99")
    left.locator(".customer-form-save").click()
    expect(row(right, TWILA)).to_contain_text("+33 3 20 99 99 99")
    picture(right, "two-counters")


def test_one_email_without_a_connection_is_one_customer(counters, owner, unique_emails):
    email = f"una-{RUN}@example.com"
    both_without_a_connection(
        counters,
        {"name": UNA, "email": email, "city": "Lille"},
        {"name": UNA, "email": email, "phone": "+33 3 20 44 55 66"},
    )
    [una] = customers(owner, UNA)
    assert una["email"] == email
    assert (una["city"], una["phone"]) == ("Lille", "+33 3 20 44 55 66")
    for page in counters:
        expect(row(page, UNA)).to_have_count(1)
        expect(page.locator(f".customer-card[data-id='{una['id']}']")).to_be_visible()


def test_one_phone_without_a_connection_is_two_to_check(counters, owner):
    digits = f"{int(RUN, 16):08d}"
    phone = f"+33 6 {' '.join(digits[i : i + 2] for i in range(0, 8, 2))}"
    both_without_a_connection(
        counters,
        {"name": DORA, "phone": phone},
        {"name": DORA, "phone": phone},
    )
    ids = {dora["id"] for dora in customers(owner, DORA)}
    assert len(ids) == 2
    pairs = call(
        owner,
        "customer.duplicate",
        "search_read",
        [["partner_id", "in", list(ids)]],
        ["partner_id", "other_id", "source"],
    )
    assert [{p["partner_id"][0], p["other_id"][0]} for p in pairs] == [ids]
    assert pairs[0]["source"] == "pos"


def test_one_order_sent_many_times_at_once(visitor, shop, owner):
    """With a customer who was made without a connection; each time over its own wire."""
    page = visitor("sam")
    open_till(page, shop)
    draft = {
        "uuid": str(uuid4()),
        "key": str(uuid4()),
        "values": {"name": SIMON},
    }
    order = paid_order(page, customer_draft=draft, customer_draft_uuid=draft["uuid"])
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}

    def send(_turn):
        return requests.post(
            f"{shop}/web/dataset/call_kw/pos.order/sync_from_ui",
            json={
                "params": {
                    "model": "pos.order",
                    "method": "sync_from_ui",
                    "args": [[order]],
                    "kwargs": {},
                }
            },
            cookies=cookies,
            timeout=90,
        ).json()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    [simon] = customers(owner, SIMON)
    orders = call(
        owner,
        "pos.order",
        "search_read",
        [["uuid", "=", order["uuid"]]],
        ["partner_id"],
    )
    assert [stored["partner_id"][0] for stored in orders] == [simon["id"]]
    assert all("result" in answer for answer in answers), answers


def test_what_is_refused_waits_for_the_cashier(counters, owner, picture):
    page, _other = counters
    [taken] = call(
        owner,
        "res.partner",
        "search_read",
        [["customer_code", "!=", False]],
        ["name", "customer_code"],
        limit=1,
    )
    page.context.set_offline(True)
    create(page, name=ILKA, customer_code=taken["customer_code"])
    expect(row(page, ILKA).locator(".customer-unsent")).to_be_visible()
    picture(page, "customers-without-connection")
    unsent(page).click()
    expect(page.locator(".customer-draft")).to_contain_text("Not sent yet")
    picture(page, "customers-waiting")
    page.locator(".customer-drafts-close").click()
    page.context.set_offline(False)
    expect(unsent(page)).to_contain_text("1 customer was not accepted")
    badge = row(page, ILKA).locator(".customer-unsent")
    expect(badge).to_have_text("Not accepted")
    unsent(page).click()
    expect(page.locator(".customer-draft-error")).to_contain_text(
        f"{taken['name']} already has"
    )
    picture(page, "customers-refused")
    page.locator(".customer-draft-correct").click()
    code = page.locator(".customer-form [name=customer_code]")
    expect(code).to_have_value(taken["customer_code"])
    expect(page.locator(".customer-form")).to_contain_text("already has")
    picture(page, "customers-correct")
    code.fill(f"ILKA-{RUN}")
    page.locator(".customer-form-save").click()
    expect(unsent(page)).to_have_count(0)
    [ilka] = call(
        owner,
        "res.partner",
        "search_read",
        [["customer_code", "=", f"ILKA-{RUN}"]],
        ["name"],
    )
    assert ilka["name"] == ILKA
