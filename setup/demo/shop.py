"""The demo shop: a bookshop with clothes and a shelf of household goods.

``build(env, progress)`` makes it in a fresh database with the suite, in the one
transaction of the caller. What an app that is not installed would need is left out.
"""

import ast
import pathlib
import random
import time
from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tools import SQL

FILE = pathlib.Path(__file__).with_name("customers.csv")
LANGUAGES = ("en_US", "fr_FR", "pl_PL", "nl_NL")
TAGS = ("Regular", "Book club", "School", "Newsletter")
TYPES = (
    {
        "name": "Student",
        "code": "STUDENT",
        "discount": 10,
        "color": 4,
        "proof_required": True,
        "proof_months": 12,
        "sequence": 10,
    },
    {
        "name": "Staff",
        "code": "STAFF",
        "discount": 20,
        "color": 10,
        "is_reserved": True,
        "sequence": 20,
    },
    {"name": "Reseller", "code": "RESELLER", "color": 5, "sequence": 30},
)
# What students and colleagues are called in the other languages of the shop.
NAMES = {
    "fr_FR": ("Étudiant", "Personnel"),
    "pl_PL": ("Student", "Pracownik"),
    "nl_NL": ("Student", "Personeel"),
}
# Category, its colour in the till, and name with price, VAT included.
SHELVES = (
    (
        "Books",
        4,
        (
            ("The Lighthouse at Noon (novel)", 14.90),
            ("Bread at Home", 24.50),
            ("Atlas of Small Islands", 32.00),
            ("A Year in the Garden", 19.90),
            ("Murder on the Quay", 9.95),
            ("Polish in 30 Days", 17.50),
            ("Fairy Tales for Rainy Days", 15.00),
            ("City Walks: Lille", 12.90),
        ),
    ),
    (
        "Stationery",
        3,
        (
            ("Notebook A5, squared", 4.50),
            ("Notebook A4, lined", 6.20),
            ("Fountain pen", 29.00),
            ("Gel pen, blue", 2.20),
            ("Colouring pencils, 24", 11.90),
            ("Wrapping paper, 3 m", 3.80),
            ("Greeting card", 2.50),
            ("Desk calendar", 9.90),
        ),
    ),
    (
        "Clothes",
        10,
        (
            ("Canvas bag", 12.00),
            ("Wool socks", 8.90),
            ("Rain hat", 22.00),
            ("Scarf, striped", 26.50),
        ),
    ),
    (
        "Household",
        2,
        (
            ("Mug “Maison Linden”", 9.50),
            ("Tea towel, linen", 7.90),
            ("Candle, beeswax", 6.90),
            ("Soap, lavender", 5.20),
            ("Reading lamp", 39.00),
            ("Picnic blanket", 34.50),
            ("Vase, blue", 18.00),
        ),
    ),
    (
        "Drinks",
        6,
        (("Apple juice, bottle", 3.20), ("Elderflower lemonade", 2.90)),
    ),
)
SIZES = (("S", 0), ("M", 0), ("L", 0), ("XL", 2.00))


def ean13(number):
    """A valid EAN-13 of the range 20, which shops keep for themselves."""
    digits = f"200{number:09d}"
    weights = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return f"{digits}{-weights % 10}"


def build(env, progress):
    """Build the demo shop.

    :param env: superuser environment of a fresh database with the suite
    :param progress: called with one line of text before each step
    :raise RuntimeError: with the messages of the import, when it has any
    """
    start = time.monotonic()
    progress("Company, languages and taxes")
    company = _company(env)
    env = env(context=dict(env.context, allowed_company_ids=company.ids, lang="en_US"))
    tax = _taxes(env, company)
    progress("Users: admin, marie and sam")
    manager = _users(env, company)
    progress("Types and attributes of customers")
    _types(env)
    attributes = _attributes(env)
    progress("Products")
    _products(env, tax)
    progress("Customers, by the import that everyone has (customers.csv)")
    partners = _customers(env, manager)
    _attribute_values(env, partners, attributes)
    progress("Consents")
    _consents(env, partners)
    if "loyalty.program" in env:
        progress("Points, store credit and a code for students")
        _points(env, partners)
    if "pos.config" in env:
        progress("A till with an open session")
        _till(env)
    progress(f"The shop is built, in {time.monotonic() - start:.0f} s")


# -- company ----------------------------------------------------------------------------


