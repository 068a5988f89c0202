from odoo import models


class IrHttp(models.AbstractModel):
    """Pages without a controller are for whoever is really logged in, too.

    Core serves them to the account of the session without asking whether the session is
    still valid.
    """

    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        cls._authenticate_explicit("public")
        return super()._serve_fallback()
