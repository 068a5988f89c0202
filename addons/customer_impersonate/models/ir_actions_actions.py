from odoo import api, models
from odoo.tools import frozendict, ormcache

_GROUP = "customer_base.group_customer_impersonate"
_SEQUENCE = (
    50  # in the Actions menu, see customer_base/views/res_partner_action_views.xml
)


class IrActionsActions(models.Model):
    """Offers “Log in as…” on customers, and on the orders of whatever app makes some."""

    _inherit = "ir.actions.actions"

    @api.model
    @ormcache("model_name", "self.env.lang")
    def _get_bindings(self, model_name):
        bindings = super()._get_bindings(model_name)
        if not self._customer_offers_log_in(model_name):
            return bindings
        xmlid = "customer_impersonate.customer_impersonation_wizard_action"
        # sudo: what menus offer is read for all users, and filtered by group afterwards
        offer = self.env.ref(xmlid).sudo()
        entry = frozendict(
            id=offer.id,
            name=offer.name,
            binding_view_types="list,kanban,form",
            group_ids=[_GROUP],
            res_model=offer.res_model,
            sequence=_SEQUENCE,
        )
        actions = [*bindings.get("action", ()), entry]
        actions.sort(key=lambda each: each.get("sequence", 0))
        return frozendict({**bindings, "action": tuple(actions)})

    @api.model
    def _customer_offers_log_in(self, model_name):
        """Invoices apart: among them are papers of suppliers, too."""
        kind = getattr(self.env.get(model_name), "_customer_document_kind", None)
        return model_name == "res.partner" or kind not in (None, "invoice")
