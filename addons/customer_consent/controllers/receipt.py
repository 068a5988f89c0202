import json

from odoo.exceptions import UserError
from odoo.http import content_disposition, request

_REPORT = "customer_consent.consent_receipt_report"
_TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def make_receipt(partner, kind, event=None):
    """The receipt of a customer as a file.

    :param partner: with the rights and for the companies of who was let through
    :param str kind: ``json`` or ``pdf``
    :param str event: id of one event of theirs, as anybody may have sent it
    :return: response, None when there is no such event
    """
    event_id = int(event) if event and event.isdecimal() else None
    if event and not event_id:
        return None
    try:
        events = partner._consent_receipt_events(event_id)
    except UserError:
        return None
    if kind == "json":
        receipt = partner._consent_receipt(events)
        content = json.dumps(receipt, ensure_ascii=False, indent=2)
    else:
        content, kind = _print_receipt(partner, event_id)
    headers = [("Content-Type", _TYPES[kind]), ("Cache-Control", "no-store")]
    if kind != "html":
        name = request.env._("receipt of consents")
        headers.append(("Content-Disposition", content_disposition(f"{name}.{kind}")))
    return request.make_response(content, headers)


def _print_receipt(partner, event_id):
    """The receipt to read: a PDF, or the page to print where the server makes no PDF."""
    report = partner.env["ir.actions.report"]
    data = {"consent_event": event_id}
    if report.get_wkhtmltopdf_state() in ("install", "broken"):
        return report._render_qweb_html(_REPORT, partner.ids, data=data)
    return report._render_qweb_pdf(_REPORT, partner.ids, data=data)
