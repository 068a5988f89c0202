from odoo import api, models
from odoo.exceptions import UserError

# More customers than this at once, and the tills look at all that they hold instead.
_MAX_PUSHED = 200
_MAX_REFRESHED = 100
_CHANGED = "pos_customer.changed"


class ResPartner(models.Model):
    """Open tills look again at a customer who was changed, merged, archived or deleted.

    The bus carries ids only: no personal data, and nothing is read for a till that does
    not hold the customer.
    """

    _inherit = "res.partner"

    @api.model
    def _customer_till_fields(self):
        """Fields whose change a till has to know of."""
        return {
            "active",
            "barcode",
            "city",
            "company_id",
            "country_id",
            "customer_code",
            "customer_former_type_id",
            "customer_note",
            "customer_sensitive_note",
            "customer_type_id",
            "customer_type_until",
            "email",
            "is_company",
            "is_customer",
            "lang",
            "name",
            "parent_id",
            "phone",
            "property_account_position_id",
            "property_product_pricelist",
            "specific_property_product_pricelist",
            "state_id",
            "street",
            "street2",
            "vat",
            "zip",
        }

    def write(self, vals):
        result = super().write(vals)
        if not self._customer_till_fields().isdisjoint(vals):
            self._customer_notify_tills()
        return result

    def unlink(self):
        self._customer_notify_tills()
        return super().unlink()

    def _customer_notify_tills(self):
        """Have open tills look again at these, once the transaction is committed."""
        precommit = self.env.cr.precommit
        if _CHANGED not in precommit.data:
            precommit.data[_CHANGED] = set()
            precommit.add(self.browse()._customer_push_changes)
        precommit.data[_CHANGED].update(self.ids)

    @api.model
    def _customer_push_changes(self):
        changed = self.env.cr.precommit.data.pop(_CHANGED, None)
        # sudo: whoever changes a customer need not know which tills are open
        sessions = self.env["pos.session"].sudo().search([("state", "!=", "closed")])
        if not changed or not sessions:
            return
        if len(changed) <= _MAX_PUSHED:
            # sudo, active_test: contacts show the name of their company, whoever sees them
            partners = self.sudo().with_context(active_test=False)
            changed |= set(partners.search([("parent_id", "in", list(changed))]).ids)
        message = (
            {"ids": sorted(changed)} if len(changed) <= _MAX_PUSHED else {"all": True}
        )
        for config in sessions.config_id:
            config._notify("CUSTOMERS_CHANGED", message)

    @api.model
    def customer_refresh(self, ids, config_id):
        """What became of customers whom a till holds.

        :param list ids: at most 100
        :param int config_id: the till that asks
        :return: what ``get_new_partner`` returns, for those who are still there and for
            those into whom others were merged; with ``gone``, the ids that the till
            forgets, of them ``deleted``, and ``moved``, a list of ``[old id, new id]``
        :raise AccessError: for users without the Customers app
        :raise UserError: for parameters of a wrong kind
        """
        self._check_customer_user()
        config = self._customer_config(config_id)
        if not config:
            raise UserError(self.env._("Say which till asks: “config_id” is its id."))
        if (
            not isinstance(ids, list)
            or len(ids) > _MAX_REFRESHED
            or not all(isinstance(pid, int) and 0 < pid < 2**31 for pid in ids)
        ):
            raise UserError(
                self.env._(
                    "The customers to look at must be a list of at most %(count)s ids.",
                    count=_MAX_REFRESHED,
                )
            )
        held = self.search([("id", "in", ids)])
        # the till holds its own users too, who need not be customers
        held = held.filtered(lambda p: p.is_customer or p.user_ids)
        gone = [pid for pid in ids if pid not in held._ids]
        targets = {
            pid: target
            for pid in gone
            if (target := self.env["customer.redirect"]._resolve(pid)) != pid
        }
        found = self.search([("id", "in", [*targets.values()])])
        moved = [[old, new] for old, new in targets.items() if new in found._ids]
        domain = [("id", "in", (held | found).ids)]
        return {
            **self.get_new_partner(config.id, domain, 0),
            "gone": gone,
            "deleted": list(set(gone) - set(self.browse(gone).exists()._ids)),
            "moved": moved,
        }
