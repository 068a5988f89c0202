"""What somebody typed into the search, taken apart. Knows no database.

The index holds for each customer a ``body`` (``sql/customer_search_index.sql``): segments of
folded words, each with a blank before and after it. A word is looked for there by ``LIKE``.
"""

import re
import string
from collections import namedtuple

MAX_LENGTH = 200  # characters; nobody types more
MAX_WORDS = 8
SHORT = 3  # shorter words are looked for at the beginning of words only
LONG = 20  # a mistake in a longer word is not looked for: there are too many
LAST_DIGITS = 4
PHONE_DIGITS = 6

# Segment of each field, by the control character that begins it.
SEGMENTS = {
    "name": "\x01",
    "complete_name": "\x01",
    "display_name": "\x01",
    "email": "\x02",
    "phone": "\x03",
    "street": "\x04",
    "street2": "\x04",
    "zip": "\x05",
    "city": "\x06",
    "customer_code": "\x07",
    "barcode": "\x07",
    "ref": "\x07",
    "vat": "\x08",
    "company_registry": "\x08",
}
ALL_SEGMENTS = "".join(sorted(set(SEGMENTS.values())))

#: ``unit`` is what the best match holds as it was typed, a number without its blanks;
#: ``alternatives`` is a list of lists of pieces: all pieces of one of them have to be found.
#: A piece is a text, with a blank where a word begins or ends.
Term = namedtuple("Term", "unit alternatives")

_PUNCTUATION = re.compile(r"[\x01- !-/:-@\[-`{-~]+")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-/]*\d")
_TRUNK_ZERO = re.compile(r"\(0\)")
_ALPHABET = string.ascii_lowercase


def clean(text):
    """``text`` as the database takes it: no NUL, no half of a character, not endless."""
    text = text[:MAX_LENGTH].replace("\0", " ")
    return text.encode("utf-8", "ignore").decode()


def terms_of(folded):
    """The terms of a folded query: each has to be found.

    :return: list of :class:`Term`
    """
    terms = []
    rest = folded
    for run in _PHONE.findall(folded):
        if len(run.split()) > 1 and sum(map(str.isdigit, run)) >= PHONE_DIGITS:
            alternatives = _phone(run)
            if run[0] not in "+(0":  # a postcode, a house, a street that is a number
                apart = [_alternatives(word) for word in run.split()]
                alternatives.append(
                    [piece for each in apart if each for piece in each[0]]
                )
            terms.append(Term(_digits(run), alternatives))
            rest = rest.replace(run, " ", 1)
    for word in rest.split():
        if alternatives := _alternatives(word):
            terms.append(
                Term(_digits(word) if _is_number(word) else word, alternatives)
            )
    return terms[:MAX_WORDS]


def words_of(folded):
    """The words of a folded query as they stand in ``tokens``."""
    return [word for word in _PUNCTUATION.split(folded) if word][:MAX_WORDS]


def _alternatives(word):
    """Alternatives for what stands between two blanks."""
    if _is_number(word):
        return _phone(word)
    if "@" in word.strip("@"):
        return [[word]]
    parts = [part for part in _PUNCTUATION.split(word) if part]
    alternatives = []
    if parts != [word] and any(len(part) >= SHORT for part in parts):
        alternatives.append([word])  # an e-mail, a code with hyphens
    elif parts != [word] and parts:
        alternatives.append([f" {word}"])
    if parts:
        alternatives.append([_piece(part) for part in parts])
    return alternatives


def _is_number(word):
    digits = _PUNCTUATION.sub("", word)
    return bool(digits) and not digits.strip(string.digits)


def _piece(part):
    return part if len(part) >= SHORT else f" {part}"


def _digits(text):
    """The digits of a number, an international one from its country code on."""
    digits = re.sub(r"[^0-9]", "", _TRUNK_ZERO.sub("", text))
    if digits.startswith("00") and len(digits) > LAST_DIGITS:
        digits = digits[2:]
    return digits


def _phone(text):
    """A number: at the beginning of one, or its last digits."""
    digits = _digits(text)
    if not digits:
        return []
    if len(digits) < LAST_DIGITS:
        alternatives = [[f" {digits}"]]
    else:
        alternatives = [[f" {digits}"], [f"{digits} "]]
    if len(digits) > PHONE_DIGITS and digits.startswith("0"):
        # in the body stands also the number without its zero
        bare = digits[1:]
        alternatives = [[f" {digits}"], [f" {bare}"], [f"{bare} "]]
    if text[0] not in "+(0" and any(char in text for char in "-/."):
        alternatives.append([text.strip()])  # a code or a date
    return alternatives


def ends_of(alternatives):
    """Tokens by which the index knows the first and the last digits of numbers.

    :param alternatives: of a :class:`Term`
    :return: list of tokens of which those who fit have one, None when there are none
    """
    tokens = []
    for pieces in alternatives:
        piece = pieces[0]
        digits = piece.strip()
        if len(pieces) > 1 or len(digits) < LAST_DIGITS or digits.strip(string.digits):
            return None
        if piece.startswith(" "):
            tokens += _beginnings(digits)
        elif piece.endswith(" "):
            tokens.append(f"#{digits[-LAST_DIGITS:]}")
        else:
            return None
    return tokens


def _beginnings(digits):
    """The index knows the first four digits of a number and the first six."""
    if len(digits) == PHONE_DIGITS - 1:  # a number of five is known by its last four
        return [f"^{digits}{digit}" for digit in string.digits]
    return [f"^{digits[:PHONE_DIGITS]}"]


def is_indexed(piece, wide_letters=True):
    """Whether ``pg_trgm`` finds a trigram in a piece.

    :param wide_letters: whether letters beyond ASCII count in this database
    """
    runs = re.findall(r" ?[^\W_]+ ?" if wide_letters else r" ?[0-9a-z]+ ?", piece)
    return any(
        run.startswith(" ") or len(run) > SHORT or len(run.strip()) >= SHORT
        for run in runs
    )


def misspellings(word):
    """Every word that is one letter away: changed, left out, added or exchanged."""
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    found |= {a + c + b[1:] for a, b in splits if b for c in _ALPHABET}
    found |= {a + c + b for a, b in splits for c in _ALPHABET}
    found.discard(word)
    return sorted(found)


def may_be_misspelt(word):
    return SHORT < len(word) <= LONG and word.isascii() and word.isalpha()


def like(piece):
    """The pattern that finds a piece anywhere in the body."""
    escaped = piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def regex(piece, segments):
    """The regular expression that finds a piece in some segments only."""
    escaped = re.sub(r"([^\w ])", r"\\\1", piece)
    return f"[{segments}][^\\x01-\\x08]*{escaped}"
