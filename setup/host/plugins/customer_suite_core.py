"""Loaded into runs of core's own tests by ``setup/test core``, beside ``customer_suite_pytest``.

What core's tests take for granted and the suite decides otherwise: whoever prepares a test types the balances of
cards, every partner is a customer, and tours choose customers in core's own dialog, which a till may keep; and all
speak English, which the database of a run does not. What the browser and other clients call goes through the suite's
doors like anybody's.
"""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    from odoo.tests import TransactionCase

    prepare = TransactionCase.setUpClass.__func__

    def setUpClass(cls):
        prepare(cls)
        _prepare_as_core(cls)

    TransactionCase.setUpClass = classmethod(setUpClass)


def _prepare_as_core(case):
    _speak_english(case.env)
    defaults = case.env["ir.default"]
    if "is_customer" in case.env["res.partner"]._fields:
        defaults.set("res.partner", "is_customer", True)
    if "pos.config" in case.env:
        defaults.set("pos.config", "customer_core_dialog", True)
        case.env["pos.config"].search([]).customer_core_dialog = True
    if "loyalty.card" in case.env:
        from odoo.addons.customer_loyalty.tools.booking import Booking

        case.env = case.env(context={**case.env.context, "loyalty_booking": Booking(1)})


def _speak_english(env):
    english = env["res.lang"]._activate_lang("en_US")
    env.flush_all()
    env.cr.execute("UPDATE res_partner SET lang = 'en_US'")
    env.invalidate_all()
    env["ir.default"].set("res.partner", "lang", "en_US")
    if "website" in env:
        websites = env["website"].search([])
        websites.language_ids |= english
        websites.default_lang_id = english
    env.registry.clear_all_caches()
