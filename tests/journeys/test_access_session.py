"""Attacks on the sessions of whoever acts and of the customer: each is refused.

Two processes serve the shop, each with a memory of its own, and any may answer.
"""

import json
import re

import pytest
from access import ACTING, INTERACTIVE, SESSION, Browser, Refused

# enough for each of the processes to answer, most of the time
OFTEN = 4
OVER = "/customer/acting/over"
EXPIRED = 4001  # the code with which a websocket of a dead session is closed


@pytest.fixture
def shop(access_shop):
    return access_shop


@pytest.fixture
def olga(shop):
    return shop.browser("olga")


@pytest.fixture
def cora(shop):
    return shop.browser("cora")


def assert_nobody(browser):
    """No page and no call takes this browser for anybody, whoever answers."""
    for _turn in range(OFTEN):
        assert browser.copy().who() is None
        answer = browser.copy().get("/my", allow_redirects=False)
        assert "/web/login" in answer.headers.get("Location", "")
        # pages of the website are served on another way in the server
        answer = browser.copy().get("/contactus")
        assert answer.status_code == 200 and not names(answer.text)


def names(page):
    """Whose menu a page of the website shows."""
    return re.findall(r">\s*(Cora|Carl|Olga|Oscar)\s*<", page)


def ended(shop):
    return shop.last("ended_how")


# -- the end ------------------------------------------------------------------------------


def test_two_processes_answer(shop, olga):
    for _turn in range(3 * OFTEN):
        olga.get("/web/health")
    assert len(shop.answering()) > 1


def test_kept_after_leaving(shop, olga):
    own = olga.copy()
    olga.act_as("cora")
    assert "Cora" in names(olga.get("/contactus").text)
    kept = olga.copy()
    olga.leave()
    assert ended(shop) == "left"
    assert_nobody(kept)
    # the operator is where she was, and was there all the time
    assert olga.who() == own.who() == "olga"
    assert olga.cookies[SESSION] == own.cookies[SESSION]
    assert ACTING not in olga.cookies


@pytest.mark.parametrize(
    ("column", "how", "path"),
    [
        ("expires_at", "expired", "/my"),
        ("seen_at", "silent", "/contactus"),
        ("expires_at", "expired", "/web/image/1"),
        ("seen_at", "silent", "/shop"),
    ],
)
def test_kept_after_its_time(shop, olga, column, how, path):
    olga.act_as("cora")
    kept = olga.copy()
    shop.back_in_time(column)
    with pytest.raises(Refused, match="SessionExpired"):
        kept.call("/customer/acting/beat")
    assert olga.get(path).url.endswith(OVER)
    assert ended(shop) == how
    assert olga.who() == "olga"


def test_a_beat_does_not_bring_it_back(shop, olga):
    olga.act_as("cora")
    for column in ("seen_at", "expires_at"):
        shop.back_in_time(column)
        for _turn in range(OFTEN):
            with pytest.raises(Refused, match="SessionExpired"):
                olga.call("/customer/acting/beat")
    assert ended(shop) == "silent"


def test_ended_by_others(shop, olga):
    olga.act_as("cora")
    row = int(shop.last("id"))
    for stranger in ("oscar", "nils", "carl"):
        with pytest.raises(Refused):
            shop.browser(stranger).rpc("customer.impersonation", "action_end", [row])
    assert olga.who() == "cora"
    shop.browser("boss").rpc("customer.impersonation", "action_end", [row])
    with pytest.raises(Refused, match="SessionExpired"):
        olga.call("/customer/acting/beat")
    assert olga.get("/contactus").url.endswith(OVER)
    assert olga.who() == "olga"
    assert ended(shop) == "colleague"


def test_workers_killed_in_between(shop, olga):
    own = olga.copy()
    olga.act_as("cora")
    shop.kill_workers()
    assert olga.who() == "cora"
    kept = olga.copy()
    shop.kill_workers()
    olga.leave()
    shop.kill_workers()
    assert_nobody(kept)
    assert olga.who() == own.who() == "olga"
    assert ended(shop) == "left"


