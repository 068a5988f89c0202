"""How a row of the ledger becomes a link of a chain.

Nothing here knows Odoo's models: a script beside a dump can check it with these lines and
the key.
"""

import hashlib
import hmac
import json

# The columns that a link vouches for, in their order, by version of the payload. A version
# that was once written is never changed: a new column means a new version.
PAYLOAD = {
    1: (
        "payload_version",
        "subject_uuid",
        "sequence",
        "event",
        "state",
        "purpose_code",
        "purpose_ref",
        "company_ref",
        "legal_basis",
        "wording_ref",
        "wording_version",
        "wording_lang",
        "wording_hash",
        "channel",
        "actor",
        "user_ref",
        "employee_ref",
        "config_ref",
        "order_uuid",
        "at",
        "recorded_at",
        "until",
        "reason",
        "related_uuid",
        "source",
        "key",
        "note_hash",
        "key_ref",
    ),
}
VERSION = max(PAYLOAD)


def canonical(value):
    """The one text of a JSON value: the same on every machine."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_text
    )


def _text(value):
    return value.isoformat(timespec="microseconds")  # of a datetime, in UTC


def digest(text):
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal(key, domain, *parts):
    """What vouches for ``parts``: an HMAC with a key, without one a plain hash.

    :param bytes key: the secret, empty where there is none
    :param str domain: what the seal is for, so that none serves for something else
    :return: 64 hexadecimal digits
    """
    text = canonical([domain, *parts]).encode()
    if key:
        return hmac.digest(key, text, "sha256").hex()
    return hashlib.sha256(text).hexdigest()


def key_ref(key):
    """Which key made a seal, without telling anything of it; empty for none."""
    return hashlib.sha256(b"customer_consent:" + key).hexdigest()[:8] if key else ""


def link(key, row, previous):
    """The hash of an event.

    :param dict row: by column, as PostgreSQL gives it; NULL, zero and empty are the same
    :param str previous: hash of the event before, empty for the first
    """
    values = [row[name] or None for name in PAYLOAD[row["payload_version"]]]
    return seal(key, "event", previous, values)


def head(key, subject):
    """What vouches for the end of a chain, which no event after it does, and for whose it is.

    :param dict subject: row of the subject, by column
    """
    names = ("uuid", "partner_id", "live", "consent_sequence", "consent_hash")
    return seal(key, "head", *(subject[name] or None for name in names))
