"""What an operator cannot do in the customer's account, and nothing at all who only looks."""

import html
import itertools
import re
import subprocess
from uuid import uuid4

import pytest
from access import INTERACTIVE, Refused

# what any request may leave behind, whoever makes it: devices, and the sign of life
NOT_WRITTEN = ("res_device_log", "customer_impersonation", "customer_journal")
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
    "RU5ErkJggg=="
)
PERSONS = (f"person{number}.{uuid4().hex[:6]}" for number in itertools.count())
ANSWERS = {}
ACCOUNT = """
    SELECT u.login, u.password, u.totp_secret, u.active, p.email, p.phone, p.name,
           p.street, p.city, p.vat, p.active, p.customer_help_until,
           (SELECT count(*) FROM res_users_apikeys WHERE user_id = u.id),
           (SELECT count(*) FROM auth_passkey_key WHERE create_uid = u.id),
           (SELECT count(*) FROM auth_totp_device WHERE user_id = u.id),
           (SELECT count(*) FROM res_partner WHERE parent_id = p.id AND type != 'delivery'),
           (SELECT count(*) FROM consent_event e JOIN customer_subject s
                              ON s.uuid = e.subject_uuid WHERE s.partner_id = p.id),
           (SELECT count(*) FROM mailing_subscription m JOIN mailing_contact c
                              ON c.id = m.contact_id WHERE c.email = p.email),
           (SELECT count(*) FROM mail_blacklist b WHERE b.active AND b.email = p.email)
      FROM res_users u JOIN res_partner p ON p.id = u.partner_id
     WHERE u.id = {}
"""


@pytest.fixture
def shop(access_shop):
    return access_shop


@pytest.fixture
def person(shop):
    """The login of a customer who has just got an account."""
    login = next(PERSONS)
    boss = shop.browser("boss")
    boss.rpc(
        "res.users",
        "create",
        [
            {
                "name": login.title(),
                "login": login,
                "email": f"{login}@access.example.com",
                "password": login * 3,
                "group_ids": [[6, 0, [shop.group("base.group_portal")]]],
                "lang": "en_US",
            }
        ],
    )
    values = {"is_customer": True, "phone": "+33 3 20 11 22 33"}
    boss.rpc("res.partner", "write", [shop.partner(login)], values)
    # what the customer's own page holds, for whoever comes to know it
    page = shop.browser(login).get("/my/consents").text
    answer = re.search(r'name="answer" value="([^"]+)"', page)[1]
    ANSWERS[login] = html.unescape(answer)
    return login


# -- what only the customer does ------------------------------------------------------------


def change_password(browser, login):
    browser.rpc("res.users", "change_password", login * 3, "a new one, of 91 letters")


def change_password_in_the_portal(browser, login):
    new = "a new one, of 91 letters"
    browser.form("/my/security", old=login * 3, new1=new, new2=new, op="password")


def change_email(browser, login):
    user = browser.shop.user(login)
    browser.rpc("res.users", "write", [user], {"email": "elsewhere@example.com"})


def change_phone(browser, login):
    user = browser.shop.user(login)
    browser.rpc("res.users", "write", [user], {"phone": "+33 6 00 00 00 00"})


def change_address(browser, login):
    browser.form("/my/address/submit", **address(browser, login))


def change_only_the_email_in_the_portal(browser, login):
    values = {**address(browser, login), "street": "", "city": ""}
    browser.form("/my/address/submit", **values)


def add_an_address_of_payment(browser, login):
    values = address(browser, login) | {"partner_id": ""}
    browser.form("/my/address/submit", **values)


def add_an_address_for_both(browser, login):
    values = address(browser, login) | {
        "partner_id": "",
        "address_type": "delivery",
        "use_delivery_as_billing": "true",
    }
    browser.form("/my/address/submit", **values)


def address(browser, login):
    shop = browser.shop
    country = shop.value("SELECT id FROM res_country WHERE code = 'FR'")
    return {
        "partner_id": shop.partner(login),
        "address_type": "billing",
        "name": "Somebody Else",
        "email": "elsewhere@example.com",
        "phone": "+33600000000",
        "street": "2 rue de la Gare",
        "city": "Roubaix",
        "zip": "59100",
        "country_id": country,
    }


def delete_the_account(browser, login):
    browser.form("/my/deactivate_account", validation=login, password=login * 3)


def make_a_key(browser, login):
    values = {"name": "a key", "duration": "1"}
    wizard = browser.rpc("res.users.apikeys.description", "create", [values])
    prove(browser, login, "res.users.apikeys.description", "make_key", wizard)


