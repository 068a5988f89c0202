#!/usr/bin/env python3
"""Make ``customers.csv``: 1,000 plausible customers, and no real person among them.

French, Polish and Dutch ones, with the accents, telephone numbers and postcodes of their
country, companies with contacts, students and staff. The same file each time::

    python3 setup/demo/make_customers.py            # writes customers.csv beside it
    python3 setup/demo/make_customers.py other.csv

Names, streets and cities are common ones put together by chance; addresses end in the
domains that RFC 2606 reserves. Types are codes of ``shop.py``.
"""

import csv
import io
import pathlib
import random
import sys
import unicodedata

SEED = 20260101
COMPANIES = 90
TOTAL = 1000
STUDENTS = 0.12
STAFF = 14
PATH = pathlib.Path(__file__).with_name("customers.csv")
HEADER = (
    "Customer Code",
    "Name",
    "Company Type",
    "Related Company",
    "Customer Type",
    "Type valid until",
    "Email",
    "Phone",
    "Street",
    "Street2",
    "Zip",
    "City",
    "Country",
    "Website",
    "Language",
    "Tags",
    "Customer Note",
)
DOMAINS = ("example.com", "example.org", "example.net")
LANGUAGES = {"FR": "fr_FR", "PL": "pl_PL", "NL": "nl_NL"}

FIRST = {
    "FR": "Chloé Léa Manon Inès Élodie Zoé Maëlle Anaïs Hélène Françoise Noémie Agnès "
    "Camille Louise Jeanne Lucas Hugo Théo Gaël Jérôme François Loïc Étienne Rémi "
    "Benoît Mathéo Antoine Julien Paul Cédric".split(),
    "PL": "Zofia Łucja Małgorzata Agnieszka Katarzyna Wiesława Bożena Świętosława Jagoda "
    "Hanna Julia Maja Elżbieta Grażyna Alicja Paweł Michał Łukasz Wojciech Grzegorz "
    "Zbigniew Stanisław Jędrzej Błażej Kacper Szymon Mikołaj Tomasz Józef "
    "Krzysztof".split(),
    "NL": "Sanne Fleur Femke Lotte Marijke Anouk Noor Eefje Roos Maaike Liesbeth Ilse "
    "Tess Willemijn Jantine Daan Sem Bram Thijs Gijs Stijn Ruben Sjoerd Joost Pim "
    "Matthijs Koen Jelle Hidde Coen".split(),
}
LAST = {
    "FR": "Lefèvre Béranger Mercier Gauthier Chevallier Rousselot Lacombe Périer Dubreuil "
    "Fabre Marchand Noël Rivière Delaunay Bétemps Guérin Collet Hervé Vasseur Maçon "
    "Aubry Carré Leclère Poirier Besançon Tessier Grandjean Rémond Sénéchal "
    "Boisvert".split(),
    "PL": "Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Kozłowski "
    "Jabłoński Król Wieczorek Pawłowski Michałek Krawczyk Grabowski Zając Pająk Sikora "
    "Ostrowski Bąk Głowacki Łuczak Śliwiński Żak Czarnecki Kępa Róg Sobański Mróz "
    "Gołąb".split(),
    "NL": "de_Vries van_Dijk Visser Meijer Mulder Bos Vos Hendriks van_Leeuwen Dekker "
    "Brouwer de_Wit Dijkstra Smits de_Graaf van_der_Meer Kok Jacobs de_Haan Vermeulen "
    "van_den_Berg IJzerman van_IJsselmuiden Prins Huisman Postma Kuipers Wijnands "
    "Bijlsma Zijlstra".split(),
}
# City with the first digits of its postcodes.
CITIES = {
    "FR": (
        ("Paris", "750"),
        ("Lyon", "690"),
        ("Besançon", "250"),
        ("Nîmes", "300"),
        ("Orléans", "450"),
        ("Angoulême", "160"),
        ("Saint-Étienne", "420"),
        ("Lille", "590"),
        ("Strasbourg", "670"),
        ("Mâcon", "710"),
        ("Béziers", "345"),
    ),
    "PL": (
        ("Warszawa", "02"),
        ("Kraków", "30"),
        ("Łódź", "90"),
        ("Wrocław", "50"),
        ("Poznań", "61"),
        ("Gdańsk", "80"),
        ("Toruń", "87"),
        ("Białystok", "15"),
        ("Rzeszów", "35"),
        ("Częstochowa", "42"),
        ("Zielona Góra", "65"),
    ),
    "NL": (
        ("Amsterdam", "10"),
        ("Rotterdam", "30"),
        ("Utrecht", "35"),
        ("IJmuiden", "19"),
        ("Nijmegen", "65"),
        ("’s-Hertogenbosch", "52"),
        ("Gouda", "28"),
        ("Groningen", "97"),
        ("Leiden", "23"),
        ("IJsselstein", "34"),
        ("Zwolle", "80"),
    ),
}
STREETS = {
    "FR": (
        "rue de l’Église",
        "avenue de la République",
        "rue des Écoles",
        "boulevard Voltaire",
        "impasse du Moulin",
        "rue du Général-Leclerc",
        "chemin des Prés",
        "place du Marché",
        "rue de la Forêt",
        "quai des Célestins",
    ),
    "PL": (
        "ul. Piłsudskiego",
        "ul. Świętokrzyska",
        "al. Niepodległości",
        "ul. Długa",
        "ul. Słowackiego",
        "ul. Mickiewicza",
        "os. Zwycięstwa",
        "ul. Żeromskiego",
        "ul. Polna",
        "ul. Kościuszki",
    ),
    "NL": (
        "Dorpsstraat",
        "Kerkstraat",
        "IJsselkade",
        "Molenweg",
        "Stationsplein",
        "Prinsengracht",
        "Burgemeester Smitsweg",
        "Nieuwe Rijn",
        "Lijsterbesstraat",
        "Wilhelminalaan",
    ),
}
TRADES = {
    "FR": (
        "Librairie {}",
        "Boulangerie {}",
        "Atelier {}",
        "Papeterie {} & Fils",
        "Cabinet {}",
        "École {}",
        "Café {}",
    ),
    "PL": (
        "Księgarnia {}",
        "Piekarnia {}",
        "Pracownia {}",
        "{} i Wspólnicy",
        "Biuro {}",
        "Szkoła {}",
        "Kawiarnia {}",
    ),
    "NL": (
        "Boekhandel {}",
        "Bakkerij {}",
        "Atelier {}",
        "{} & Zonen",
        "Advieskantoor {}",
        "Basisschool {}",
        "Eetcafé {}",
    ),
}
NOTES = (
    "Prefers to be called in the evening.",
    "Pays by bank transfer.",
    "Collects orders on Saturdays.",
    "Please no calls before 10 o’clock.",
    "Likes crime novels; tell about new ones.",
    "Wheelchair: help at the door.",
    "Asks for an invoice each time.",
    "Gift wrapping, always.",
    "Orders for the school library in September.",
    "Speaks English as well.",
)
TAGS = ("Regular", "Book club", "School", "Newsletter")
STREET2 = {"FR": "Bâtiment {}", "PL": "m. {}", "NL": "{} hoog"}


