"""Fill a shop with people: ``populate.py CONFIG DATABASE CUSTOMERS``; prints ``till=ID``."""

import io
import sys

import people

import odoo.api
import odoo.modules.registry
import odoo.tools
from odoo.fields import Command
from odoo.tools import SQL

PASSWORD = "cashier"
ORDERS = 2000  # of one customer
COLUMNS = (
    "name is_company email phone phone_sanitized street zip city customer_code days"
).split()


def copy_people(env, count):
    """Customers as an import of years would have left them, by the fastest way in."""
    cr = env.cr
    cr.execute(
        "CREATE TEMP TABLE people (name text, is_company bool, email text, phone text,"
        " phone_sanitized text, street text, zip text, city text, customer_code text,"
        " days int)"
    )
    lines = (
        "\t".join(_cell(person[name]) for name in COLUMNS) + "\n"
        for person in people.people(count)
    )
    cr._obj.copy_expert("COPY people FROM STDIN", _Lines(lines))
    cr.execute(
        SQL(
            """
            INSERT INTO res_partner (name, complete_name, active, type, email,
                   email_normalized, phone, phone_sanitized, street, zip, city, is_company,
                   autopost_bills, create_date, write_date, is_customer, customer_code,
                   customer_type_id, country_id, partner_share)
            SELECT name, name, true, 'contact', email, email, phone, phone_sanitized, street,
                   zip, city, is_company, 'ask', now(), now(), true, customer_code, %s, %s,
                   true
              FROM people
            """,
            env["customer.type"]._get_default(env.company).id,
            env.ref("base.nl").id,
        )
    )
    cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE commercial_partner_id IS NULL"
    )
    cr.execute(
        "INSERT INTO customer_subject (uuid, partner_id, live)"
        " SELECT gen_random_uuid()::text, id, true FROM res_partner"
        "  WHERE is_customer ON CONFLICT DO NOTHING"
    )


class _Lines(io.RawIOBase):
    """What COPY reads, without holding it all."""

    def __init__(self, lines):
        self.lines = lines
        self.rest = b""

    def readable(self):
        return True

    def read(self, size=-1):
        while len(self.rest) < size:
            line = next(self.lines, None)
            if line is None:
                break
            self.rest += line.encode()
        part, self.rest = self.rest[:size], self.rest[size:]
        return part


def _cell(value):
    if value is None:
        return "\\N"
    return str(value).lower() if isinstance(value, bool) else str(value)


def index(env):
    """The index made at once, as at the installation of the module."""
    model = env["customer.search.index"]
    model._drop()
    model._install()
    # days by the hundred thousand: quicker without the index
    env.cr.execute("DROP INDEX customer_search_index_body")
    env.cr.execute(
        "UPDATE customer_search_index AS s SET served_on = current_date - days"
        "  FROM res_partner AS p JOIN people USING (customer_code)"
        " WHERE p.id = s.partner_id AND days IS NOT NULL"
    )
    model._create_indexes()
    # each sale writes the row anew: those served lately lie beside each other
    env.cr.execute("CLUSTER customer_search_index USING customer_search_index_served")


def till(env):
    env["product.product"].create(
        {"name": "Product", "list_price": 1, "available_in_pos": True}
    )
    journal = env["account.journal"].create(
        {"name": "Bench cash", "type": "cash", "code": "BNCH"}
    )
    method = env["pos.payment.method"].create(
        {"name": "Cash", "journal_id": journal.id}
    )
    cashier = env["res.users"].create(
        {
            "name": "Cashier",
            "login": "cashier",
            "password": PASSWORD,
            "group_ids": [
                Command.link(env.ref("base.group_user").id),
                Command.link(env.ref("point_of_sale.group_pos_user").id),
            ],
        }
    )
    config = env["pos.config"].create(
        {"name": "Bench", "payment_method_ids": [Command.set(method.ids)]}
    )
    config.with_user(cashier).open_ui()
    config.current_session_id.set_opening_control(0, None)
    return config


def orders(env, config):
    """A customer who has come for years."""
    partner = env["res.partner"].search([("is_customer", "=", True)], limit=1)
    env.cr.execute(
        SQL(
            """
            INSERT INTO pos_order (name, pos_reference, uuid, partner_id, session_id,
                   config_id, company_id, date_order, state, amount_total,
                   amount_tax, amount_paid, amount_return, create_date, write_date)
            SELECT 'B/' || n, 'B-' || n, gen_random_uuid()::text, %s, %s, %s, %s,
                   now() - n * interval '1 day', 'done', n %% 90, 0, n %% 90, 0, now(), now()
              FROM generate_series(1, %s) AS n
            """,
            partner.id,
            config.current_session_id.id,
            config.id,
            config.company_id.id,
            ORDERS,
        )
    )


def main(config, database, customers):
    odoo.tools.config.parse_config(["-c", config])
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        env.cr.execute("ALTER TABLE res_partner DISABLE TRIGGER USER")
        print("progress: customers", flush=True)
        copy_people(env, int(customers))
        env.cr.execute("ALTER TABLE res_partner ENABLE TRIGGER USER")
        print("progress: index", flush=True)
        index(env)
        opened = till(env(user=env.ref("base.user_admin").id))
        orders(env, opened)
        print(f"till={opened.id}", flush=True)
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        for table in ("res_partner", "customer_search_index", "pos_order"):
            cr.execute(SQL("VACUUM ANALYZE %s", SQL.identifier(table)))


if __name__ == "__main__":
    main(*sys.argv[1:])
