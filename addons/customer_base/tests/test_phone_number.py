import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from odoo.tests import BaseCase, tagged

from ..tools.phone_number import parse_phone

# What people write, the countries it is read in, and the number or why there is none.
WRITTEN = [
    # the Netherlands
    ("06-12345678", "NL", "+31612345678"),
    ("06 - 12 34 56 78", "NL", "+31612345678"),
    ("06/12345678", "NL", "+31612345678"),
    ("+31 (0)6 12345678", "FR", "+31612345678"),
    ("0031612345678", "NL", "+31612345678"),
    ("31 6 12345678", "NL", "+31612345678"),
    ("+31 06 12345678", "", "+31612345678"),
    ("06-12345678 (thuis)", "NL", "+31612345678"),
    ("020-1234567", "NL", "landline"),
    ("0900-1234", "NL", "service"),
    ("0900-TAXI", "NL", "letters"),
    ("0800 0112", "NL", "service"),
    ("06-1234567", "NL", "invalid"),
    ("06-12345678 / 020-1234567", "NL", "several"),
    ("0612345678 of 0687654321", "NL", "several"),
    ("020 123 4567 tst. 12", "NL", "extension"),
    # France
    ("06 12 34 56 78", "FR", "+33612345678"),
    ("07.56.12.34.56", "FR", "+33756123456"),
    ("+33 (0)6 12 34 56 78", "NL", "+33612345678"),
    ("Tél. : 06 12 34 56 78", "FR", "+33612345678"),
    ("01 23 45 67 89", "FR", "landline"),
    ("08 92 68 12 34", "FR", "service"),
    ("06 12 34 56 78 9", "FR", "long"),
    ("06 12 34 56 78 ou 01 23 45 67 89", "FR", "several"),
    ("06 12 34 56 78 poste 12", "FR", "extension"),
    # Poland
    ("601 234 567", "PL", "+48601234567"),
    ("601-234-567", "PL", "+48601234567"),
    ("+48 601 234 567", "NL", "+48601234567"),
    ("0048 601 234 567", "PL", "+48601234567"),
    ("+48 (0)601 234 567", "PL", "+48601234567"),
    ("22 555 01 02", "PL", "landline"),
    ("601 234 567, 602 345 678", "PL", "several"),
    ("601 234 567/68", "PL", "several"),
    ("601 234 567 wew. 5", "PL", "extension"),
    # Germany
    ("0171/1234567", "DE", "+491711234567"),
    ("+49 (171) 123 45 67", "DE", "+491711234567"),
    ("030 12345678", "DE", "landline"),
    ("0171 1234567 / 030 1234567", "DE", "several"),
    # Belgium
    ("0475/12.34.56", "BE", "+32475123456"),
    ("+32 475 12 34 56", "NL", "+32475123456"),
    ("02 512 34 56", "BE", "landline"),
    # the United Kingdom
    ("07400 123456", "GB", "+447400123456"),
    ("+44 (0) 7400 123 456", "", "+447400123456"),
    ("020 7946 0958", "GB", "landline"),
    # Spain
    ("612 34 56 78", "ES", "+34612345678"),
    ("91 123 45 67", "ES", "landline"),
    # Italy, where the zero of a landline stays
    ("333 1234567", "IT", "+393331234567"),
    ("06 12345678", "IT", "landline"),
    # Switzerland, Austria
    ("079 123 45 67", "CH", "+41791234567"),
    ("0664 / 123 45 67", "AT", "+436641234567"),
    # the USA, where mobile numbers look like others
    ("(415) 555-2671", "US", "+14155552671"),
    ("1-800-FLOWERS", "US", "letters"),
    ("800-234-5678", "US", "service"),
    ("00 33 6 12 34 56 78", "US", "+33612345678"),
    # Argentina, whose mobile numbers have a 15 within and a 9 from abroad
    ("011 15-2345-6789", "AR", "+5491123456789"),
    # Brazil, Mexico
    ("(11) 96123-4567", "BR", "+5511961234567"),
    ("55 1234 5678", "MX", "+525512345678"),
    # Morocco in Arabic digits, Japan in wide ones, Iran in Persian ones
    ("٠٦٥٠ ١٢٣٤٥٦", "MA", "+212650123456"),
    ("０９０－１２３４－５６７８", "JP", "+819012345678"),
    ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789"),
    # marks that nobody sees, as copied from a web page
    ("\u202a+31\u00a06\u00a012345678\u202c", "", "+31612345678"),
    # nothing that could be dialled
    ("", "NL", "empty"),
    ("   ", "NL", "empty"),
    ("on request", "NL", "letters"),
    ("+999 123 456", "NL", "country"),
    ("112", "NL", "short"),
    ("0612345678", "", "country"),
    ("9" * 300, "NL", "long"),
]


@tagged("post_install", "-at_install")
class TestPhoneNumber(BaseCase):
    """Numbers as people write them, and whether there can be WhatsApp."""

    def test_as_people_write_them(self):
        self.assertGreaterEqual(len(WRITTEN), 60)
        self.assertGreaterEqual(len({region for _t, region, _e in WRITTEN}), 12)
        for text, region, expected in WRITTEN:
            with self.subTest(text=text, region=region):
                number = parse_phone(text, region)
                if expected.startswith("+"):
                    self.assertEqual((number.e164, number.problem), (expected, ""))
                else:
                    self.assertEqual(number.problem, expected)
                self.assertEqual(number.mobile, expected.startswith("+"))

    def test_examples_of_all_countries(self):
        """What each country's numbering plan gives as an example, in national writing."""
        tested = 0
        for region in sorted(phonenumbers.SUPPORTED_REGIONS):
            for kind, mobile in (
                (PhoneNumberType.MOBILE, True),
                (PhoneNumberType.FIXED_LINE, False),
            ):
                example = phonenumbers.example_number_for_type(region, kind)
                if example is None:
                    continue
                tested += 1
                national = phonenumbers.format_number(
                    example, PhoneNumberFormat.NATIONAL
                )
                number = parse_phone(national, region)
                e164 = phonenumbers.format_number(example, PhoneNumberFormat.E164)
                with self.subTest(region=region, national=national):
                    self.assertEqual(number.e164, e164)
                    if mobile or phonenumbers.number_type(example) == kind:
                        self.assertEqual(number.mobile, mobile)
        self.assertGreaterEqual(tested, 400)

    def test_international_needs_no_country(self):
        for region in ("FR", "NL", ""):
            self.assertEqual(parse_phone("+48601234567", region).e164, "+48601234567")
        self.assertFalse(parse_phone("06 12 34 56 78", "").valid)

    def test_possible_valid_and_mobile_are_told_apart(self):
        for text, expected in (
            ("0612", (False, False, False)),  # much too short
            ("06-1234567", (True, False, False)),  # a digit is missing
            ("020-1234567", (True, True, False)),  # a landline
            ("06-12345678", (True, True, True)),
        ):
            number = parse_phone(text, "NL")
            found = (number.possible, number.valid, number.mobile)
            self.assertEqual(found, expected, text)

    def test_a_lost_plus_is_not_guessed(self):
        """The message would go to a stranger in Malaysia."""
        self.assertFalse(parse_phone("601 234 5678", "PL").valid)

    def test_international_writing(self):
        number = parse_phone("06-12345678", "NL")
        self.assertEqual(number.international, "+31 6 12345678")
        self.assertEqual(parse_phone("", "NL").international, "")
