from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Core's merge: customers leave what leads to the one they became."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Carry over first: core drops rows of a source that conflict with the target's."""
        # whoever was a customer once left traces, too
        known = src_partners.filtered(lambda p: p.is_customer or p.customer_uuid)
        if known:
            known._customer_merge_into(dst_partner)
        if customers := src_partners.filtered("is_customer"):
            self._hand_over_customer_code(customers, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        # accounts moved by SQL: those that came under a block are logged out
        self.env.invalidate_all()
        dst_partner._customer_end_blocked_sessions()
        return result

    @api.model
    def _hand_over_customer_code(self, customers, dst_partner):
        """Give the target a code if it has none: core would write one that is taken."""
        if dst_partner.customer_code:
            return
        code = customers[-1].customer_code
        # the ORM's own write: the source is about to go, and nobody is to be told
        models.BaseModel.write(customers[-1], {"customer_code": False})
        dst_partner.customer_code = code
