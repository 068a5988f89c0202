from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

_ANSWERS = {"1": True, "0": False}


class ConsentSignup(AuthSignupHome):
    """Consents are asked with a new account, an invited one too; never with a new password."""

    def get_auth_signup_qcontext(self):
        qcontext = super().get_auth_signup_qcontext()
        qcontext["consents"] = [
            self._prepare_signup_consent(purpose)
            for purpose in self._signup_purposes(qcontext)
        ]
        return qcontext

    def _signup_purposes(self, qcontext):
        """What whoever signs up is asked: of the company of the website, or of theirs."""
        # sudo: whom a token is of, and what they are asked, before they have an account
        partner = request.env["res.partner"].sudo()
        if qcontext.get("invalid_token"):
            return []
        if token := qcontext.get("token"):
            partner = partner._get_partner_from_token(token) or partner
            is_new = partner.signup_type == "signup"
        else:
            is_new = "/web/signup" in request.httprequest.path
        return partner._consent_signup_purposes() if is_new else []

    def _prepare_signup_consent(self, purpose):
        """The question, and what was answered so far: a link answers nothing."""
        sent = request.params if request.httprequest.method == "POST" else {}
        return {
            "purpose": purpose,
            "wording": purpose._get_wording(request.env.lang),
            "granted": _ANSWERS.get(sent.get(f"consent_{purpose.code}")),
            "wording_id": sent.get(f"consent_wording_{purpose.code}"),
        }

    def _prepare_signup_values(self, qcontext):
        values = super()._prepare_signup_values(qcontext)
        for consent in qcontext.get("consents", ()):
            self._check_signup_consent(consent)
        values["consents"] = {
            consent["purpose"].code: self._signup_answer(consent)
            for consent in qcontext.get("consents", ())
            if consent["granted"] is not None
        }
        return values

    def _signup_answer(self, consent):
        """The answer, with the text that was read when it was given."""
        wording = consent["wording_id"] or ""
        return consent["granted"], int(wording) if wording.isdecimal() else None

    def _check_signup_consent(self, consent):
        """:raise UserError: when an answer is missing, or a condition has no yes"""
        purpose, granted = consent["purpose"], consent["granted"]
        if purpose.is_condition and not granted:
            raise UserError(
                request.env._(
                    "There is no account without “%(purpose)s”: we need your yes.",
                    purpose=purpose.name,
                )
            )
        if purpose.answer_required and granted is None:
            raise UserError(
                request.env._(
                    "Please answer “%(purpose)s”: yes or no, both are fine.",
                    purpose=purpose.name,
                )
            )
