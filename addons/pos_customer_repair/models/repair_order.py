import hashlib
import json
import uuid as uuidlib
from datetime import datetime, time

import pytz
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import html2plaintext, plaintext2html

_UUIDS = uuidlib.UUID("5f6a3c1e-7c0d-4a8e-9a35-0f3b6f1d2c44")
# which call of a till made a repair
_REQUEST = ("customer_request_uuid", "customer_request_digest")


class RepairOrder(models.Model):
    """Work orders that a till takes in.

    Who stands at a till has no right to repairs: these methods check the right to serve
    customers, the till and the customer, and act as the superuser then.
    """

    _inherit = "repair.order"

    customer_item = fields.Char(
        string="Item",
        help="What the customer brought where it is no product of the shop, and its "
        "serial number where the shop keeps none of it.",
    )
    customer_request_uuid = fields.Char(size=36, readonly=True, copy=False)
    customer_request_digest = fields.Char(size=64, readonly=True, copy=False)

    _customer_request_uuid_unique = models.UniqueIndex(
        "(customer_request_uuid) WHERE customer_request_uuid IS NOT NULL"
    )

    # -- rights -----------------------------------------------------------------------

    @api.model
    def _check_customer_till(self, config_id):
        """
        :return: the ``pos.config`` that asks
        :raise AccessError: for users who do not sell at it
        """
        self.env["res.partner"]._check_customer_user()
        if not self.env.user.has_group("point_of_sale.group_pos_user"):
            raise AccessError(
                self.env._(
                    "Repairs are taken in and collected by those who sell at the till. "
                    "Ask your administrator for the right “Point of Sale: User”."
                )
            )
        config = self.env["res.partner"]._customer_config(config_id)
        if not config:
            raise UserError(self.env._("This till is not there any more. Reload it."))
        config.check_access("read")
        return config

    def _customer_uuid(self):
        """By what a colleague allows this repair for a customer who is blocked."""
        self.ensure_one()
        return self.customer_request_uuid or str(
            uuidlib.uuid5(_UUIDS, f"{self._name},{self.id}")
        )

    @api.model
    def _check_customer_blocks(self, partner, blocks):
        """:raise UserError: when there are ``blocks``"""
        if blocks:
            raise UserError(
                self.env._(
                    "%(customer)s is blocked: %(why)s. A customer manager can allow it "
                    "this once or lift the block.",
                    customer=partner.display_name,
                    why=blocks._sentence(),
                )
            )

    @api.model
    def _customer_blocks_against(self, partner, uuid):
        """Blocks that keep the till from taking in what ``partner`` brings."""
        # sudo: who sells need not read who is blocked
        partner = partner.sudo()
        blocks = partner._customer_blocks_in_force(["pos"])[partner.id]
        if blocks and partner._customer_block_overridden(f"repair:{uuid}", blocks):
            return blocks.browse()
        return blocks

    def _customer_forbidding_blocks(self, at=None):
        """What a colleague has allowed at the till is allowed in the workshop."""
        blocks = super()._customer_forbidding_blocks(at)
        # sudo: as in the mixin
        partner = self.sudo().partner_id
        document = f"repair:{self._customer_uuid()}"
        if blocks and partner._customer_block_overridden(document, blocks):
            return blocks.browse()
        return blocks

    # -- no way around it -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_customer_request(vals)
        # neither by a default from the context
        none = dict.fromkeys(_REQUEST, False)
        return super().create([{**vals, **none} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            self._check_customer_request(vals)
        return super().write(vals)

    @api.model
    def _check_customer_request(self, vals):
        """:raise AccessError: for what only a till has: it may be allowed for a block"""
        if any(vals.get(name) for name in _REQUEST):
            raise AccessError(
                self.env._(
                    "What a till has sent of a repair stays as it is. Make a new repair "
                    "instead."
                )
            )

    # -- taking in --------------------------------------------------------------------

    @api.model
    def customer_repair_create(self, values, uuid, config_id):
        """Take in what a customer brings; the same call twice makes one repair.

        :param dict values: ``partner_id``; ``product_id`` or ``item`` in words;
            ``serial``; ``fault``; ``price``, agreed and as the till shows prices;
            ``date`` (``YYYY-MM-DD``), when it shall be ready; ``photos`` in base64
        :param str uuid: chosen by the till once for each work order
        :param int config_id: the till
        :return: dict, as of ``customer_repair_ticket``, and ``changed``: whether it was
            taken in before with other values, which stay
        :raise AccessError: for users who do not sell at the till
        :raise UserError: for a blocked customer, and for values that say nothing
        """
        config = self._check_customer_till(config_id)
        uuid = self.env["res.partner"]._customer_parse_uuid(uuid)
        # sudo: a UUID leads to the repair that it made; its company is checked below
        repair = self.sudo().search([("customer_request_uuid", "=", uuid)])
        digest = self._customer_digest(values)
        if not repair:
            values = self._customer_parse_repair(values)
            partner = values["partner_id"]
            blocks = self._customer_blocks_against(partner, uuid)
            self._check_customer_blocks(partner, blocks)
            repair = self._customer_make_repair(values, uuid, config)
            repair.customer_request_digest = digest
        repair._check_customer_repair_company(config)
        changed = repair.customer_request_digest != digest
        return {**repair._customer_ticket(), "changed": changed}

    @api.model
    def _customer_digest(self, values):
        """What tells the same call again from one with other values."""
        text = json.dumps(values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _check_customer_repair_company(self, config):
        """:raise UserError: for a repair of another company than the till's"""
        if self.company_id != config.company_id:
            raise UserError(
                self.env._(
                    "This repair belongs to another company. Open a till of that company."
                )
            )

    @api.model
    def _customer_make_repair(self, values, uuid, config):
        # sudo: cashiers have no right to repairs, stock and sale orders; all that is
        # given was checked, and belongs to the company of their till
        repairs = self.sudo().with_company(config.company_id)
        try:
            with self.env.cr.savepoint():
                repair = repairs.create(repairs._prepare_repair(values, uuid, config))
                repair.flush_recordset()
        except UniqueViolation as error:
            # the same work order came at the same time: Odoo runs this call again, and
            # then it is found
            raise ConcurrencyError(str(error)) from error
        repair._action_repair_confirm()
        repair._customer_attach(values["photos"])
        if values["price"] is not None:
            repair._customer_agree_price(values["price"], config)
        return repair

    @api.model
    def _prepare_repair(self, values, uuid, config):
        product, serial = values["product_id"], values["serial"]
        lot = self.env["stock.lot"]
        if serial and product.tracking not in (False, "none"):
            lot = self._customer_lot(product, serial, config.company_id)
            serial = ""
        words = "" if product else values["item"]
        prepared = {
            "company_id": config.company_id.id,
            "partner_id": values["partner_id"].id,
            "picking_type_id": self._customer_picking_type(config).id,
            "product_id": product.id,
            "lot_id": lot.id,
            "user_id": False,  # who takes it in does not repair it
            "customer_item": ", ".join(
                filter(None, [words, serial and self.env._("serial no. %s", serial)])
            ),
            "internal_notes": plaintext2html(values["fault"]),
            "customer_request_uuid": uuid,
        }
        if values["date"]:
            prepared["schedule_date"] = self._customer_noon(values["date"])
        return prepared

    @api.model
    def _customer_picking_type(self, config):
        warehouse = config.picking_type_id.warehouse_id
        kind = warehouse.repair_type_id or self.env["stock.picking.type"].search(
            [
                ("code", "=", "repair_operation"),
                ("company_id", "=", config.company_id.id),
            ],
            limit=1,
        )
        if not kind:
            raise UserError(
                self.env._(
                    "There is no operation type for repairs in the warehouse of this "
                    "till. Ask a colleague who manages the stock to make one."
                )
            )
        return kind

    @api.model
    def _customer_lot(self, product, name, company):
        lots = self.env["stock.lot"]
        found = lots.search(
            [
                ("product_id", "=", product.id),
                ("name", "=", name),
                ("company_id", "in", (company.id, False)),
            ],
            limit=1,
        )
        return found or lots.create(
            {"product_id": product.id, "name": name, "company_id": company.id}
        )

    @api.model
    def _customer_noon(self, day):
        """Noon of ``day`` where the user is: the same day wherever it is read."""
        noon = self.env.tz.localize(datetime.combine(day, time(12)))
        return noon.astimezone(pytz.utc).replace(tzinfo=None)

    def _customer_attach(self, photos):
        """Keep ``photos`` (pairs of type and content) in the chatter of the repair."""
        if not photos:
            return
        self.message_post(
            body=self.env._("Photos taken at the till"),
            attachments=[
                (
                    f"{self.name.replace('/', '-')}-{number}.{self._customer_photo_types[kind]}",
                    content,
                )
                for number, (kind, content) in enumerate(photos, 1)
            ],
        )

    def _customer_agree_price(self, price, config):
        """Put the agreed price on the order of the repair, as the line for its labour."""
        labour = config.customer_labour_product_id
        if not labour:
            raise UserError(
                self.env._(
                    "No price can be agreed at this till. Choose the service for the "
                    "labour of repairs in the settings of the till."
                )
            )
        self.action_create_sale_order()
        self._customer_order_currency(config)
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.sale_order_id.id,
                "product_id": labour.id,
                "product_uom_qty": 1,
                "price_unit": price,
                "discount": 0,  # agreed is agreed
                "customer_price_agreed": True,
            }
        )
        if config.iface_tax_included == "total":
            line.price_unit = self._customer_net_price(line, price)

    def _customer_order_currency(self, config):
        """Let the order be in the currency in which the till agreed on the price.

        :raise UserError: when there is no pricelist for it
        """
        order, currency = self.sale_order_id, config.currency_id
        if order.currency_id == currency:
            return
        if config.use_pricelist and config.pricelist_id.currency_id == currency:
            order.pricelist_id = config.pricelist_id
        elif config.company_id.currency_id == currency:
            order.pricelist_id = False
        else:
            raise UserError(
                self.env._(
                    "This till sells in %(currency)s and has no pricelist for it, so that "
                    "no price can be agreed. Choose one in the settings of the till.",
                    currency=currency.name,
                )
            )

    @api.model
    def _customer_net_price(self, line, price):
        """By what unit price ``line`` comes to ``price`` with its taxes."""
        details = line.tax_ids._get_tax_details(
            price, 1, special_mode="total_included", rounding_method="round_globally"
        )
        return details["total_excluded"] + sum(
            tax["tax_amount"]
            for tax in details["taxes_data"]
            if tax["tax"].price_include
        )

    # -- ticket -----------------------------------------------------------------------

    def customer_repair_ticket(self, config_id):
        """What the ticket of the repair says.

        :param int config_id: the till that prints it
        :return: dict with ``id``, ``name``, ``customer``, ``phone``, ``item``, ``fault``,
            ``at`` (UTC), ``date`` (``YYYY-MM-DD`` or empty), ``price`` and ``due``
            (amounts, or False while nothing is agreed), ``currency``
        :raise AccessError: for users who do not sell at the till
        """
        return self._customer_repair_at(config_id)._customer_ticket()

    def _customer_repair_at(self, config_id):
        """This repair as the superuser, for those who may serve its customer at the till."""
        self.ensure_one()
        config = self._check_customer_till(config_id)
        # sudo: cashiers have no right to repairs; they serve those of customers whom
        # they may read, in the company of their till
        repair = self.sudo().exists()
        if not repair:
            raise UserError(self.env._("This repair was deleted meanwhile."))
        repair._check_customer_repair_company(config)
        repair.partner_id.sudo(False).check_access("read")
        return repair.with_company(config.company_id)

    def _customer_ticket(self):
        self.ensure_one()
        order = self.sale_order_id
        return {
            "id": self.id,
            "name": self.name,
            "customer": self.partner_id.name or "",
            "phone": self.partner_id.phone or "",
            "item": self._customer_item_text(),
            "fault": html2plaintext(self.internal_notes or "").strip(),
            "at": fields.Datetime.to_string(self.create_date),
            "date": self._customer_promised(),
            "price": order.amount_total if order else False,
            "due": self._customer_due() if order else False,
            "currency": (order or self.company_id).currency_id.name,
        }

    def _customer_item_text(self):
        self.ensure_one()
        parts = [self.product_id.display_name, self.lot_id.name, self.customer_item]
        return ", ".join(filter(None, parts))

    def _customer_promised(self):
        """The day that was agreed; core plans a repair for the day of its making."""
        self.ensure_one()
        planned, made = (
            fields.Datetime.context_timestamp(self, moment).date()
            for moment in (self.schedule_date, self.create_date)
        )
        return planned.isoformat() if planned > made else ""

    def _customer_photos(self):
        # sudo: pictures belong to whoever owns the repair
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("mimetype", "in", list(self._customer_photo_types)),
                ]
            )
        )

    @api.depends("customer_item")
    def _compute_customer_item_name(self):
        """Also what is no product of the shop."""
        result = super()._compute_customer_item_name()
        for repair in self.filtered(lambda repair: not repair.product_id):
            repair.customer_item_name = repair.customer_item or ""
        return result
