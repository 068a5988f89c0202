"""Fill a shop: ``populate.py CONFIG DATABASE CUSTOMERS``; prints ``till=ID``."""

import sys

sys.path.pop(0)

import odoo.api
import odoo.modules.registry
import odoo.tools
from odoo.fields import Command
from odoo.tools import SQL

PRODUCTS = 200


def partners(env, count):
    """Customers by SQL, as an import of years would have left them."""
    suite = "is_customer" in env["res.partner"]._fields
    columns = [
        "name",
        "complete_name",
        "active",
        "type",
        "email",
        "phone",
        "street",
        "zip",
        "city",
        "is_company",
        "autopost_bills",
        "create_date",
        "write_date",
    ]
    values = [
        "'Customer ' || n",
        "'Customer ' || n",
        "true",
        "'contact'",
        "'c' || n || '@example.com'",
        "'+33 6 ' || lpad(n::text, 8, '0')",
        "n || ' rue des Lilas'",
        "lpad((n %% 99999)::text, 5, '0')",
        "'Lille'",
        "false",
        "'ask'",
        "now()",
        "now()",
    ]
    if suite:
        student = env["customer.type"].create({"name": "Student", "discount": 10})
        default = env["customer.type"]._get_default(env.company)
        columns += ["is_customer", "customer_code", "customer_type_id"]
        values += [
            "true",
            "'B' || n",
            f"CASE WHEN n %% 10 = 0 THEN {student.id} ELSE {default.id} END",
        ]
    env.flush_all()
    env.cr.execute(
        SQL(
            "INSERT INTO res_partner (%s) SELECT %s FROM generate_series(1, %s) AS n",
            SQL(", ".join(columns)),
            SQL(", ".join(values)),
            count,
        )
    )
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id, partner_share = true"
        " WHERE commercial_partner_id IS NULL"
    )
    env.cr.execute("ANALYZE res_partner")


def till(env):
    env["product.product"].create(
        [
            {
                "name": f"Product {number}",
                "list_price": 1 + number / 10,
                "available_in_pos": True,
            }
            for number in range(PRODUCTS)
        ]
    )
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


def main(config, database, customers):
    odoo.tools.config.parse_config(["-c", config])
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        admin = env.ref("base.user_admin")
        partners(env, int(customers))
        opened = till(env(user=admin.id))
        print(f"till={opened.id}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
