"""Fill a shop with answers: ``populate.py CONFIG DATABASE CUSTOMERS``."""

import sys

import ledger

import odoo.api
import odoo.modules.registry
import odoo.tools
from odoo.fields import Command
from odoo.tools import SQL

TABLES = (
    "res_partner",
    "customer_subject",
    "consent_event",
    "consent_state",
    "mail_message",
    "mail_tracking_value",
)


def customers(env, count):
    """Customers as an import would have left them, by the fastest way in."""
    cr = env.cr
    cr.execute("ALTER TABLE res_partner DISABLE TRIGGER USER")
    cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, type, email,
                   email_normalized, autopost_bills, create_date, write_date, is_customer,
                   customer_code, customer_type_id, partner_share, lang)
            SELECT 'Customer ' || n, 'Customer ' || n, true, 'contact',
                   'c' || n || '@shop.example', 'c' || n || '@shop.example', 'ask', now(),
                   now(), true, 'B' || lpad(n::text, 7, '0'), %s, true, 'en_US'
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
    index = env["customer.search.index"]
    index._drop()
    index._install()


def tracked_fields(env):
    """What a shop without the suite makes: a box on the customer for each purpose."""
    return env["ir.model.fields"].create(
        [
            {
                "name": f"x_bench_{code}",
                "field_description": code.title(),
                "model_id": env["ir.model"]._get_id("res.partner"),
                "ttype": "boolean",
                "tracking": 1,
            }
            for code in ledger.PURPOSES
        ]
    )


def tracked_values(env, fields):
    """As many messages as events: each box was ticked once."""
    for field in fields:
        env.cr.execute(
            SQL(
                """
                WITH messages AS (
                    INSERT INTO mail_message (model, res_id, message_type, subtype_id, date,
                           author_id, is_internal, reply_to_force_new, message_id,
                           create_uid, write_uid, create_date, write_date)
                    SELECT 'res.partner', id, 'notification', %(subtype)s, now(), %(author)s,
                           true, false, '<' || id || '-%(field)s@bench>', 1, 1, now(), now()
                      FROM res_partner WHERE is_customer
                 RETURNING id)
                INSERT INTO mail_tracking_value (field_id, mail_message_id,
                       old_value_integer, new_value_integer, create_uid, write_uid,
                       create_date, write_date)
                SELECT %(field)s, id, 0, 1, 1, 1, now(), now() FROM messages
                """,
                subtype=env.ref("mail.mt_note").id,
                author=env.ref("base.partner_root").id,
                field=field.id,
            )
        )


def operator(env):
    """Who serves customers and nothing else."""
    groups = env.ref("base.group_user") | env.ref("customer_base.group_customer_user")
    env["res.users"].create(
        {
            "name": "Bench",
            "login": "bench",
            "group_ids": [Command.set(groups.ids)],
            "lang": "en_US",
        }
    )


def main(config, database, count):
    odoo.tools.config.parse_config(["-c", config])
    odoo.tools.config["customer_consent_key"] = ledger.KEY
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "en_US"})
        print("customers", flush=True)
        customers(env, int(count))
        operator(env)
        print("events", flush=True)
        ledger.fill(env)
        print("tracked values", flush=True)
        tracked_values(env, tracked_fields(env))
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in TABLES:
            cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))


if __name__ == "__main__":
    main(*sys.argv[1:])
