from odoo import fields, models

_LATEST = 5
# what a line of the card needs; an order has a hundred columns
_ROW_FIELDS = (
    "amount_total",
    "config_id",
    "date_order",
    "is_refund",
    "name",
    "pos_reference",
)
_PAID = ("paid", "done")


class ResPartner(models.Model):
    """What the till adds to the customer's card."""

    _inherit = "res.partner"

    def _customer_card(self, config):
        """Add ``sales``, and ``balances`` for the modules that keep some to add to."""
        return {
            **super()._customer_card(config),
            "sales": self._customer_sales(config),
            "balances": [],
        }

    def _customer_sales(self, config):
        """What the customer bought at the tills that the user may see.

        Totals are in the currency of the till, at today's rate where they are not.

        :return: dict of JSON values, empty for users who may not see orders
        """
        self.ensure_one()
        orders = self.env["pos.order"]
        if not orders.has_access("read"):
            return {}
        # sudo: the currency of the till that asks, of whatever company
        currency = (config.sudo() if config else self.env.company).currency_id
        domain = [("partner_id", "=", self.id), ("state", "in", _PAID)]
        figures = {
            False: [0, 0.0],
            True: [0, 0.0],
        }  # sales and returns: count and total
        last = False
        for till, is_return, count, total, latest in orders._read_group(
            domain,
            groupby=["config_id", "is_refund"],
            aggregates=["__count", "amount_total:sum", "date_order:max"],
        ):
            figures[bool(is_return)][0] += count
            figures[bool(is_return)][1] += self._customer_amount(total, till, currency)
            last = max(last or latest, latest)
        (count, sold), (returns, returned) = figures[False], figures[True]
        return {
            "currency": currency.name,
            "count": count,
            "total": currency.round(sold + returned),
            "returns": returns,
            "average": currency.round(sold / count) if count else 0.0,
            "last_visit": self._customer_day(last),
            "latest": [
                order._customer_card_row()
                for order in orders.search_fetch(
                    domain,
                    _ROW_FIELDS,
                    order="date_order DESC, id DESC",
                    limit=_LATEST,
                )
            ],
        }

    def _customer_amount(self, amount, till, currency):
        """``amount`` of the orders of ``till`` in ``currency``."""
        # sudo: tills that are closed to the user have a currency all the same
        till = till.sudo()
        return till.currency_id._convert(amount, currency, till.company_id, round=False)

    def _customer_day(self, moment):
        """The day of ``moment`` where the user is, as ``YYYY-MM-DD``, or empty."""
        if not moment:
            return ""
        return fields.Datetime.context_timestamp(self, moment).date().isoformat()
