from contextlib import contextmanager
from queue import Queue
from threading import Thread
from unittest.mock import patch

from odoo.tests import tagged

from .common import Phone, PosImpersonateCase


@tagged("post_install", "-at_install")
class TestImpersonateTour(PosImpersonateCase):
    """From a till by a link, in a real browser, with a phone that is no part of it."""

    @contextmanager
    def phone(self):
        """A phone for the acts of a tour: ``begin`` with the till's latest link, ``leave``."""
        tasks, urls, pages = Queue(), [], []
        phone = Phone(self)
        model = self.registry["res.partner"]
        make = model._customer_impersonate

        def note_link(partner, *args, **kwargs):
            link = make(partner, *args, **kwargs)
            urls.append(link["url"])
            return link

        def live():
            while task := tasks.get():
                pages.append(task())

        acts = {
            "begin": lambda env: tasks.put(lambda: phone.begin(urls[-1])),
            "leave": lambda env: tasks.put(phone.leave),
        }
        thread = Thread(target=live)
        with (
            patch.object(model, "_customer_impersonate", note_link),
            self.meanwhile(**acts),
        ):
            thread.start()
            try:
                yield pages
            finally:
                tasks.put(None)
                thread.join(60)

    def row(self):
        row = self.log.search([("account_ref", "=", self.account.id)])
        self.assertEqual(len(row), 1)
        return row

    def test_by_a_colleague_who_comes_to_the_till(self):
        self.open_till()
        with self.phone() as pages:
            self.run_pos_tour("pos_customer_impersonate_tour", timeout=120)
        self.assertIn("o_customer_acting", pages[0].text)
        row = self.row()
        self.assertEqual(
            (row.user_ref, row.reason, row.minutes, row.ended_how, row.note),
            (self.chief.id, "help", 15, "left", "At the counter"),
        )

    def test_ended_at_the_till(self):
        self.open_till(user=self.chief)
        with self.phone():
            self.run_pos_tour(
                "pos_customer_impersonate_end_tour", login="till_chief", timeout=120
            )
        rows = self.log.search([("account_ref", "=", self.account.id)], order="id")
        self.assertEqual(rows.mapped("ended_how"), ["unused", "colleague"])
        self.assertEqual(rows.mapped("read_only"), [True, True])

    def test_in_french(self):
        self.cashier.lang = "fr_FR"
        self.open_till()
        with self.phone():
            self.run_pos_tour("pos_customer_impersonate_tour", timeout=120)
        self.assertEqual(self.row().ended_how, "left")

    def test_refused(self):
        self.bo.customer_block(["login"], "abuse")
        self.open_till()
        self.run_pos_tour("pos_customer_impersonate_refused_tour")
        self.assertFalse(self.log.search([("account_ref", "=", self.account.id)]))
