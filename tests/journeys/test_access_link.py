"""Attacks on the link that begins the acting: each is refused.

Whoever makes it, for whom it is made, and who opens it.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from access import ACTING, Refused

START = "/customer/acting/start"
AT_ONCE = 4


@pytest.fixture
def shop(access_shop):
    return access_shop


@pytest.fixture
def olga(shop):
    """Who may log in as customers, in a browser of hers."""
    return shop.browser("olga")


def begun(shop):
    """How many rows of the log were ever begun."""
    return int(
        shop.value(
            "SELECT count(*) FROM customer_impersonation WHERE started_at > '2000-01-01'"
        )
    )


def assert_nothing_begins(browser, open_link, who):
    before = begun(browser.shop)
    open_link(browser)
    assert begun(browser.shop) == before
    assert ACTING not in browser.cookies
    assert browser.who() == who


# -- for whom -----------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["nils", "oscar", "boss", "admin"])
def test_no_colleague_and_no_administrator(olga, target):
    with pytest.raises(Refused, match="AccessError"):
        olga.ask(target)


def test_not_oneself(olga):
    with pytest.raises(Refused, match="AccessError"):
        olga.ask("olga")


def test_no_customer_of_another_company(shop, olga):
    with pytest.raises(Refused, match="AccessError"):
        olga.ask("otto")
    # nor with the company slipped in
    with pytest.raises(Refused, match="AccessError"):
        other = int(shop.value("SELECT id FROM res_company WHERE name = 'Other shop'"))
        olga.ask("otto", context={"allowed_company_ids": [other]})


def test_no_customer_without_an_account(shop, olga):
    [[nora]] = shop.sql("SELECT id FROM res_partner WHERE name = 'Nora'")
    with pytest.raises(Refused, match="UserError"):
        olga.rpc("res.partner", "customer_impersonate", [int(nora)], reason="help")


def test_no_blocked_customer(shop, olga):
    boss = shop.browser("boss")
    boss.rpc(
        "res.partner", "customer_block", [shop.partner("bert")], ["login"], "abuse"
    )
    with pytest.raises(Refused, match="UserError"):
        olga.ask("bert")


def test_no_customer_blocked_since_the_link(shop, olga):
    boss, carl = shop.browser("boss"), [shop.partner("carl")]
    link = olga.ask("carl")
    boss.rpc("res.partner", "customer_block", carl, ["login"], "abuse")
    try:
        assert_nothing_begins(olga, lambda b: b.get(link), "olga")
    finally:
        boss.rpc("res.partner", "customer_unblock", carl)


def test_not_without_the_group(shop):
    nils = shop.browser("nils")
    with pytest.raises(Refused, match="AccessError"):
        nils.ask("cora")


def test_not_by_a_customer(shop):
    carl = shop.browser("carl")
    for target in ("cora", "carl", "olga"):
        with pytest.raises(Refused, match="AccessError"):
            carl.ask(target)


def test_not_for_longer_than_the_company_allows(olga):
    for minutes in (0, -5, 481, 10**9, "30", True, None, 1.5):
        with pytest.raises(Refused, match="UserError"):
            olga.ask("cora", minutes=minutes)


def test_not_without_a_reason(olga):
    for reason in ("", "  ", False, None, 7):
        with pytest.raises(Refused, match="UserError"):
            olga.ask("cora", reason=reason)


def test_the_log_is_written_by_nobody(shop, olga):
    olga.ask("cora")
    row = int(shop.last("id"))
    boss = shop.browser("boss")
    for browser in (olga, boss):
        for method, *args in (
            ("write", [row], {"ended_at": False}),
            ("write", [row], {"expires_at": "2099-01-01 00:00:00"}),
            ("unlink", [row]),
            ("create", [{"reason": "help"}]),
            ("_start", [row]),
            ("_end", [row], "left"),
            ("_fill", [row], {"started_at": "2020-01-01 00:00:00"}),
            ("copy", [row]),
        ):
            with pytest.raises(Refused):
                browser.rpc("customer.impersonation", method, *args)
        with pytest.raises(Refused):
            browser.rpc("customer.impersonation", "read", [row], ["link_hash"])
    assert shop.last("id") == str(row)


# -- who opens it -------------------------------------------------------------------------


def test_forged(olga):
    tokens = "x", "A" * 43, "0", "None", "' OR 1=1 --", "../start", "%00", "é" * 20
    for token in tokens:
        assert_nothing_begins(olga, lambda b, t=token: b.get(f"{START}/{t}"), "olga")
        assert_nothing_begins(olga, lambda b, t=token: b.form(START, token=t), "olga")


def test_what_the_database_keeps_opens_nothing(shop, olga):
    olga.ask("cora")
    kept = shop.last("link_hash")
    assert_nothing_begins(olga, lambda b: b.get(f"{START}/{kept}"), "olga")


def test_replayed(shop, olga):
    link = olga.ask("cora")
    token = link.rpartition("/")[2]
    own = olga.copy()
    olga.get(link)
    assert olga.who() == "cora"
    # in the same browser, in the operator's session, and in nobody's
    before = begun(shop)
    olga.get(link)
    assert begun(shop) == before
    assert olga.who() == "cora"
    assert_nothing_begins(own, lambda b: b.get(link), "olga")
    assert_nothing_begins(shop.browser(), lambda b: b.get(link), None)
    olga.leave()
    assert_nothing_begins(olga, lambda b: b.get(link), "olga")
    assert_nothing_begins(olga, lambda b: b.form(START, token=token), "olga")


@pytest.mark.parametrize("keep", [False, True])
def test_opened_many_times_at_once(shop, olga, keep):
    shop.sql(f"UPDATE res_company SET customer_impersonate_keep_sessions = {keep}")
    try:
        link = olga.ask("cora")
        before = begun(shop)
        tabs = [olga.copy() for _turn in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda tab: tab.get(link), tabs))
        assert begun(shop) == before + 1
        assert sorted(tab.who() for tab in tabs) == ["cora"] + ["olga"] * (AT_ONCE - 1)
        # a tab that came too late takes nothing from the one that was first
        assert [ACTING in tab.cookies for tab in tabs] == [
            tab.who() == "cora" for tab in tabs
        ]
    finally:
        shop.sql("UPDATE res_company SET customer_impersonate_keep_sessions = false")


def test_opened_by_others(shop, olga):
    link = olga.ask("cora")
    token = link.rpartition("/")[2]
    for login in ("oscar", "nils", "boss", "carl", None):
        other = shop.browser(login)
        assert_nothing_begins(other, lambda b: b.get(link), login)
        assert_nothing_begins(other, lambda b: b.form(START, token=token), login)
    # nor by herself in another browser, where she may be logged in by mistake
    assert_nothing_begins(shop.browser("olga"), lambda b: b.get(link), "olga")
    # it was not used up
    olga.get(link)
    assert olga.who() == "cora"


def test_opened_too_late(shop, olga):
    link = olga.ask("cora")
    shop.back_in_time("link_until")
    assert_nothing_begins(olga, lambda b: b.get(link), "olga")


def test_opened_after_the_right_was_lost(shop, olga):
    link = olga.ask("cora")
    with shop.without_the_right("olga"):
        assert_nothing_begins(olga, lambda b: b.get(link), "olga")


def test_an_operator_who_left(shop):
    """A link for another browser, made by somebody who was archived since."""
    oscar = shop.browser("oscar")
    _link, token = oscar.ask_for_elsewhere("cora")
    with shop.archived("oscar"):
        assert_nothing_begins(
            shop.browser(), lambda b: b.form(START, token=token), None
        )


# -- forms of other sites -----------------------------------------------------------------


def test_a_form_of_another_site_begins_nothing(shop):
    oscar = shop.browser("oscar")
    link, token = oscar.ask_for_elsewhere("cora")
    victim = shop.browser()
    victim.get("/")
    for form in ({}, {"csrf_token": "x"}, {"csrf_token": shop.browser().csrf_token()}):
        assert_nothing_begins(
            victim, lambda b, f=form: b.form(START, csrf=False, token=token, **f), None
        )
    # looking at it begins nothing either
    assert_nothing_begins(victim, lambda b: b.get(link), None)
    victim.form(START, token=token)
    assert victim.who() == "cora"


def test_a_link_for_another_browser_is_refused_where_it_was_made(shop):
    oscar = shop.browser("oscar")
    link, token = oscar.ask_for_elsewhere("cora")
    assert_nothing_begins(oscar, lambda b: b.get(link), "oscar")
    assert_nothing_begins(oscar, lambda b: b.form(START, token=token), "oscar")
