"""What a till says that an order earned and spent, read without trusting a word of it."""

import math
import re
from dataclasses import asdict, dataclass, field

from odoo import fields

_MOST_CLAIMS = 1000
_MOST_POINTS = 1e9
_LONGEST_CODE = 64
_KEY = re.compile(r"-?\d{1,10}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Claim:
    """What happens to one card: core's ``couponData`` of the till, as plain values.

    ``key`` is the id of the card, or below zero for one that the till knows alone.
    """

    key: int
    program_id: int
    points: float
    code: str = ""
    line_codes: list = field(default_factory=list)
    expiration_date: str = ""


def parse_claims(changes):
    """Read what the till sent.

    :return: list of ``Claim``, and whether some of it made no sense and was left out
    """
    if not isinstance(changes, dict) or len(changes) > _MOST_CLAIMS:
        return [], bool(changes)
    claims = [_parse(key, values) for key, values in changes.items()]
    known = [claim for claim in claims if claim]
    return known, len(known) < len(claims)


def keep_claims(claims):
    """``claims`` as plain values for a JSON field, which ``parse_claims`` reads again."""
    return {str(claim.key): asdict(claim) for claim in claims}


def _parse(key, values):
    """A claim, or None for what is none."""
    if not isinstance(values, dict):
        return None
    key = int(key) if isinstance(key, str) and _KEY.fullmatch(key) else key
    points = parse_points(values.get("points"))
    program_id = values.get("program_id")
    if not (_is_id(key) and _is_id(program_id) and program_id > 0) or points is None:
        return None
    code = values.get("code") or values.get("barcode") or ""
    line_codes = values.get("line_codes") or []
    day = values.get("expiration_date") or ""
    if not (isinstance(code, str) and isinstance(line_codes, list)):
        return None
    if not all(isinstance(line_code, str) for line_code in line_codes):
        return None
    return Claim(
        key,
        program_id,
        points,
        _clean(code),
        [_clean(line_code) for line_code in line_codes],
        _parse_day(day),
    )


def parse_points(points):
    """A number of points, or None for what is none."""
    if isinstance(points, bool) or not isinstance(points, int | float):
        return None
    if not math.isfinite(points) or abs(points) > _MOST_POINTS:
        return None
    return points


def _is_id(value):
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and bool(value)
        and abs(value) < 2**31
    )


def _clean(code):
    """A code without what neither a till types nor a database stores."""
    return "".join(filter(str.isprintable, code)).strip()[:_LONGEST_CODE]


def _parse_day(day):
    """The date in ``day``, "" for none: a till may send the time too."""
    found = _DATE.match(day) if isinstance(day, str) else None
    try:
        return (
            fields.Date.to_string(fields.Date.to_date(found.group())) if found else ""
        )
    except ValueError:
        return ""