# -- the operator -------------------------------------------------------------------------


def test_an_operator_who_loses_the_right(shop, olga):
    olga.act_as("cora")
    with shop.without_the_right("olga"):
        for _turn in range(OFTEN):
            with pytest.raises(Refused, match="SessionExpired"):
                olga.call("/customer/acting/beat")
        assert ended(shop) == "operator"
        assert olga.get("/contactus").url.endswith(OVER)


def test_an_archived_operator(shop):
    """Nothing is given back to them, however old their session is."""
    oscar = shop.browser("oscar")
    own = oscar.cookies
    oscar.act_as("cora")
    shop.age(own, 5)
    with shop.archived("oscar"):
        for _turn in range(OFTEN):
            with pytest.raises(Refused, match="SessionExpired"):
                oscar.call("/customer/acting/beat")
        assert ended(shop) == "operator"
        oscar.get("/my")
        assert_nobody(oscar)


def test_a_dead_session_is_not_given_back(shop):
    """The operator's sessions have ended meanwhile: leaving does not revive one."""
    oscar = shop.browser("oscar")
    own = oscar.cookies
    oscar.act_as("cora")
    # older than core keeps a session without giving it a new name and a new token
    shop.age(own, 5)
    boss = shop.browser("boss")
    boss.rpc("res.users", "write", [shop.user("oscar")], {"password": "another one 91"})
    try:
        oscar.leave()
        assert_nobody(oscar)
    finally:
        values = {"password": "oscar" * 3}
        boss.rpc("res.users", "write", [shop.user("oscar")], values)


def test_no_chain(shop, olga):
    olga.act_as("cora")
    with pytest.raises(Refused, match="AccessError"):
        olga.ask("carl")
    # nor with a link that was made before, in the same session
    olga.leave()
    first, second = olga.ask("cora"), olga.ask("carl")
    olga.get(first)
    olga.get(second)
    assert olga.who() == "cora"


# -- cookies ------------------------------------------------------------------------------


def test_cookies_swapped(shop, olga, cora):
    own = olga.copy(SESSION)
    olga.act_as("cora")
    cora.log_in("carl")
    # the acting session in another browser: of the customer, of the operator, of nobody
    for other in (cora, own, shop.browser()):
        thief = Browser(shop, {**other.cookies, SESSION: olga.cookies[SESSION]})
        assert ACTING not in thief.cookies
        assert_nobody(thief)
    # the other half of it gives a session nothing
    half = {ACTING: olga.cookies[ACTING]}
    assert Browser(shop, half).who() is None
    assert Browser(shop, {**cora.cookies, **half}).who() == "carl"
    assert Browser(shop, {**own.cookies, **half}).who() == "olga"
    # with neither can one leave into the operator's session
    for cookies in (half, {**cora.cookies, **half}, {SESSION: olga.cookies[SESSION]}):
        thief = Browser(shop, cookies)
        thief.form("/customer/acting/leave")
        assert thief.who() in (None, "carl")
    assert olga.who() == "cora"
    assert shop.last("ended_at") == ""


def test_proofs_of_two_actings_do_not_mix(shop, olga):
    oscar = shop.browser("oscar").act_as("carl")
    olga.act_as("cora")
    for mine, other in ((olga, oscar), (oscar, olga)):
        mixed = {SESSION: mine.cookies[SESSION], ACTING: other.cookies[ACTING]}
        assert_nobody(Browser(shop, mixed))
    assert (olga.who(), oscar.who()) == ("cora", "carl")


# -- the customer -------------------------------------------------------------------------


