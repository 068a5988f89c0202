"""Fill a shop with points: ``populate.py CONFIG DATABASE CARDS PENDING``."""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools
from odoo.fields import Command
from odoo.tools import SQL

LINES = 3  # of a card: two purchases and a reward
TRANSACTIONS = 2000  # of one customer
TABLES = (
    "res_partner",
    "customer_subject",
    "pos_order",
    "loyalty_card",
    "loyalty_history",
    "loyalty_pending",
)


def customers(env, count):
    """Customers as an import would have left them, by the fastest way in.

    Nobody searches for them here: the index of the search is left alone.
    """
    cr = env.cr
    cr.execute("ALTER TABLE res_partner DISABLE TRIGGER USER")
    cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, type, autopost_bills,
                   create_date, write_date, is_customer, customer_code, customer_type_id,
                   partner_share, lang)
            SELECT 'Customer ' || n, 'Customer ' || n, true, 'contact', 'ask', now(), now(),
                   true, 'L' || lpad(n::text, 7, '0'), %s, true, 'en_US'
              FROM generate_series(1, %s) AS n
            """,
            env["customer.type"]._get_default(env.company).id,
            count,
        )
    )
    cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE commercial_partner_id IS NULL"
    )
    cr.execute("ALTER TABLE res_partner ENABLE TRIGGER USER")
    cr.execute(
        "INSERT INTO customer_subject (uuid, partner_id, live)"
        " SELECT gen_random_uuid()::text, id, true FROM res_partner"
        "  WHERE is_customer ON CONFLICT DO NOTHING"
    )


def program(env):
    return env["loyalty.program"].create(
        {
            "name": "Bench",
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "portal_point_name": "Points",
            "pending_days": 14,
            "expiry_basis": "earning",
            "expiry_months": 24,
            "expiry_notice_days": 30,
            "reward_ids": [Command.create({"required_points": 10, "discount": 10})],
        }
    )


def cards(env, bonus):
    """A card for each customer, with lines of the last two years."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO loyalty_card (program_id, company_id, partner_id, code, points, active,
                   create_date, write_date)
            SELECT %s, %s, id, '044' || customer_code, 70, true, now(), now()
              FROM res_partner WHERE customer_code LIKE 'L%%' ORDER BY id
            """,
            bonus.id,
            bonus.company_id.id or None,
        )
    )
    env.cr.execute(
        SQL(
            """
            INSERT INTO loyalty_history (card_id, kind, issued, used, description, earned_on,
                   create_date, write_date, create_uid)
            SELECT card.id, kind, issued, used, 'Shop/' || card.id, day, day, day, 1
              FROM loyalty_card AS card
              CROSS JOIN LATERAL (VALUES
                ('earned', 50, 0, current_date - (card.id %% 720)::int),
                ('earned', 40, 0, current_date - (card.id %% 300)::int),
                ('spent', 0, 20, current_date - (card.id %% 100)::int)
              ) AS line (kind, issued, used, day)
             WHERE card.program_id = %s
            """,
            bonus.id,
        )
    )


def regular(env, bonus):
    """A customer who has come for years: with as many transactions."""
    card = env["loyalty.card"].search([("program_id", "=", bonus.id)], limit=1)
    card.partner_id.name = "Regular"
    env.cr.execute(
        SQL(
            """
            INSERT INTO loyalty_history (card_id, kind, issued, used, description, earned_on,
                   create_date, write_date, create_uid)
            SELECT %s, CASE n %% 4 WHEN 0 THEN 'spent' ELSE 'earned' END,
                   CASE n %% 4 WHEN 0 THEN 0 ELSE 10 END,
                   CASE n %% 4 WHEN 0 THEN 30 ELSE 0 END,
                   'Shop/' || n, now() - n * interval '8 hours',
                   now() - n * interval '8 hours', now(), 1
              FROM generate_series(1, %s) AS n
            """,
            card.id,
            TRANSACTIONS - LINES,
        )
    )
    env.cr.execute(
        SQL(
            "UPDATE loyalty_card SET points = (SELECT sum(issued - used) FROM"
            " loyalty_history WHERE card_id = %(card)s) WHERE id = %(card)s",
            card=card.id,
        )
    )
    return card


def till(env):
    journal = env["account.journal"].create(
        {"name": "Bench cash", "type": "cash", "code": "BNCH"}
    )
    method = env["pos.payment.method"].create(
        {"name": "Cash", "journal_id": journal.id}
    )
    config = env["pos.config"].create(
        {"name": "Bench", "payment_method_ids": [Command.set(method.ids)]}
    )
    config.open_ui()
    config.current_session_id.set_opening_control(0, None)
    return config


def pending(env, bonus, card, count):
    """Points of as many orders, each of another customer, that become ready today."""
    config = till(env(user=env.ref("base.user_admin").id))
    env.cr.execute(
        SQL(
            """
            WITH sold AS (
                INSERT INTO pos_order (name, pos_reference, uuid, partner_id, session_id,
                       config_id, company_id, date_order, state, amount_total, amount_tax,
                       amount_paid, amount_return, create_date, write_date)
                SELECT 'B/' || id, 'B-' || id, gen_random_uuid()::text, partner_id,
                       %(session)s, %(config)s, %(company)s, now() - interval '14 days',
                       'done', 30, 0, 30, 0, now(), now()
                  FROM loyalty_card
                 WHERE program_id = %(program)s AND id > %(card)s ORDER BY id LIMIT %(count)s
             RETURNING id, partner_id)
            INSERT INTO loyalty_pending (card_id, points, taken_back, ready_on, state,
                   order_model, order_id, create_date, write_date, create_uid)
            SELECT card.id, 30, 0, current_date, 'waiting', 'pos.order', sold.id, now(),
                   now(), 1
              FROM sold
              JOIN loyalty_card AS card USING (partner_id)
            """,
            session=config.current_session_id.id,
            config=config.id,
            company=config.company_id.id,
            program=bonus.id,
            card=card.id,
            count=count,
        )
    )


def seller(env):
    """Who serves customers and nothing else."""
    groups = env.ref("base.group_user") | env.ref(
        "customer_base.group_customer_manager"
    )
    env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench",
            "group_ids": [Command.set(groups.ids)],
            "lang": "en_US",
        }
    )


def main(config, database, count, waiting):
    odoo.tools.config.parse_config(["-c", config])
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "en_US"})
        env["loyalty.program"].search([]).expiry_basis = "none"
        print("customers", flush=True)
        customers(env, int(count))
        seller(env)
        print("cards", flush=True)
        bonus = program(env)
        cards(env, bonus)
        card = regular(env, bonus)
        print("pending points", flush=True)
        pending(env, bonus, card, int(waiting))
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in TABLES:
            cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))


if __name__ == "__main__":
    main(*sys.argv[1:])
