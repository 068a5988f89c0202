"""Phone numbers as people write them, and whether WhatsApp can be on them.

Independent of the database: what a number is follows from its text and from the
countries in which it may have been written.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

# A line of these kinds can have WhatsApp. Some countries, like the USA, do not tell
# mobile numbers from others: there every number may be mobile.
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_LANDLINE = (PhoneNumberType.FIXED_LINE,)
_MAX_TEXT = 100  # characters; no number is longer
_MIN_DIGITS = 6  # of a number among several

_BRACKETED_ZERO = re.compile(r"\(\s*0\s*\)")
_PLUS = re.compile(r"^[^\d+]*\+[\s+]*(?:00)?")
_SEPARATORS = re.compile(r"[,;|&\n]|\s-\s|/|(?<=\d)\s*\+|\s(?:[^\W\d_]+)\s")
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_][^\d+]*")
_EXTENSION = re.compile(
    r"^(?P<number>.*\d)\s*[,;.(]*\s*(?:[^\W\d_]+[\s.:=]*|#\s*)(?P<extension>\d{1,6})\W*$"
)


class PhoneNumber(NamedTuple):
    """What is known of the text that stands for a phone number.

    ``problem`` is why there can be no WhatsApp, empty where there can: ``empty``,
    ``several``, ``extension``, ``letters``, ``country``, ``short``, ``long``,
    ``invalid``, ``landline`` or ``service`` (premium, free, pager and the like).
    """

    possible: bool = False
    valid: bool = False
    mobile: bool = False
    e164: str = ""
    problem: str = ""

    @property
    def international(self):
        """The number as people read it, with the country's prefix."""
        if not self.e164:
            return ""
        parsed = phonenumbers.parse(self.e164)
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _plain(text):
    """``text`` with the digits and signs of ASCII, without marks that nobody sees."""
    text = unicodedata.normalize("NFKC", text[: _MAX_TEXT + 1])
    result = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Nd":
            result.append(str(unicodedata.digit(char)))
        elif category == "Pd" or char == "\N{MINUS SIGN}":
            result.append("-")
        elif category == "Zs":
            result.append(" ")
        elif category != "Cf":
            result.append(char)
    return "".join(result).strip()


def _known(text, region):
    """What ``phonenumbers`` makes of ``text`` in one country."""
    try:
        parsed = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException as error:
        codes = phonenumbers.NumberParseException
        problem = {
            codes.INVALID_COUNTRY_CODE: "country",
            codes.TOO_LONG: "long",
            codes.TOO_SHORT_NSN: "short",
            codes.TOO_SHORT_AFTER_IDD: "short",
        }.get(error.error_type, "invalid")
        return PhoneNumber(problem=problem)
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason not in (
        ValidationResult.IS_POSSIBLE,
        ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    ):
        problem = {
            ValidationResult.INVALID_COUNTRY_CODE: "country",
            ValidationResult.TOO_SHORT: "short",
            ValidationResult.TOO_LONG: "long",
        }.get(reason, "invalid")
        return PhoneNumber(problem=problem)
    if not phonenumbers.is_valid_number(parsed):
        return PhoneNumber(possible=True, problem="invalid")
    kind = phonenumbers.number_type(parsed)
    if parsed.extension:
        problem = "extension"
    elif kind in _MOBILE:
        problem = ""
    else:
        problem = "landline" if kind in _LANDLINE else "service"
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return PhoneNumber(True, True, not problem, e164, problem)


def _writings(text):
    """``text`` and what may have been meant by it, the likeliest first."""
    yield text
    if _PLUS.match(text):
        text = _PLUS.sub("+", text)
        yield text
    if _BRACKETED_ZERO.search(text):
        yield (text := _BRACKETED_ZERO.sub("", text))
    digits = re.sub(r"\D", "", text)
    if digits.startswith("00"):
        yield f"+{digits[2:]}"


def _best(text, region):
    """The first reading that is a valid number, or else why the first is none."""
    first = None
    for writing in _writings(text):
        number = _known(writing, region)
        if number.valid:
            return number
        if first is None or (number.possible and not first.possible):
            first = number
    return first


def _is_several(text, region):
    first, slash, rest = text.partition("/")
    if slash and re.search(r"\d", rest) and _best(first, region).valid:
        return True  # of the second number maybe only its end: 601 234 567/68
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    found = [p for p in parts if len(re.sub(r"\D", "", p)) >= _MIN_DIGITS]
    return len(found) > 1 and all(_best(part, region).valid for part in found[:2])


def _holds_several(text, region):
    """Whether there are several numbers in a text with nothing between them."""
    return len(list(phonenumbers.PhoneNumberMatcher(text, region))) > 1


def _is_extension(text, region):
    match = _EXTENSION.match(text)
    return bool(match) and _best(match["number"], region).valid


@lru_cache(maxsize=4096)
def parse_phone(text, region):
    """Tell what the phone number ``text`` is.

    :param str text: as somebody wrote it: national or international, digits of any
        script, with brackets, labels or remarks
    :param str region: code of the country whose numbers may be written without the prefix.
        One: what is no number there may be somebody else's in another country
    :return: ``PhoneNumber``
    """
    plain = _plain(text or "")
    if not any(char.isdigit() for char in plain):
        return PhoneNumber(problem="letters" if plain else "empty")
    if len(plain) > _MAX_TEXT:
        return PhoneNumber(problem="long")
    if _is_several(plain, region):
        return PhoneNumber(problem="several")
    if _is_extension(plain, region):
        return _best(_EXTENSION.match(plain)["number"], region)._replace(
            mobile=False, problem="extension"
        )
    if _LETTERS.search(plain):
        # a label or a remark beside a number; letters in place of digits are refused
        number = _best(_WORDS.sub(" ", plain), region)
        if not number.valid:
            number = PhoneNumber(problem="letters")
    else:
        number = _best(plain, region)
    if not number.valid and _holds_several(plain, region):
        return PhoneNumber(problem="several")
    return number
