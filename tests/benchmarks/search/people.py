"""People of a large shop: plausible, unequal in how common they are, and all made up.

Names and streets follow Zipf's law, as real ones do: a few are everywhere and most are
rare, because a search that is fast on evenly spread words says nothing. The same seed
gives the same people.
"""

import bisect
import itertools
import random
import unicodedata

SEED = 20260101
COMMON_FIRST = (
    "Jan Anna Peter Marie Paul Sanne Łukasz Zofia Élodie Chloé Małgorzata François "
    "Daan Lotte Michał Agnieszka Jérôme Hélène Koen Femke"
).split()
COMMON_LAST = (
    "Jansen|de Vries|Wiśniewska|van den Berg|Lefèvre|Bakker|Kowalski|Dubois|Visser|"
    "Nowak|Smit|Béranger|Meijer|Wójcik|de Boer|Mulder|Kamińska|Moreau|Bos|Zieliński"
).split("|")
COMMON_STREETS = (
    "Voorstraat|Kerkstraat|Dorpsstraat|Rue de l'Église|Ulica Długa|Molenweg|"
    "Avenue Victor|Stationsweg|Rue du Moulin|Schoolstraat"
).split("|")
COMMON_CITIES = (
    "Amsterdam|Utrecht|Lille|Łódź|Warszawa|Antwerpen|Besançon|Gent|Lyon|Kraków"
).split("|")
SYLLABLES = (
    "ba be bo da de di do el en fa fe ga gor ha he hil ka ke ko la le lin lo ma me mar "
    "mo na ne nor o pa per ra re ri ro sa se sto ta te ter ti to va ve vi wa we zo zen"
).split()
DOMAINS = ("example.com", "example.org", "example.net", "shop.example", "mail.example")


class Words:
    """Words by Zipf's law, the given ones first."""

    def __init__(self, rng, common, count, syllables):
        self.rng = rng
        self.words = list(common)
        known = set(common)
        while len(self.words) < count:
            word = "".join(rng.choices(SYLLABLES, k=rng.randint(*syllables))).title()
            if word not in known:
                known.add(word)
                self.words.append(word)
        weights = (1 / rank**0.85 for rank in range(1, count + 1))
        self.bounds = list(itertools.accumulate(weights))

    def draw(self):
        return self.words[
            bisect.bisect(self.bounds, self.rng.random() * self.bounds[-1])
        ]


def ascii_of(text):
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(char for char in plain if char.isalnum() and char.isascii()).lower()


def people(count):
    """``count`` dicts of values of ``res.partner``, the customer's own columns."""
    rng = random.Random(SEED)
    first = Words(rng, COMMON_FIRST, 3000, (2, 3))
    last = Words(rng, COMMON_LAST, 40_000, (2, 4))
    street = Words(rng, COMMON_STREETS, 8000, (3, 4))
    city = Words(rng, COMMON_CITIES, 600, (2, 3))
    for number in range(1, count + 1):
        given, family = first.draw(), last.draw()
        mobile = f"6{rng.randrange(10**8):08d}"
        yield {
            "name": f"{given} {family}",
            "is_company": rng.random() < 0.04,
            "email": f"{ascii_of(given)}{rng.choice(('.', '', '_'))}{ascii_of(family)}"
            f"{rng.choice(('', number))}@{rng.choice(DOMAINS)}",
            "phone": f"+31 {mobile[0]} {mobile[1:5]} {mobile[5:]}"
            if rng.random() < 0.5
            else f"0{mobile[0]}-{mobile[1:]}",
            "phone_sanitized": f"+31{mobile}",
            "street": f"{street.draw()} {rng.randrange(1, 400)}",
            "zip": f"{rng.randrange(1000, 9999)} {rng.choice('ABCDEGHJKLM')}"
            f"{rng.choice('ABCDEGHJKLM')}",
            "city": city.draw(),
            "customer_code": f"K{number:07d}",
            "days": min(int(rng.paretovariate(0.4)), 4000)
            if rng.random() < 0.7
            else None,
        }
