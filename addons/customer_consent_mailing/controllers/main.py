from odoo import http
from odoo.http import request

from odoo.addons.mass_mailing.controllers.main import MassMailController


class ConsentMailController(MassMailController):
    """An unsubscribe from a mailing for a purpose is a withdrawal in the ledger.

    Core has four ways to unsubscribe, all with a token for the mailing, the recipient's
    record and the address:

    - the link in the message, a GET of ``confirm_unsubscribe``, that asks and writes
      nothing, and the POST of its button;
    - the ``List-Unsubscribe`` header (RFC 8058), a POST of the mail program alone;
    - a GET of ``unsubscribe``, from "Manage Subscriptions", and from messages of former
      versions, that *does* unsubscribe. Scanners of mail follow such links, and would
      answer in the customer's place: for a mailing for a purpose it asks as well, until
      the answer is there, and then shows the page without doing it again;
    - buttons of that page, by POST.

    So only a POST writes here. Core also blacklists the address, for all that the shop ever
    sends. Who got a mailing for a purpose and is a customer withdraws this one consent
    instead; the blacklist is for "Exclude Me", and for a setting of this module.
    """

    @http.route()
    def mailing_confirm_unsubscribe(
        self, mailing_id, document_id=None, email=None, hash_token=None
    ):
        page = super().mailing_confirm_unsubscribe(
            mailing_id, document_id=document_id, email=email, hash_token=hash_token
        )
        # sudo: core has verified the token
        mailing = request.env["mailing.mailing"].sudo().browse(mailing_id)
        page.qcontext["consent_purpose"] = mailing.consent_purpose_id
        return page

    @http.route()
    def mailing_unsubscribe(
        self, mailing_id, document_id=None, email=None, hash_token=None, **post
    ):
        target = {"document_id": document_id, "email": email, "hash_token": hash_token}
        if request.httprequest.method in ("GET", "HEAD"):
            # asks, and verifies the token
            page = self.mailing_confirm_unsubscribe(mailing_id, **target)
            # sudo: core has verified the token
            mailing = request.env["mailing.mailing"].sudo().browse(mailing_id)
            address, _token = self._fetch_user_information(email, hash_token)
            done = mailing._consent_is_unsubscribed(document_id, address)
            if done is not None:
                return self._render_unsubscribed(mailing, **target) if done else page
        return super().mailing_unsubscribe(mailing_id, **target, **post)

    def _mailing_unsubscribe_from_list(self, mailing, document_id, email, hash_token):
        mailing._consent_unsubscribe(document_id, email)
        return super()._mailing_unsubscribe_from_list(
            mailing, document_id, email, hash_token
        )

    def _mailing_unsubscribe_from_document(
        self, mailing, document_id, email, hash_token
    ):
        if mailing._consent_unsubscribe(document_id, email):
            return self._render_unsubscribed(mailing, document_id, email, hash_token)
        return super()._mailing_unsubscribe_from_document(
            mailing, document_id, email, hash_token
        )

    def _render_unsubscribed(self, mailing, document_id, email, hash_token):
        values = self._prepare_mailing_subscription_values(
            mailing, document_id, email, hash_token
        )
        told = request.env._(
            "You no longer get “%(purpose)s” from us.",
            purpose=mailing.consent_purpose_id.name,
        )
        return request.render(
            "mass_mailing.page_mailing_unsubscribe",
            {
                **values,
                "last_action": "subscription_updated",
                "unsubscribed_name": told,
            },
        )

    @http.route()
    def mailing_update_list_subscription(
        self,
        mailing_id=None,
        document_id=None,
        email=None,
        hash_token=None,
        lists_optin_ids=None,
        **post,
    ):
        """Who leaves every list of the mailing withdraws; who joins one consents to
        nothing: that is asked in the words of the purpose, and not here."""
        result = super().mailing_update_list_subscription(
            mailing_id=mailing_id,
            document_id=document_id,
            email=email,
            hash_token=hash_token,
            lists_optin_ids=lists_optin_ids,
            **post,
        )
        if result not in ("error", "unauthorized") and mailing_id:
            # sudo: core has verified the token
            mailing = request.env["mailing.mailing"].sudo().browse(mailing_id)
            left = mailing.contact_list_ids
            if left and not left & left.browse(lists_optin_ids or []):
                self._consent_unsubscribe(mailing, document_id, email, hash_token)
        return result

    @http.route()
    def mail_blocklist_add(
        self, mailing_id=None, document_id=None, email=None, hash_token=None
    ):
        """Who wants to hear nothing at all does not want this either. To come back from
        the blacklist is no consent."""
        result = super().mail_blocklist_add(
            mailing_id=mailing_id,
            document_id=document_id,
            email=email,
            hash_token=hash_token,
        )
        if result is True and mailing_id:
            # sudo: core has verified the token
            mailing = request.env["mailing.mailing"].sudo().browse(mailing_id)
            self._consent_unsubscribe(mailing, document_id, email, hash_token)
        return result

    def _consent_unsubscribe(self, mailing, document_id, email, hash_token):
        address, _token = self._fetch_user_information(email, hash_token)
        mailing._consent_unsubscribe(document_id, address)
