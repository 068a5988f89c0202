"""A ledger as years of answers would have left it: true chains, made all at once."""

import itertools
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

# the addons are found once the configuration is read; this file needs none of them
TOOLS = Path(__file__).parents[3] / "addons/customer_consent/tools"
sys.path.append(str(TOOLS))
import chain  # noqa: E402

KEY = "a secret of the benchmark"  # a ledger with a secret: its seals are HMACs
SEED = 20260101
FIRST = datetime(2023, 1, 1)
PURPOSES = ("newsletter", "sms", "birthday", "profile", "partners")
EVENT_COLUMNS = (*chain.PAYLOAD[chain.VERSION], "previous_hash", "hash")
STATE_COLUMNS = (
    "subject_uuid partner_id purpose_id company_id state since until wording_id channel "
    "sequence"
).split()
HEAD_COLUMNS = ("uuid", "consent_sequence", "consent_hash", "consent_seal")


def purposes(env):
    """Five purposes with published wordings; one of them for two years only."""
    made = env["consent.purpose"].create(
        [
            {
                "code": f"bench_{code}",
                "name": code.title(),
                "validity_months": 24 if code == "partners" else 0,
            }
            for code in PURPOSES
        ]
    )
    for purpose in made:
        env["consent.wording"].create(
            {"purpose_id": purpose.id, "lang": "en_US", "body": "Yes, until I say no."}
        ).action_publish()
    return made


def fill(env):
    """An answer of every customer for every purpose: events, states and ends of chains."""
    env["consent.event"].flush_model()
    columns = {
        "consent_event": EVENT_COLUMNS,
        "consent_state": STATE_COLUMNS,
        "heads": HEAD_COLUMNS,
    }
    cr = env.cr
    cr.execute(
        "CREATE TEMP TABLE heads (uuid text, consent_sequence int, consent_hash text,"
        " consent_seal text)"
    )
    cr.execute(
        "SELECT uuid, partner_id FROM customer_subject"
        " WHERE live AND coalesce(consent_sequence, 0) = 0 ORDER BY id"
    )
    files = {table: tempfile.TemporaryFile("w+") for table in columns}
    for table, row in itertools.chain.from_iterable(_rows(env, cr.fetchall())):
        cells = (_cell(row[name]) for name in columns[table])
        files[table].write("\t".join(cells) + "\n")
    for table, file in files.items():
        file.seek(0)
        names = ", ".join(columns[table])
        cr._obj.copy_expert(f"COPY {table} ({names}) FROM STDIN", file)
        file.close()
    cr.execute(
        SQL(
            "UPDATE customer_subject AS s SET consent_sequence = h.consent_sequence,"
            " consent_hash = h.consent_hash, consent_seal = h.consent_seal"
            " FROM heads AS h WHERE h.uuid = s.uuid"
        )
    )
    env.invalidate_all()


def _rows(env, subjects):
    """For each subject a list of tuples of a table and a row."""
    rng = random.Random(SEED)
    secret = env["consent.event"]._secret()
    partners = env["res.partner"]
    asked = [
        partners._prepare_consent_event(
            purpose, purpose._get_wording("en_US"), "backend", None
        )
        | {"months": purpose.validity_months}
        for purpose in purposes(env)
    ]
    for uuid, partner_id in subjects:
        at = FIRST + timedelta(seconds=rng.randrange(10**8))
        rows, last = [], ""
        for sequence, values in enumerate(asked, start=1):
            at += timedelta(
                seconds=rng.randrange(60), microseconds=rng.randrange(10**6)
            )
            event = _event(uuid, sequence, values, at, rng.random() < 0.7, secret, last)
            last = event["hash"]
            rows += [
                ("consent_event", event),
                ("consent_state", _state(event, partner_id)),
            ]
        rows.append(("heads", _head(secret, uuid, partner_id, len(asked), last)))
        yield rows


def _event(uuid, sequence, values, at, granted, secret, last):
    until = values["months"] and granted and at + relativedelta(months=values["months"])
    row = {
        **dict.fromkeys(EVENT_COLUMNS),
        **values,
        "payload_version": chain.VERSION,
        "subject_uuid": uuid,
        "sequence": sequence,
        "event": "granted" if granted else "refused",
        "state": "granted" if granted else "refused",
        "at": at,
        "recorded_at": at,
        "until": until.replace(microsecond=0) if until else None,
        "key_ref": chain.key_ref(secret),
        "previous_hash": last,
    }
    row["hash"] = chain.link(secret, row, last)
    return row


def _state(event, partner_id):
    return {
        **event,
        "partner_id": partner_id,
        "purpose_id": event["purpose_ref"],
        "company_id": event["company_ref"],
        "since": event["at"],
        "wording_id": event["wording_ref"],
    }


def _head(secret, uuid, partner_id, sequence, last):
    subject = {
        "uuid": uuid,
        "partner_id": partner_id,
        "live": True,
        "consent_sequence": sequence,
        "consent_hash": last,
    }
    return {
        "uuid": uuid,
        "consent_sequence": sequence,
        "consent_hash": last,
        "consent_seal": chain.head(secret, subject),
    }


def _cell(value):
    return "\\N" if value is None else str(value)