def ascii_slug(text):
    """``text`` for an e-mail address: no accents, no blanks."""
    text = text.translate(str.maketrans("łŁ’", "lL-"))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(plain.lower().replace("&", " ").split())


def surname(rng, country, female):
    name = rng.choice(LAST[country]).replace("_", " ")
    if country == "PL" and female and name.endswith("ski"):
        name = name[:-1] + "a"
    return name


def phone(rng, country):
    """A number as people of the country write it, each in their own way."""
    digits = "".join(str(rng.randrange(10)) for _i in range(8))
    if country == "FR":
        # 06 39 98 is the range that France keeps for fiction
        pairs = ["39", "98", digits[:2], digits[2:4]]
        return rng.choice(
            (
                f"06 {' '.join(pairs)}",
                f"06.{'.'.join(pairs)}",
                f"+33 6 {' '.join(pairs)}",
            )
        )
    if country == "PL":
        number = rng.choice(("50", "60", "79", "88")) + digits[:7]
        groups = f"{number[:3]} {number[3:6]} {number[6:]}"
        return rng.choice((groups, f"+48 {groups}", groups.replace(" ", "-")))
    return rng.choice(
        (f"06-{digits}", f"06 {digits[:4]} {digits[4:]}", f"+31 6 {digits}")
    )


def postcode(rng, country, prefix):
    if country == "FR":
        return prefix + f"{rng.randrange(1, 99):02d}"[: 5 - len(prefix)]
    if country == "PL":
        return f"{prefix}-{rng.randrange(1, 999):03d}"
    letters = "".join(rng.choice("ABCDEGHJKLMNPRTVWXZ") for _i in range(2))
    return f"{prefix}{rng.randrange(10, 100)} {letters}"


