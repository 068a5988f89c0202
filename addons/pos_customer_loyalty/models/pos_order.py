import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from odoo.addons.customer_loyalty.tools.booking import may_book

from ..tools.claims import keep_claims, parse_claims, parse_points

_logger = logging.getLogger(__name__)

_PAST = ("paid", "done")
# what a till may not say of an order
_OWN = ("loyalty_changes", "loyalty_applied", "loyalty_waiting", "loyalty_result")
_NOTHING = {
    "coupon_updates": [],
    "program_updates": [],
    "new_coupon_info": [],
    "coupon_report": {},
    "pending": [],
    "clawed_back": [],
    "given_back": [],
}


class PosOrder(models.Model):
    """What an order earns and spends rides in it, and is booked once with it.

    A paid sale is never stopped by its points: what cannot be booked now is kept on the
    order and booked later.
    """

    _inherit = "pos.order"

    loyalty_changes = fields.Json(
        copy=False,
        groups=fields.NO_ACCESS,
        help="What the till said of the points, while it could not be booked.",
    )
    loyalty_applied = fields.Boolean(
        copy=False, groups=fields.NO_ACCESS, help="The points are booked: not again."
    )
    loyalty_waiting = fields.Boolean(
        string="Points not booked yet",
        copy=False,
        readonly=True,
        groups="point_of_sale.group_pos_manager",
    )
    loyalty_result = fields.Json(
        copy=False, groups=fields.NO_ACCESS, help="What the till is told of the points."
    )

    _loyalty_waiting_index = models.Index("(id) WHERE loyalty_waiting")
    _loyalty_result_index = models.Index(
        "(date_order) WHERE loyalty_result IS NOT NULL"
    )

    # -- with the order ------------------------------------------------------------------

    @api.model
    def sync_from_ui(self, orders):
        """Book the points of an order, too, that was paid before the till sent it.

        As by a payment online: core lets such an order be.
        """
        result = super().sync_from_ui(orders)
        for values in orders:
            if "loyalty_changes" in values:
                # sudo: the order of the UUID, which the till has sent just now
                order = self.sudo()._get_open_order(values).sudo(self.env.su)
                order._receive_loyalty_changes(values["loyalty_changes"])
        return result

    @api.model
    def _process_order(self, order, existing_order):
        changes = order.get("loyalty_changes")
        for name in _OWN:
            order.pop(name, None)
        order_id = super()._process_order(order, existing_order)
        self.browse(order_id)._receive_loyalty_changes(changes)
        return order_id

    def _receive_loyalty_changes(self, changes):
        """Book what the till of the user said of a paid order.

        A kiosk hands on, with all rights, what a visitor sent: that earns nothing.
        """
        if changes is None or self.env.su or len(self) != 1:
            return
        # sudo: a till books what the server finds to be earned, without rights on cards
        order = self.sudo()
        if order.state in _PAST and not order.loyalty_applied:
            order._settle_loyalty(changes)

    def action_pos_order_paid(self):
        result = super().action_pos_order_paid()
        # sudo: a return takes its points back, whoever is paid it
        order = self.sudo()
        if order.lines.refunded_orderline_id:
            order._settle_returns()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("partner_id"):
            # sudo: points that waited for a customer who could not be made before
            self.sudo().filtered("loyalty_waiting")._retry_loyalty()
        return result

    # -- settling: at once, or later -----------------------------------------------------

    def _settle_returns(self):
        """Book what comes back; later, if it cannot be now."""
        self.ensure_one()
        result = {}
        if self._attempt_loyalty(lambda: result.update(self._book_returns())):
            self.loyalty_result = {**(self.loyalty_result or {}), **result}
        else:
            self.loyalty_waiting = True

    def _settle_loyalty(self, changes):
        """Book what the order earned and spent; later, if it cannot be now."""
        self.ensure_one()
        self._lock_loyalty()
        if self.loyalty_applied:
            return
        if self._waits_for_customer() or not self._attempt_loyalty(
            lambda: self._apply_loyalty(changes)
        ):
            claims, _is_malformed = parse_claims(changes)
            self.write(
                {
                    # an empty dict would not be kept
                    "loyalty_changes": {"changes": keep_claims(claims)},
                    "loyalty_waiting": True,
                }
            )

    def _attempt_loyalty(self, book):
        """:return: whether ``book`` did it; if not, nothing of it is left"""
        try:
            with self.env.cr.savepoint():
                book()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # core runs all of it again
        except Exception as error:
            # no message: it may name somebody
            _logger.warning(
                "The points of pos.order %s wait: %s", self.id, type(error).__name__
            )
            return False
        return True

    def _waits_for_customer(self):
        """Whether a customer made without a connection is still to be found for it."""
        self.ensure_one()
        return bool(self.customer_draft_uuid and not self.partner_id)

    def _lock_loyalty(self):
        """Wait for whoever books points of this order; then core runs this again."""
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM pos_order WHERE id = ANY(%s) FOR NO KEY UPDATE",
                self.ids,
            )
        )

    def _retry_loyalty(self):
        """Book what waits on these orders.

        :return: those of them that wait no more
        """
        done = self.browse()
        for order in self:
            order._lock_loyalty()
            if order._waits_for_customer():
                continue
            if order._attempt_loyalty(order._book_waiting):
                done |= order
        return done

    def _book_waiting(self):
        """Book what came back, and what was kept of what the till said."""
        self.ensure_one()
        returned = {name: rows for name, rows in self._book_returns().items() if rows}
        self.loyalty_result = {**(self.loyalty_result or {}), **returned}
        if self.loyalty_changes and not self.loyalty_applied:
            self._apply_loyalty(self.loyalty_changes.get("changes"))
        self.loyalty_waiting = False

    @api.model
    def _cron_retry_loyalty(self):
        """Book the points that could not be booked with their order.

        What tills were told, codes of coupons among it, is of no use to them any more.
        """
        week_ago = fields.Datetime.now() - timedelta(days=7)
        self.flush_model(["loyalty_result"])
        self.env.cr.execute(
            SQL(
                "UPDATE pos_order SET loyalty_result = NULL"
                " WHERE loyalty_result IS NOT NULL AND date_order < %s",
                week_ago,
            )
        )
        self.invalidate_model(["loyalty_result"])
        waiting = self.search([("loyalty_waiting", "=", True)])
        for position, order in enumerate(waiting, 1):
            order._retry_loyalty()
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - position)

    def action_retry_loyalty(self):
        """Book now the points that could not be booked with the order.

        :return: action that says what came of it
        :raise AccessError: for users who do not manage the Point of Sale
        """
        self.ensure_one()
        if not self.env.user.has_group("point_of_sale.group_pos_manager"):
            raise AccessError(
                self.env._("Ask a manager of the Point of Sale to book these points.")
            )
        self.check_access("write")
        # sudo: cards are booked on by acts, never by users
        order = self.sudo()
        if order.loyalty_waiting and not order._retry_loyalty():
            raise UserError(
                self.env._(
                    "The points cannot be booked yet. Look whether the order has its "
                    "customer, and its programme a reward. They stay with the order."
                )
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # -- booking ---------------------------------------------------------------------------

    def _apply_loyalty(self, changes):
        """Book what the till said, held to what the server computes. Called with all rights.

        :return: as ``customer_loyalty_result``
        """
        self.ensure_one()
        order = self.with_company(self.company_id)
        claims, is_malformed = parse_claims(changes)
        bounded = order._bound_loyalty(claims)
        if is_malformed:
            bounded.cuts.add("malformed")
        cards = self.env["loyalty.card"].browse(id_ for id_ in bounded.data if id_ > 0)
        cards._lock_points()
        payload = order.with_context(
            loyalty_gross=bounded.gross
        ).confirm_coupon_programs(bounded.data)
        made = {row["old_id"]: row["id"] for row in payload["coupon_updates"]}
        payload["pending"] = [
            order._book_waiting_points(cards.browse(made.get(key, key)), points)
            for key, points in bounded.waiting.items()
        ]
        for row in payload["coupon_updates"]:
            row["old_id"] = bounded.keys.get(row["old_id"], row["old_id"])
        spenders = cards.filtered(lambda card: bounded.gross[card.id][1])
        if any(card.points < -0.005 for card in spenders):
            bounded.cuts.add("overdrawn")
        order.write(
            {
                "loyalty_applied": True,
                "loyalty_changes": False,
                "loyalty_result": {**(order.loyalty_result or {}), **payload},
            }
        )
        order._flag_loyalty_cuts(bounded.cuts)
        return order._get_loyalty_result()

    def _book_waiting_points(self, card, points):
        row = card._book_earned(points, self)
        return {
            **self._prepare_return_row(card),
            "points": points,
            "ready_on": fields.Date.to_string(row.ready_on),
        }

    def _get_loyalty_result(self):
        self.ensure_one()
        return {
            **_NOTHING,
            **(self.loyalty_result or {}),
            "waiting": self.loyalty_waiting,
        }

    def customer_loyalty_result(self):
        """What came of the points of this order, for the till that sent it.

        :return: dict as core's ``confirm_coupon_programs``, with ``pending`` (points that
            wait, ``ready_on`` a day), ``clawed_back`` and ``given_back`` (by a return), and
            ``waiting``: whether something is still to be booked
        :raise AccessError: for users who may not read the order
        """
        self.ensure_one()
        self.check_access("read")
        return self.sudo()._get_loyalty_result()  # sudo: only for reading it

    # -- core's own way, which is open to every client -----------------------------------------

    def confirm_coupon_programs(self, coupon_data):
        """Book the points of one paid order by a call of its own, as an older till does.

        :raise AccessError: for users who may not sell, and orders of other companies
        :raise UserError: for orders that are not paid, closed or booked already
        :raise ValidationError: for none, for several, and for what is no core's data
        """
        if may_book(self.env):
            return super().confirm_coupon_programs(self._resolve_holders(coupon_data))
        self._check_loyalty_open()
        _claims, is_malformed = parse_claims(coupon_data)
        if is_malformed:
            raise ValidationError(
                self.env._(
                    "The points of an order are given by card, each as a number."
                )
            )
        # sudo: as ``_receive_loyalty_changes``
        return self.sudo()._apply_loyalty(coupon_data)

    def _check_loyalty_open(self):
        """:raise UserError: unless this is one paid order whose points are not booked"""
        if len(self) != 1:
            raise ValidationError(
                self.env._("Points are booked for one order at a time.")
            )
        self.check_access("write")
        # sudo: what is booked is not for a cashier to read
        order = self.sudo()
        if order.company_id not in self.env.companies:
            raise AccessError(self.env._("This order is one of another company."))
        if order.state not in _PAST or order.session_id.state == "closed":
            raise UserError(
                self.env._(
                    "Points are booked with an order that is paid, before its register is "
                    "closed. To correct a balance, adjust the points."
                )
            )
        order._lock_loyalty()
        if order.loyalty_applied or order._has_booked_points():
            raise UserError(
                self.env._(
                    "The points of this order are booked already. To correct a balance, "
                    "adjust the points."
                )
            )

    def _has_booked_points(self):
        self.ensure_one()
        domain = [("order_model", "=", self._name), ("order_id", "=", self.id)]
        kinds = [("kind", "in", ("earned", "spent"))]
        return bool(
            self.env["loyalty.history"].search_count([*domain, *kinds], limit=1)
            or self.env["loyalty.pending"].search_count(domain, limit=1)
        )

    def _resolve_holders(self, coupon_data):
        """Find the holders of cards whom the till knows under another id.

        Core leaves a card to nobody when its holder was merged meanwhile, or was made at
        a till without a connection: the order has found its customer by then.
        """
        for card in coupon_data.values():
            if partner_id := card.get("partner_id"):
                found = self.env["customer.redirect"]._resolve(partner_id)
                partner = self.env["res.partner"].browse(max(found, 0)).exists()
                card["partner_id"] = (partner or self.partner_id).id
        return coupon_data

    def _is_bounded(self):
        """Whether core books what was bounded before, rather than what a caller gave."""
        return self.env.su and "loyalty_gross" in self.env.context

    def _check_existing_loyalty_cards(self, coupon_data):
        if self._is_bounded():
            return None
        return super()._check_existing_loyalty_cards(coupon_data)

    def _remove_duplicate_coupon_data(self, coupon_data):
        if self._is_bounded():
            return None
        return super()._remove_duplicate_coupon_data(coupon_data)

    def _process_existing_gift_cards(self, coupon_data):  # pylint: disable=method-required-super
        """As core, with lines that say what was booked, and not who has the card."""
        cards = self.env["loyalty.card"]
        for key, values in list(coupon_data.items()):
            program = self.env["loyalty.program"].browse(values["program_id"])
            if program.program_type != "gift_card":
                continue
            code, card_id = values.get("code"), values.get("coupon_id")
            known = Domain("id", "=", card_id) | Domain("code", "=", code or "")
            if card := cards.search(known, limit=1):
                card._use_gift_card(self, *self._get_gross(key, values))
                cards |= card
                del coupon_data[key]
        return cards

    def _get_gross(self, key, values):
        """Points that are earned and spent on the card of ``key``."""
        if self._is_bounded():
            return self.env.context["loyalty_gross"][key]
        return max(values["points"], 0), max(-values["points"], 0)

    @api.private
    def add_loyalty_history_lines(self, coupon_data, coupon_updates):
        """What was earned and what was spent in lines of their own: each may come back."""
        if self._is_bounded():
            gross = self.env.context["loyalty_gross"]
            coupon_data = [
                {**row, "won": won, "spent": spent}
                for row in coupon_data
                for earned, used in [gross[row["card_id"]]]
                for won, spent in ((earned, 0), (0, used))
            ]
        return super().add_loyalty_history_lines(coupon_data, coupon_updates)

    def validate_coupon_programs(self, point_changes, new_codes):
        """As core, for what is well-formed; an archived card is none.

        :raise ValidationError: for what is no core's data
        """
        points = point_changes.values() if isinstance(point_changes, dict) else [None]
        is_sound = all(parse_points(number) is not None for number in points)
        keys = [str(key) for key in point_changes] if is_sound else []
        if (
            not is_sound
            or not all(key.isdecimal() and int(key) < 2**31 for key in keys)
            or not isinstance(new_codes, list)
            or not all(isinstance(code, str) for code in new_codes)
        ):
            raise ValidationError(
                self.env._(
                    "The points of an order are given by card, each as a number."
                )
            )
        cards = self.env["loyalty.card"].browse(int(key) for key in keys).exists()
        if archived := cards.filtered(lambda card: not card.active):
            return {
                "successful": False,
                "payload": {
                    "message": self.env._(
                        "A card is not in use any more. The rewards have been updated: "
                        "please look at the order again."
                    ),
                    "removed_coupons": archived.ids,
                },
            }
        return super().validate_coupon_programs(point_changes, new_codes)