def test_the_customer_is_out_and_comes_back(shop, olga, cora):
    second_tab = cora.copy()
    olga.act_as("cora")
    assert_nobody(cora)
    assert_nobody(second_tab)
    # a wrong password ends nothing
    stranger = shop.browser()
    stranger.form("/web/login", login="cora", password="a wrong one")
    assert olga.who() == "cora"
    cora.log_in("cora")
    with pytest.raises(Refused, match="SessionExpired"):
        olga.call("/customer/acting/beat")
    assert ended(shop) == "login"
    olga.get("/my")
    assert (olga.who(), cora.who()) == ("olga", "cora")
    assert_nobody(second_tab)


def test_others_stay(shop, olga):
    others = [shop.browser(login) for login in ("carl", "nils", "boss")]
    olga.act_as("cora")
    olga.leave()
    assert [other.who() for other in others] == ["carl", "nils", "boss"]


def test_a_block_ends_the_acting(shop, olga):
    boss, cora = shop.browser("boss"), [shop.partner("cora")]
    olga.act_as("cora")
    kept = olga.copy()
    boss.rpc("res.partner", "customer_block", cora, ["login"], "fraud")
    try:
        for _turn in range(OFTEN):
            with pytest.raises(Refused, match="SessionExpired"):
                olga.call("/customer/acting/beat")
        assert ended(shop) == "account"
    finally:
        boss.rpc("res.partner", "customer_unblock", cora)
    olga.get("/my")
    assert olga.who() == "olga"
    assert_nobody(kept)


def test_an_account_that_becomes_a_colleagues(shop, olga):
    """Who got rights of a colleague meanwhile is no customer any more."""
    olga.act_as("carl")
    internal, portal = shop.group("base.group_user"), shop.group("base.group_portal")
    with shop.user_with(
        "carl",
        {"group_ids": [[3, portal, 0], [4, internal, 0]]},
        {"group_ids": [[3, internal, 0], [6, 0, [portal]]]},
    ):
        for _turn in range(OFTEN):
            with pytest.raises(Refused, match="SessionExpired"):
                olga.call("/customer/acting/beat")
        assert ended(shop) == "account"


def test_a_session_from_before_a_block(shop, cora):
    """After the end of the block the customer logs in; no old session comes back."""
    boss, partner = shop.browser("boss"), [shop.partner("cora")]
    other = shop.browser("cora")
    boss.rpc("res.partner", "customer_block", partner, ["login"], "unpaid")
    try:
        for browser in (cora, other):
            assert_nobody(browser)
        refused = shop.browser()
        refused.form("/web/login", login="cora", password="cora" * 3)
        assert_nobody(refused)
    finally:
        boss.rpc("res.partner", "customer_unblock", partner)
    for browser in (cora, other, refused):
        assert_nobody(browser)
    shop.kill_workers()
    assert_nobody(cora)
    shop.browser("cora")  # logs in


# -- other doors --------------------------------------------------------------------------


def test_become(shop, olga):
    olga.act_as("cora")
    for _turn in range(OFTEN):
        olga.get("/web/become")
        assert olga.who() == "cora"
    olga.leave()
    # an administrator who acts is the customer, too
    boss = shop.browser("boss").act_as("cora")
    boss.get("/web/become")
    assert boss.who() == "cora"
    assert "/odoo" not in boss.get("/odoo/action-base.action_res_users").url
    boss.leave()
    assert boss.who() == "boss"


def test_json2_with_the_session(shop, olga):
    olga.act_as("cora")
    call = ("res.users", "search_read")
    assert olga.json2(*call, headers={}).status_code == 401
    # a program may say of itself that it is a page: it gets what the customer gets
    answer = olga.json2(*call, headers=INTERACTIVE, domain=[], fields=["login"])
    seen = {row["login"] for row in answer.json()} if answer.ok else set()
    assert not seen & {"olga", "boss", "admin"}
    thief = olga.copy(SESSION)
    assert thief.json2(*call, headers=INTERACTIVE, domain=[]).status_code == 401