def _company(env):
    for code in LANGUAGES:
        env["res.lang"]._activate_lang(code)
    euro = env.ref("base.EUR")
    euro.active = True
    company = env.ref("base.main_company")
    company.write(
        {
            "name": "Maison Linden",
            "street": "12 rue des Écoles",
            "zip": "59000",
            "city": "Lille",
            "country_id": env.ref("base.fr").id,
            "email": "bonjour@maison-linden.example.com",
            "website": "https://maison-linden.example.com",
        }
    )
    # A chart that came with the database is in dollars; nothing is booked on it yet.
    if company.currency_id != euro:
        company.currency_id = euro
    lists = env["product.pricelist"].with_context(active_test=False).search([])
    lists.currency_id = euro
    if not company.chart_template:
        env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
    company.account_price_include = "tax_included"
    return company


def _taxes(env, company):
    """20 % VAT, included in the prices; the taxes of the plain chart are put away.

    :return: the tax of sales
    """
    country = company.country_id
    others = env["account.tax"].search([("company_id", "=", company.id)])
    group = env["account.tax.group"].create(
        {"name": "VAT", "country_id": country.id, "company_id": company.id}
    )
    lines = others.repartition_line_ids.filtered("account_id")
    taxes = env["account.tax"]
    for use, name in (("sale", "VAT 20 % on sales"), ("purchase", "VAT 20 %")):
        account = lines.filtered(lambda r, u=use: r.tax_id.type_tax_use == u).account_id
        taxes += env["account.tax"].create(
            {
                "name": name,
                "invoice_label": "VAT 20 %",
                "amount": 20,
                "type_tax_use": use,
                "country_id": country.id,
                "tax_group_id": group.id,
                "company_id": company.id,
                "price_include_override": "tax_included" if use == "sale" else False,
            }
        )
        parts = taxes[-1].repartition_line_ids
        parts.filtered(lambda r: r.repartition_type == "tax").account_id = account[:1]
    company.account_sale_tax_id, company.account_purchase_tax_id = taxes
    others.active = False
    return taxes[0]


def _users(env, company):
    """The owner is admin; ``marie`` runs the back office, ``sam`` stands at the till.

    :return: marie
    """
    partner = env.ref("base.user_admin").partner_id
    partner.write(
        {
            "name": "Linden (owner)",
            "email": "owner@linden.example.com",
            "lang": "en_US",
        }
    )
    common = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
    back_office = (
        "base.group_user",
        "base.group_partner_manager",
        "base.group_allow_export",
        "customer_base.group_customer_manager",
        "sales_team.group_sale_manager",
        "account.group_account_invoice",
        "point_of_sale.group_pos_manager",
        "product.group_product_manager",
    )
    cashier = ("base.group_user", "point_of_sale.group_pos_user")
    roles = (("marie", "Marie", back_office, "fr_FR"), ("sam", "Sam", cashier, "en_US"))
    users = env["res.users"]
    for login, name, groups, lang in roles:
        found = [env.ref(xmlid, False) for xmlid in groups]
        users += env["res.users"].create(
            {
                **common,
                "name": name,
                "login": login,
                "password": login,
                "lang": lang,
                "email": f"{login}@linden.example.com",
                "group_ids": [Command.set([group.id for group in found if group])],
            }
        )
    return users[0]


# -- types and attributes ---------------------------------------------------------------


def _types(env):
    types = env["customer.type"].create(list(TYPES[:2]))
    for lang, names in NAMES.items():
        for customer_type, name in zip(types, names, strict=True):
            customer_type.with_context(lang=lang).name = name
    pricelist = env["product.pricelist"].create(
        {
            "name": "Resellers",
            "currency_id": env.company.currency_id.id,
            "company_id": False,
            "item_ids": [
                Command.create(
                    {
                        "applied_on": "3_global",
                        "compute_price": "percentage",
                        "percent_price": 30,
                    }
                )
            ],
        }
    )
    env["customer.type"].create({**TYPES[2], "pricelist_id": pricelist.id})


def _attributes(env):
    """Birthday, shoe size and preferred shop.

    :return: technical names of the first two, with some of their values
    """
    xmlids = [f"customer_attribute_{n}" for n in ("birthday", "shoe_size", "shop")]
    rows = [env.ref(f"customer_base.{xmlid}") for xmlid in xmlids]
    for row in rows:
        row.is_offered = True
    return rows[0].name, rows[1].name, rows[1].option_ids.mapped("key")


def _attribute_values(env, partners, attributes):
    """Give some customers a birthday and a shoe size, so that columns are not empty."""
    birthday, shoe_size, sizes = attributes
    persons = partners.filtered(lambda p: not p.is_company and not p.parent_id)
    for number, partner in enumerate(persons[:60:2]):
        partner.with_context(tracking_disable=True).properties = {
            birthday: f"{1950 + number}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            shoe_size: sizes[number % len(sizes)],
        }


