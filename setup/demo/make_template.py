#!/usr/bin/env python3
"""Make the spreadsheet that the import screen of customers offers.

Needs ``xlsxwriter`` (Odoo brings it)::

    python3 setup/demo/make_template.py
"""

import datetime
import pathlib
import sys

import xlsxwriter

PATH = (
    pathlib.Path(__file__).parents[2]
    / "addons/customer_base/static/xls/customers_import_template.xlsx"
)
# Label as the import screen knows it, width, what to write.
COLUMNS = (
    (
        "Customer Code",
        15,
        "Unique. A code that exists updates that customer; empty: the "
        "customer of the same e-mail is updated, or a new one gets the next code.",
    ),
    ("Name", 26, "Required for new customers."),
    ("Company Type", 14, "Company or Person."),
    (
        "Related Company",
        22,
        "For a contact: customer code or name of the company, which "
        "is on another line or already in Odoo.",
    ),
    (
        "Customer Type",
        16,
        "Name or code of a type of the Customers app. Empty: the "
        "default type. A contact has the type of its company.",
    ),
    (
        "Type valid until",
        16,
        "Last day of the type, as 2030-12-31. For students and "
        "others who show a proof.",
    ),
    ("Email", 30, ""),
    ("Phone", 18, "As you write it."),
    ("Street", 26, ""),
    ("Street2", 16, ""),
    ("Zip", 10, "Format the column as text, so that zeros stay."),
    ("City", 18, ""),
    ("Country", 12, "Name, or code of two letters."),
    ("Tax ID", 18, "VAT number. A wrong one is refused."),
    ("Website", 26, ""),
    ("Language", 12, "Code of a language that is active: en_US, fr_FR, pl_PL, nl_NL."),
    ("Tags", 20, "Several with commas. The screen asks what to do with unknown ones."),
    ("Customer Note", 34, "For the seller, shown at the till."),
)
EXAMPLES = (
    {
        "Customer Code": "SHOP-001",
        "Name": "Librairie du Pont",
        "Company Type": "Company",
        "Customer Type": "ALL",
        "Email": "info@librairie.example.com",
        "Phone": "+33 6 39 98 12 34",
        "Street": "12 rue de l’Église",
        "Zip": "25000",
        "City": "Besançon",
        "Country": "FR",
        "Website": "https://librairie.example.com",
    },
    {
        "Customer Code": "SHOP-002",
        "Name": "Élodie Mercier",
        "Company Type": "Person",
        "Related Company": "SHOP-001",
        "Email": "elodie@librairie.example.com",
        "Customer Note": "Orders for the shop.",
    },
    {
        "Name": "Łukasz Gołąb",
        "Company Type": "Person",
        "Email": "lukasz@example.com",
        "Phone": "601 000 000",
        "Street": "ul. Długa 5",
        "Zip": "30-001",
        "City": "Kraków",
        "Country": "PL",
        "Customer Note": "Prefers to be called in the evening.",
    },
)
EXPLANATION = (
    "Write one customer on each line of the first sheet and delete the examples. Leave "
    "out columns that you do not need: what is not in the file is not changed.",
    "Import it again after a change: customers are updated, not doubled. A line is "
    "about the customer with its code; without a code, about the one with its e-mail.",
    "An empty cell empties the field, but never takes a code away.",
    "Test first. A wrong line is named with its number, and nothing is imported before "
    "all lines are right.",
    "Attributes: add a column with the label of the attribute, such as Birthday.",
    "To change many customers, export them with “Customers: for editing” and “I want to "
    "update data”, edit the file and import it.",
)


def main(arguments):
    path = pathlib.Path(arguments[0]) if arguments else PATH
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    # a fixed date: the same file each time
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    bold = book.add_format({"bold": True, "bg_color": "#E7E0F0", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    customers = book.add_worksheet("Customers")
    explanation = book.add_worksheet("Explanation")
    customers.freeze_panes(1, 2)
    for index, (label, width, _help) in enumerate(COLUMNS):
        customers.set_column(index, index, width, text)
        customers.write_string(0, index, label, bold)
        for row, example in enumerate(EXAMPLES, 1):
            if label in example:
                customers.write_string(row, index, example[label], text)
    explanation.set_column(0, 0, 20, wrap)
    explanation.set_column(1, 1, 80, wrap)
    for row, sentence in enumerate(EXPLANATION):
        explanation.write_string(row, 1, sentence, wrap)
    start = len(EXPLANATION) + 1
    explanation.write_string(start, 0, "Column", bold)
    explanation.write_string(start, 1, "What to write", bold)
    for row, (label, _width, help_text) in enumerate(COLUMNS, start + 1):
        explanation.write_string(row, 0, label, wrap)
        explanation.write_string(row, 1, help_text, wrap)
    book.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
