"""People and goods of the tests of access, made inside Odoo."""

from datetime import datetime, timedelta

from odoo.fields import Command

# portal accounts; their e-mail and login are made of the name
CUSTOMERS = ("cora", "carl", "bert", "otto")


def build(env):
    """A shop with colleagues of different rights, customers, and one thing to order."""
    env["res.lang"]._activate_lang("en_US")
    company = env.ref("base.main_company")
    # 480 minutes: what a company may allow at most
    company.customer_impersonate_minutes = 480
    elsewhere = env["res.company"].create({"name": "Other shop"})
    _colleagues(env, company)
    _customers(env, company, elsewhere)
    env["consent.purpose"].search([])._draft_wordings()
    env["consent.wording"].search([("published_at", "=", False)]).action_publish()
    _key(env)
    # an e-mail that waits needs no program that makes PDFs
    env["ir.config_parameter"].set_param("sale.async_emails", "True")
    env["product.template"].create(
        {
            "name": "Free sample",
            "list_price": 0,
            "type": "service",
            "is_published": True,
            "taxes_id": [Command.clear()],
        }
    )


def _colleagues(env, company):
    """``olga`` and ``oscar`` may log in as customers, ``nils`` may not; ``boss`` administers."""
    seller = ["base.group_user", "sales_team.group_sale_salesman_all_leads"]
    operator = [*seller, "customer_base.group_customer_impersonate"]
    manager = [
        "base.group_user",
        "base.group_system",
        "customer_base.group_customer_manager",
        "customer_base.group_customer_impersonate",
    ]
    for login, groups in (
        ("olga", operator),
        ("oscar", operator),
        ("nils", seller),
        ("boss", manager),
    ):
        env["res.users"].create(
            {
                **_person(login),
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set([env.ref(xmlid).id for xmlid in groups])],
            }
        )
    # a colleague who buys here is no customer's account
    env["res.users"].search(
        [("login", "in", ("nils", "boss"))]
    ).partner_id.is_customer = True


def _key(env):
    """A key of ``olga`` for other systems; the tests read it where it is kept here."""
    olga = env["res.users"].search([("login", "=", "olga")])
    keys = env["res.users.apikeys"].with_user(olga).sudo()
    key = keys._generate("rpc", "test", datetime.now() + timedelta(days=1))
    env["ir.config_parameter"].set_param("access.key", key)


def _customers(env, company, elsewhere):
    """``otto`` is a customer of the other shop; ``nora`` has no account."""
    env["res.partner"].create({"name": "Nora", "is_customer": True})
    portal = env.ref("base.group_portal")
    for login in CUSTOMERS:
        home = elsewhere if login == "otto" else company
        user = env["res.users"].create(
            {
                **_person(login),
                "company_id": home.id,
                "company_ids": [Command.set(home.ids)],
                "group_ids": [Command.set(portal.ids)],
            }
        )
        user.partner_id.write(
            {
                "is_customer": True,
                "phone": "+33 3 20 11 22 33",
                "street": "1 rue de la Paix",
                "zip": "59000",
                "city": "Lille",
                "country_id": env.ref("base.fr").id,
                "company_id": home.id if home == elsewhere else False,
            }
        )


def _person(login):
    return {
        "name": login.title(),
        "login": login,
        "email": f"{login}@access.example.com",
        "password": login * 3,
        "lang": "en_US",
        "tz": "UTC",
    }
