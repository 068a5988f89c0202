"""A customer with an account and orders: ``populate.py CONFIG DATABASE ORDERS``."""

import sys

import odoo.api
import odoo.modules.registry
import odoo.tools
from odoo.fields import Command

LOGIN = PASSWORD = "bench.customer"


def main(config, database, orders):
    odoo.tools.config.parse_config(["-c", config])
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "en_US"})
        user = env["res.users"].create(
            {
                "name": "Bench",
                "login": LOGIN,
                "password": PASSWORD,
                "email": "bench@shop.example",
                "lang": "en_US",
                "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
        )
        product = env["product.product"].create({"name": "Pen", "list_price": 2})
        env["sale.order"].create(
            [
                {
                    "partner_id": user.partner_id.id,
                    "order_line": [Command.create({"product_id": product.id})],
                }
                for _number in range(int(orders))
            ]
        ).action_confirm()


if __name__ == "__main__":
    main(*sys.argv[1:])
