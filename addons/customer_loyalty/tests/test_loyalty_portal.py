from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.customer_base.tests.common import (
    PASSWORD,
    CustomerCase,
    CustomerHttpCase,
)

from .common import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestLoyaltyPortal(LoyaltyCommon, CustomerCase, CustomerHttpCase):
    """My points and vouchers, over HTTP, by their owner and by others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.me = cls.new_user("ana", "base.group_portal", lang="fr_FR")
        cls.stranger = cls.new_user("zoe", "base.group_portal", lang="fr_FR")
        cls.customer = cls.me.partner_id
        cls.program.pending_days = 14
        cls.card = cls.new_card(120)
        cls.gift = cls.new_card(
            25, cls.new_program("Gifts", "gift_card"), code="GIFT-PORTAL"
        )

    def path(self, card, page=None):
        path = f"/my/loyalty_card/{card.id}/history"
        return f"{path}/page/{page}" if page else path

    def page(self, path, user=None):
        self.authenticate((user or self.me).login, PASSWORD)
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        self.assertIn("no-store", response.headers["Cache-Control"])
        return html.fromstring(response.text)

    def rows(self, page):
        return page.find_class("o_my_loyalty_rows")[0].findall("li")

    def test_tour(self):
        self.card._book_earned(30, self.sale)
        for number in range(90):
            self.card._book("earned", issued=1, description=f"Purchase {number}")
        self.start_tour("/my/home", "customer_loyalty_portal", login=self.me.login)

    def test_my_cards(self):
        self.card._book_earned(30, self.sale)
        page = self.page("/my/loyalty")
        self.assertEqual(
            [b.text for b in page.find_class("o_my_loyalty_balance")], ["120 Points"]
        )
        pending = page.find_class("o_my_loyalty_pending")[0].text_content()
        ready_on = fields.Date.today() + timedelta(days=14)
        self.assertIn("30 Points", pending)
        self.assertIn(ready_on.strftime("%d/%m/%Y"), pending, "as the French write it")
        codes = [c.text for c in page.find_class("o_my_loyalty_code")]
        self.assertEqual(codes, ["GIFT-PORTAL"])

    def test_what_cannot_be_used(self):
        self.gift.expiration_date = fields.Date.today() - timedelta(days=1)
        self.card.program_id.active = False
        page = self.page("/my/loyalty")
        self.assertTrue(page.find_class("o_my_loyalty_none"))
        self.assertFalse(page.find_class("o_my_loyalty_card"))
        self.assertFalse(page.find_class("o_my_loyalty_voucher"))

    def test_transactions(self):
        mine, theirs = (self.customer, self.stranger.partner_id)
        self.card._book("spent", used=20, document=mine)
        self.card._book("clawed_back", used=10, document=theirs)
        page = self.page(self.path(self.card))
        balances = [row.text_content() for row in self.rows(page)]
        for text, balance in zip(balances, (90, 100, 120), strict=True):
            self.assertIn(f"{balance} Points", text)
        self.assertEqual(
            [row.get("data-kind") for row in self.rows(page)],
            ["clawed_back", "spent", "adjusted"],
        )
        self.assertIn("Begin", balances[2], "the reason that a colleague gave")

    def test_pages(self):
        for _number in range(85):
            self.card._book("earned", issued=1)
        first = self.rows(self.page(self.path(self.card)))
        self.assertEqual(len(first), 80)
        second = self.page(self.path(self.card, 2))
        self.assertEqual(len(self.rows(second)), 6)
        links = second.xpath("//ul[contains(@class, 'pagination')]//a/@href")
        self.assertTrue(any(link.endswith(self.path(self.card)) for link in links))

    def test_papers_of_others(self):
        """A gift card that went round tells its holder nothing of who had it before."""
        order = self.stranger.partner_id
        self.gift._book("spent", used=5, document=order)
        text = self.page(self.path(self.gift)).text_content()
        self.assertNotIn(order.display_name, text)
        self.assertIn("20", text)

    @mute_logger("odoo.http")
    def test_what_was_written_for_a_former_holder(self):
        self.gift._book("adjusted", issued=1, description="Sorry about the vase")
        self.gift._customer_reassign(self.stranger.partner_id, "requested")
        self.gift._book("spent", used=3)
        self.env.flush_all()
        page = self.page(self.path(self.gift), self.stranger)
        self.assertEqual(len(self.rows(page)), 2)
        self.assertNotIn("vase", page.text_content())
        answer = self.url_open(
            f"/my/loyalty_card/{self.gift.id}/values", json={"params": {}}
        )
        self.assertEqual(answer.json()["result"]["history_lines"], [])

    def test_a_stranger(self):
        self.authenticate(self.stranger.login, PASSWORD)
        for path in (
            self.path(self.card),
            self.path(self.card, 2),
            self.path(self.gift),
            "/my/loyalty_card/99999999999999999999/history",
        ):
            response = self.url_open(path)
            self.assertEqual(response.status_code, 404, path)
            self.assertNotIn("120", response.text.split("<main")[-1])
        page = self.page("/my/loyalty", self.stranger)
        self.assertNotIn("GIFT-PORTAL", page.text_content())

    def test_public_user_is_sent_to_the_login(self):
        self.authenticate(None, None)
        for path in ("/my/loyalty", self.path(self.card)):
            response = self.url_open(path, allow_redirects=False)
            self.assertEqual(response.status_code, 303)
            self.assertIn("/web/login", response.headers["Location"])

    def test_opening_changes_nothing(self):
        before = self.card.read(["points", "write_date"])
        self.page("/my/loyalty")
        self.page(self.path(self.card))
        self.env.invalidate_all()
        self.assertEqual(self.card.read(["points", "write_date"]), before)