def switch_two_factors_on(browser, login):
    user = [browser.shop.user(login)]
    prove(browser, login, "res.users", "action_totp_enable_wizard", user)
    values = {"user_id": user[0], "secret": "A" * 32, "code": "123456"}
    wizard = browser.rpc("auth_totp.wizard", "create", [values])
    prove(browser, login, "auth_totp.wizard", "enable", wizard)


def write_the_secret_of_two_factors(browser, login):
    user = browser.shop.user(login)
    browser.rpc("res.users", "write", [user], {"totp_secret": "A" * 32})


def make_a_passkey(browser, login):
    user = [browser.shop.user(login)]
    prove(browser, login, "res.users", "action_create_passkey", user)
    wizard = browser.rpc("auth.passkey.key.create", "create", [{"name": "a passkey"}])
    prove(browser, login, "auth.passkey.key.create", "make_key", wizard, {})


def end_other_sessions(browser, login):
    user = [browser.shop.user(login)]
    prove(browser, login, "res.users", "action_revoke_all_devices", user)


def prove(browser, login, model, method, *args):
    """Make a call that asks for the password again, and give it."""
    answer = browser.rpc(model, method, *args)
    if (
        isinstance(answer, dict)
        and answer.get("res_model") == "res.users.identitycheck"
    ):
        check = [answer["res_id"]]
        browser.rpc("res.users.identitycheck", "write", check, {"password": login * 3})
        context = {"password": login * 3}
        browser.rpc("res.users.identitycheck", "run_check", check, context=context)


def answer_about_consents(browser, login):
    browser.form("/my/consents", answer=ANSWERS[login], granted="1")


def subscribe_to_a_list(browser, login):
    browser.call(
        "/website_mass_mailing/subscribe",
        list_id=int(browser.shop.value("SELECT min(id) FROM mailing_list")),
        value=f"{login}@access.example.com",
        subscription_type="email",
    )


def refuse_all_mailings(browser, login):
    browser.call("/mailing/blocklist/add", email=f"{login}@access.example.com")


def allow_help(browser, _login):
    browser.form("/my/help", allow="1")


FORBIDDEN = (
    change_password,
    change_password_in_the_portal,
    change_email,
    change_phone,
    change_address,
    change_only_the_email_in_the_portal,
    add_an_address_of_payment,
    add_an_address_for_both,
    delete_the_account,
    make_a_key,
    switch_two_factors_on,
    write_the_secret_of_two_factors,
    make_a_passkey,
    end_other_sessions,
    answer_about_consents,
    subscribe_to_a_list,
    refuse_all_mailings,
    allow_help,
)
# these change something when the customer does it, so that the refusal is one
IN_PERSON = (
    change_password,
    change_password_in_the_portal,
    change_email,
    change_phone,
    change_address,
    add_an_address_of_payment,
    add_an_address_for_both,
    delete_the_account,
    answer_about_consents,
    subscribe_to_a_list,
    refuse_all_mailings,
    allow_help,
)


def attempt(act, browser, login):
    try:
        act(browser, login)
    except Refused as refusal:
        return refusal
    return None


@pytest.mark.parametrize("act", IN_PERSON, ids=lambda act: act.__name__)
def test_in_person(shop, person, act):
    query = ACCOUNT.format(shop.user(person))
    before = shop.sql(query)
    assert attempt(act, shop.browser(person), person) is None
    assert shop.sql(query) != before


@pytest.mark.parametrize("act", FORBIDDEN, ids=lambda act: act.__name__)
def test_while_acting(shop, person, act):
    query = ACCOUNT.format(shop.user(person))
    before = shop.sql(query)
    olga = shop.browser("olga").act_as(person)
    refusal = attempt(act, olga, person)
    assert shop.sql(query) == before
    assert refusal is None or refusal.name in (
        "AccessError",
        "AccessDenied",
        "UserError",
    )
    assert olga.who() == person
    olga.leave()
    # the customer's own door is as it was
    shop.browser(person)


# -- looking only -------------------------------------------------------------------------


@pytest.fixture
def quotation(shop, person):
    """A quotation that the customer may accept: its address with the token of its link."""
    olga = shop.browser("olga")
    product = shop.value(
        "SELECT p.id FROM product_product p JOIN product_template t"
        " ON t.id = p.product_tmpl_id WHERE t.name->>'en_US' = 'Free sample'"
    )
    line = {"product_id": int(product), "product_uom_qty": 1, "price_unit": 12}
    values = {"partner_id": shop.partner(person), "order_line": [[0, 0, line]]}
    [order] = olga.rpc("sale.order", "create", [values])
    olga.rpc("sale.order", "action_quotation_sent", [order])
    token = str(uuid4())
    shop.sql(f"UPDATE sale_order SET access_token = '{token}' WHERE id = {order}")
    return order, token