def test_json2_with_the_operators_key(shop, olga):
    olga.act_as("cora")
    headers = shop.key()
    answer = olga.json2("res.partner", "search", headers=headers, domain=[])
    assert answer.status_code in (401, 403)
    # the key alone is the operator's: it makes a link, and makes nobody a customer
    other = shop.browser()
    values = {"ids": [shop.partner("cora")], "reason": "help"}
    made = other.json2("res.partner", "customer_impersonate", headers, **values)
    assert made.status_code == 200, made.text
    other.get(made.json()["url"])
    assert_nobody(other)
    assert olga.who() == "cora"


def test_websocket_while_acting(shop, olga):
    olga.act_as("cora")
    for browser in (olga, olga.copy(SESSION)):
        with browser.websocket() as line:
            assert closing_code(line) == EXPIRED
    for channels in ([], [f"res.partner_{shop.partner('cora')}"]):
        thief = olga.copy(SESSION)
        with pytest.raises(Refused):
            thief.call(
                "/websocket/peek_notifications",
                channels=channels,
                last=0,
                is_first_poll=False,
            )


def test_websocket_of_the_customer(shop, olga, cora):
    """One that is open when the acting begins hears nothing of it."""
    with cora.websocket() as line:
        say(shop, "cora", "before")
        assert "before" in line.recv()
        olga.act_as("cora")
        say(shop, "cora", "after")
        assert closing_code(line) == EXPIRED


def say(shop, login, text):
    """Send something to all websockets of a user."""
    channel = [shop.name, "res.partner", shop.partner(login)]
    stored = json.dumps(channel, separators=(",", ":"))
    message = json.dumps({"type": "test", "payload": text})
    shop.sql(
        "INSERT INTO bus_bus (channel, message, create_date)"
        f" VALUES ('{stored}', '{message}', now() AT TIME ZONE 'UTC')"
    )
    shop.host.server.sql(f"SELECT pg_notify('imbus', '{json.dumps([channel])}')")


def closing_code(line):
    """The code with which the server closes a websocket, None for anything else it says."""
    opcode, data = line.recv_data()
    return int.from_bytes(data[:2], "big") if opcode == 8 else None


# -- tabs and forms -----------------------------------------------------------------------


def test_a_second_tab_of_the_back_office(shop, olga):
    """It has the customer's rights as long as the browser is the customer's."""
    own = olga.copy()
    token = olga.csrf_token()
    olga.act_as("cora")
    for model in ("res.users", "sale.order", "customer.impersonation"):
        with pytest.raises(Refused, match="AccessError"):
            olga.rpc(model, "create", [{}])
    for model in ("customer.impersonation", "customer.journal"):
        with pytest.raises(Refused, match="AccessError"):
            olga.rpc(model, "search_read", [])
    # its forms carry the token of a session that is not there
    answer = olga.form("/customer/acting/leave", csrf=False, csrf_token=token)
    assert answer.status_code == 400
    assert olga.who() == "cora"
    assert own.who() == "olga"


def test_a_form_of_another_site_does_not_leave(shop, olga):
    olga.act_as("cora")
    for values in (
        {},
        {"csrf_token": "x"},
        {"csrf_token": shop.browser().csrf_token()},
    ):
        answer = olga.form("/customer/acting/leave", csrf=False, **values)
        assert answer.status_code == 400
    assert olga.get("/customer/acting/leave").status_code in (404, 405)
    assert olga.who() == "cora"
    assert shop.last("ended_at") == ""


@pytest.mark.parametrize("login", ["carl", "olga", "boss", "cora"])
def test_the_target_switched(shop, olga, login):
    """Nobody logs in as somebody else in a session that acts."""
    olga.act_as("cora")
    olga.form("/web/login", login=login, password=login * 3)
    assert olga.who() == "cora"
    with pytest.raises(Refused):
        olga.call(
            "/web/session/authenticate",
            db=shop.name,
            login=login,
            password=login * 3,
        )
    assert olga.who() == "cora"
    # nor is the acting taken for somebody else's
    assert int(shop.last("account_ref")) == shop.user("cora")
    olga.leave()
    assert olga.who() == "olga"
