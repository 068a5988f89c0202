from odoo import models

from .loyalty_card import REPORT_NAME


class IrActionsReport(models.Model):
    """One report is drawn and not printed from HTML: the loyalty cards.

    Odoo turns HTML into PDF by wkhtmltopdf, which Debian 13 no longer has and which is
    often missing or unpatched elsewhere; cards, bars and cut marks need exact
    millimetres besides. reportlab comes with Odoo. As an ordinary report it stays in the
    Print menu and at ``/report/pdf``, and mail templates may attach it.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref).report_name != REPORT_NAME:
            return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else res_ids or []
        partners = self.env["res.partner"].browse(ids)
        return self.env[f"report.{REPORT_NAME}"]._render_pdf(partners), "pdf"

    def _render_qweb_html(self, report_ref, docids, data=None):
        if self._get_report(report_ref).report_name == REPORT_NAME:
            # Asked for by previews and by a browser that is sent to the address.
            return self.env[f"report.{REPORT_NAME}"]._render_html(), "html"
        return super()._render_qweb_html(report_ref, docids, data=data)