def test_looking_only(shop, person, quotation):
    """Nothing at all is in the database afterwards, whatever was tried."""
    order, token = quotation
    user, partner = shop.user(person), shop.partner(person)
    product = int(shop.value("SELECT max(id) FROM product_product"))
    template = int(shop.value("SELECT max(id) FROM product_template"))
    olga = shop.browser("olga").act_as(person, read_only=True)
    # whoever comes first leaves compiled files behind
    pages = (
        "/my",
        "/my/orders",
        "/my/quotes",
        f"/my/orders/{order}",
        # tells the seller that the customer has seen it
        f"/my/orders/{order}?access_token={token}",
        f"/my/orders/{order}?access_token={token}&report_type=pdf&download=true",
        "/my/account",
        "/my/addresses",
        "/my/security",
        "/my/consents",
        "/my/loyalty",
        "/shop",
        f"/shop/{template}",
        "/shop/cart",
        "/shop/checkout",
        "/shop/payment",
        "/shop/payment/validate",
        "/shop/wishlist",
        "/contactus",
        "/web/become",
    )
    for page in pages:
        olga.get(page)
    before = everything(shop)
    for page in pages:
        assert olga.get(page).status_code < 500
        olga._send("HEAD", page)
        olga._send("OPTIONS", page)
    for act in FORBIDDEN:
        attempt(act, olga, person)
    calls = (
        (
            "/shop/cart/add",
            {"product_template_id": template, "product_id": product, "quantity": 1},
        ),
        (
            "/shop/cart/quick_add",
            {"product_template_id": template, "product_id": product},
        ),
        ("/shop/wishlist/add", {"product_id": product}),
        (
            f"/my/orders/{order}/accept",
            {"access_token": token, "name": "x", "signature": PIXEL},
        ),
        (f"/my/orders/{order}/transaction", {"access_token": token}),
        (
            "/mail/message/post",
            {
                "thread_model": "sale.order",
                "thread_id": order,
                "post_data": {"body": "x", "message_type": "comment"},
                "token": token,
            },
        ),
        ("/my/counters", {"counters": ["order_count"]}),
        ("/customer/acting/beat", {}),
    )
    for path, params in calls:
        for _again in range(2):
            attempt(lambda b, _l, p=path, v=params: b.call(p, **v), olga, person)
    for model, method, *args in (
        ("res.users", "write", [user], {"lang": "fr_FR", "tz": "Europe/Paris"}),
        ("res.users", "write", [user], {"signature": "x"}),
        ("res.partner", "write", [partner], {"name": "x"}),
        ("sale.order", "write", [order], {"client_order_ref": "x"}),
        ("sale.order", "message_post", [order]),
        ("res.users.apikeys.description", "create", [{"name": "x", "duration": "1"}]),
        ("product.wishlist", "create", [{"product_id": product}]),
    ):
        with pytest.raises(Refused):
            olga.rpc(model, method, *args)
    answer = olga.json2(
        "res.users", "write", INTERACTIVE, ids=[user], vals={"tz": "UTC"}
    )
    assert not answer.ok
    for path, values in (
        (
            f"/my/orders/{order}/decline",
            {"decline_message": "x", "access_token": token},
        ),
        ("/website/form/mail.mail", {"email_from": "x@example.com", "subject": "x"}),
        ("/my/address/submit", {**address(olga, person), "partner_id": ""}),
        (
            "/web/signup",
            {"login": "x@access.example.com", "name": "x", "password": "x" * 12},
        ),
        ("/web/reset_password", {"login": person}),
        ("/shop/pricelist", {"promo": "x"}),
    ):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            data = {"csrf_token": olga.csrf_token(), **values}
            olga._send(method, path, data=data)
    assert olga.who() == person
    assert written(before, everything(shop)) == {}
    # and one may leave
    olga.leave()
    assert olga.who() == "olga"
    assert shop.last("ended_how") == "left"


def everything(shop):
    """All rows of the database, as a set for each table."""
    command = [shop.host.server.programs / "pg_dump", "--data-only", shop.name]
    command += [f"--exclude-table-data={name}" for name in NOT_WRITTEN]
    dump = subprocess.run(
        command,
        env=shop.host.server.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    tables, rows = {}, None
    for line in dump.splitlines():
        if line.startswith("COPY "):
            rows = tables[line.split()[1]] = set()
        elif line == "\\.":
            rows = None
        elif rows is not None:
            rows.add(line)
    return tables


def written(before, after):
    """What differs between two contents, some rows of each table."""
    differ = {name for name in before | after if before.get(name) != after.get(name)}
    return {
        name: sorted(before.get(name, set()) ^ after.get(name, set()))[:3]
        for name in differ
    }