# -- consents ---------------------------------------------------------------------------


def _consents(env, partners):
    """Publish the drafts of the starter purposes, and let some customers answer.

    Answers are of the last two years, so that lists and graphs have something to show.
    """
    purposes = env["consent.purpose"].search([])
    purposes._draft_wordings()
    purposes.wording_ids.action_publish()
    chance = random.Random(20260101)
    now = datetime.now().replace(microsecond=0)
    persons = partners.filtered(lambda p: not p.is_company and not p.parent_id)
    for partner in persons[:150]:
        days = sorted(chance.sample(range(1, 730), 2), reverse=True)
        for purpose in chance.sample(purposes, chance.randint(1, len(purposes))):
            granted = chance.random() < 0.7
            answers = (
                [granted, False] if granted and chance.random() < 0.2 else [granted]
            )
            for answer, ago in zip(answers, days, strict=False):
                partner._consent_set(
                    purpose.code,
                    answer,
                    chance.choice(("pos", "pos", "portal", "backend")),
                    at=now - timedelta(days=ago, minutes=chance.randint(0, 600)),
                )


# -- loyalty ----------------------------------------------------------------------------


def _programs(env):
    """Points that wait two weeks, store credit, and a code for students alone."""
    programs = env["loyalty.program"]
    programs.create(
        {
            "name": "Linden bonus",
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "portal_visible": True,
            "portal_point_name": "Points",
            "pending_days": 14,
            "expiry_basis": "activity",
            "expiry_months": 24,
            "rule_ids": [
                Command.clear(),
                Command.create(
                    {"reward_point_mode": "money", "reward_point_amount": 1}
                ),
            ],
            "reward_ids": [
                Command.clear(),
                Command.create(
                    {
                        "discount_mode": "per_point",
                        "discount": 0.05,
                        "required_points": 1,
                        "discount_applicability": "order",
                    }
                ),
            ],
        }
    )
    programs.create(
        {
            "name": "Campus week",
            "program_type": "promo_code",
            "customer_type_ids": [
                Command.set(env["customer.type"].search([("code", "=", "STUDENT")]).ids)
            ],
            "rule_ids": [
                Command.clear(),
                Command.create({"mode": "with_code", "code": "CAMPUS"}),
            ],
            "reward_ids": [Command.clear(), Command.create({"discount": 5})],
        }
    )
    _gift_card(env)
    _store_credit(env)


def _gift_card(env):
    if _money_product(env, "loyalty.gift_card_product_50", "Gift card"):
        _money_program(env, "gift_card")


def _store_credit(env):
    if _money_product(env, "loyalty.ewallet_product_50", "Store credit"):
        _money_program(env, "ewallet").name = "Store credit"


def _money_program(env, program_type):
    """The programme of this type: that of core's data, where there is one."""
    programs = env["loyalty.program"]
    found = programs.search([("program_type", "=", program_type)], limit=1)
    return found or programs.browse(
        programs.create_from_template(program_type)["res_id"]
    )


def _money_product(env, xmlid, name):
    product = env.ref(xmlid, False)
    if not product:
        return False
    product.active = True
    product.write({"name": name, "taxes_id": [Command.clear()], "sale_ok": True})
    if "available_in_pos" in product._fields:
        product.available_in_pos = True
    return True


def _points(env, partners):
    """Two years of points for some customers, with what waits and what was spent."""
    chance = random.Random(20260102)
    programs = env["loyalty.program"]
    bonus = programs.search([("program_type", "=", "loyalty")], limit=1)
    wallet = programs.search([("program_type", "=", "ewallet")], limit=1)
    now = datetime.now().replace(microsecond=0)
    for partner in partners.filtered(lambda p: not p.is_company)[:150]:
        card = _card(env, bonus, partner)
        for days in sorted(chance.sample(range(1, 700), 6), reverse=True):
            at = now - timedelta(days=days, minutes=chance.randint(0, 600))
            _earn(card, float(chance.randint(8, 70)), at)
        if card.points > 100 and chance.random() < 0.5:
            card._book("spent", used=50)
        if chance.random() < 0.1:
            card.customer_adjust(20, "A present for your birthday")
        if wallet and chance.random() < 0.15:
            _card(env, wallet, partner)._book("opening", issued=25)


def _card(env, program, partner):
    return env["loyalty.card"].create(
        {"program_id": program.id, "partner_id": partner.id}
    )


