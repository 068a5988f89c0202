"""What ``test_consent_ledger.py`` does inside Odoo, between the steps of a shop's life."""

CODE = "journey_news"


def answer(env):
    """Customers answer, and the chains are sound."""
    purposes = env["consent.purpose"]
    purpose = purposes.search([("code", "=", CODE)]) or purposes.create(
        {"code": CODE, "name": "News"}
    )
    if not purpose.wording_ids:
        env["consent.wording"].create(
            {"purpose_id": purpose.id, "body": "I want news.", "lang": "en_US"}
        ).action_publish()
    for number in range(3):
        customer = env["res.partner"].create(
            {"name": f"Answering {number}", "is_customer": True}
        )
        for granted in (True, False):
            customer.consent_set(CODE, granted, "api")
    sound(env)
    env["consent.event"]._write_anchors()


def sound(env):
    """The ledger is whole, and there is one."""
    assert env["consent.event"].search_count([]) >= 6
    assert env["consent.event"].verify() == []


def uninstall(env):
    env.ref("base.module_customer_consent").button_immediate_uninstall()


def gone(env):
    """Nothing is left, and customers are as they were."""
    assert "consent.event" not in env
    customer = env["res.partner"].search([("name", "=", "Answering 1")])
    assert customer.customer_uuid
    customer.name = "Nobody asked"