def address(rng, country):
    city, prefix = rng.choice(CITIES[country])
    street, number = rng.choice(STREETS[country]), rng.randrange(1, 180)
    second = STREET2[country].format(rng.randrange(1, 30)) if rng.random() < 0.1 else ""
    return {
        "Street": f"{number} {street}" if country == "FR" else f"{street} {number}",
        "Street2": second,
        "Zip": postcode(rng, country, prefix),
        "City": city,
        "Country": country,
        "Language": LANGUAGES[country],
    }


def validity(rng):
    """Last day of a student card: far in the future for most, over for a few."""
    if rng.random() < 0.9:
        return f"{rng.choice((2036, 2037, 2038))}-{rng.choice(('08-31', '09-30'))}"
    return f"{rng.choice((2024, 2025))}-09-30"


class Maker:
    def __init__(self, seed=SEED):
        self.rng = random.Random(seed)
        self.rows = []
        self.names = set()
        self.emails = set()

    def add(self, cells):
        cells["Customer Code"] = f"M{10001 + len(self.rows)}"
        if self.rng.random() < 0.12:
            cells["Customer Note"] = self.rng.choice(NOTES)
        if self.rng.random() < 0.15:
            tags = self.rng.sample(TAGS, self.rng.choice((1, 1, 2)))
            cells["Tags"] = ",".join(sorted(tags))
        self.rows.append(cells)

    def email(self, local, domain=None):
        domain = domain or self.rng.choice(DOMAINS)
        text, number = f"{local}@{domain}", 1
        while text in self.emails:
            number += 1
            text = f"{local}{number}@{domain}"
        self.emails.add(text)
        return text

    def person_name(self, country):
        position = self.rng.randrange(len(FIRST[country]))
        first = FIRST[country][position]
        return f"{first} {surname(self.rng, country, position < 15)}"

    def company(self, country):
        rng = self.rng
        name = rng.choice(TRADES[country]).format(surname(rng, country, False))
        if name in self.names:
            self.company(country)
            return
        self.names.add(name)
        domain = f"{ascii_slug(name)}.example.{rng.choice(('com', 'org'))}"
        self.add(
            {
                "Name": name,
                "Company Type": "Company",
                "Email": self.email("info", domain),
                "Customer Type": "RESELLER" if rng.random() < 0.2 else "",
                "Phone": phone(rng, country),
                "Website": f"https://{domain}",
                **address(rng, country),
            }
        )
        for _i in range(rng.choice((0, 1, 1, 2, 3))):
            person = self.person_name(country)
            self.add(
                {
                    "Name": person,
                    "Company Type": "Person",
                    "Related Company": name,
                    "Email": self.email(ascii_slug(person).replace("-", "."), domain),
                    "Phone": phone(rng, country),
                    "Language": LANGUAGES[country],
                }
            )

    def person(self, country, kind=""):
        rng = self.rng
        name = self.person_name(country)
        cells = {"Name": name, "Company Type": "Person", "Customer Type": kind}
        if kind == "STUDENT":
            cells["Type valid until"] = validity(rng)
        if rng.random() < 0.85:
            cells["Email"] = self.email(ascii_slug(name).replace("-", "."))
        if "Email" not in cells or rng.random() < 0.8:
            cells["Phone"] = phone(rng, country)
        self.add({**cells, **address(rng, country)})


def country_of(rng):
    return rng.choices(("FR", "PL", "NL"), (45, 30, 25))[0]


def make_rows():
    """Rows of the file as dicts by column."""
    maker = Maker()
    for _i in range(COMPANIES):
        maker.company(country_of(maker.rng))
    for _i in range(STAFF):
        maker.person(country_of(maker.rng), "STAFF")
    while len(maker.rows) < TOTAL:
        student = maker.rng.random() < STUDENTS * 1.2  # of all rows, companies too
        maker.person(country_of(maker.rng), "STUDENT" if student else "")
    return maker.rows


def make_text():
    """The file as text: UTF-8, commas, one header."""
    target = io.StringIO()
    writer = csv.DictWriter(target, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_rows())
    return target.getvalue()


def main(arguments):
    path = pathlib.Path(arguments[0]) if arguments else PATH
    path.write_text(make_text(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