def _earn(card, points, at):
    """Points of a purchase at that moment, which wait if it was not long ago."""
    ready_on = (at + timedelta(days=card.program_id.pending_days)).date()
    if ready_on <= datetime.now().date():
        line = card._book("earned", issued=points, earned_on=ready_on)
    else:
        line = card.env["loyalty.pending"].create(
            {
                "card_id": card.id,
                "points": points,
                "ready_on": ready_on,
                "order_model": card._name,
                "order_id": card.id,
            }
        )
    card.env.cr.execute(
        SQL(
            "UPDATE %s SET create_date = %s WHERE id = %s",
            SQL.identifier(line._table),
            at,
            line.id,
        )
    )


# -- products ---------------------------------------------------------------------------


def _products(env, tax):
    at_till = "pos.category" in env
    number, values = 0, []
    categories = {}
    for sequence, (shelf, color, products) in enumerate(SHELVES):
        if at_till:
            categories[shelf] = env["pos.category"].create(
                {"name": shelf, "color": color, "sequence": sequence}
            )
        for name, price in products:
            number += 1
            values.append(_product(name, price, tax, categories.get(shelf), number))
    env["product.template"].create(values)
    _t_shirt(env, _product("T-shirt “Linden”", 19.90, tax, categories.get("Clothes")))
    deposit = _product("Bottle deposit", 0.25, tax, categories.get("Drinks"), 900)
    env["product.template"].create({**deposit, "customer_type_excluded": True})
    if "loyalty.program" in env:
        _programs(env)


def _product(name, price, tax, category=None, number=None):
    values = {
        "name": name,
        "list_price": price,
        "type": "consu",
        "taxes_id": [Command.set(tax.ids)],
    }
    if number:
        values["barcode"] = ean13(number)
    if category:
        values |= {
            "available_in_pos": True,
            "pos_categ_ids": [Command.set(category.ids)],
        }
    return values


def _t_shirt(env, values):
    """A product with variants, of which the largest costs more."""
    size = env["product.attribute"].create(
        {
            "name": "Size",
            "display_type": "pills",
            "create_variant": "always",
            "value_ids": [
                Command.create({"name": name, "default_extra_price": extra})
                for name, extra in SIZES
            ],
        }
    )
    line = {"attribute_id": size.id, "value_ids": [Command.set(size.value_ids.ids)]}
    template = env["product.template"].create(
        {**values, "attribute_line_ids": [Command.create(line)]}
    )
    for number, product in enumerate(template.product_variant_ids, 800):
        product.barcode = ean13(number)


# -- customers --------------------------------------------------------------------------


def _customers(env, manager):
    """Import ``customers.csv`` as the manager does on the screen of the Customers app."""
    env["res.partner.category"].create([{"name": name} for name in TAGS])
    action = env.ref("customer_base.res_partner_customer_action")
    context = ast.literal_eval(action.context)
    wizard = env["base_import.import"].with_user(manager).with_context(lang="en_US")
    wizard = wizard.create(
        {
            "res_model": "res.partner",
            "file": FILE.read_bytes(),
            "file_name": FILE.name,
            "file_type": "text/csv",
        }
    )
    options = {
        "has_headers": True,
        "quoting": '"',
        "separator": ",",
        "encoding": "utf-8",
        "advanced": True,
        "keep_matches": False,
        "skip": 0,
    }
    preview = wizard.parse_preview(options)
    matches = preview.get("matches") or {}
    headers = preview.get("headers") or []
    paths = ["/".join(matches.get(i, ())) or False for i in range(len(headers))]
    if not paths or not all(paths):
        raise RuntimeError(
            f"columns of {FILE.name} are not known: {headers} as {paths}"
        )
    result = wizard.with_context(**context, tracking_disable=True).execute_import(
        paths, [header.lower() for header in headers], options
    )
    if result["messages"] or not result["ids"]:
        texts = [message["message"] for message in result["messages"]]
        raise RuntimeError("\n".join([f"{FILE.name} was not imported:", *texts]))
    return env["res.partner"].browse(result["ids"])


# -- till -------------------------------------------------------------------------------


def _till(env):
    """A till for cash and card, and a session that the owner has opened."""
    configs = env["pos.config"]
    journal, methods = configs._create_journal_and_payment_methods(
        cash_journal_vals={"name": "Cash", "show_on_dashboard": False}
    )
    methods = env["pos.payment.method"].browse(methods)
    methods = methods.filtered(lambda m: m.type in ("cash", "bank"))
    config = configs.create(
        {
            "name": "Shop",
            "journal_id": journal.id,
            "payment_method_ids": [Command.set(methods.ids)],
        }
    )
    config = config.with_user(env.ref("base.user_admin"))
    config.open_ui()
    config.current_session_id.set_opening_control(100, "")
