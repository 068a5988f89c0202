import re

from odoo.tests import tagged

from .common import PosImpersonateCase


@tagged("post_install", "-at_install")
class TestTillBrowser(PosImpersonateCase):
    """A link of a till opens elsewhere; a browser with a till never becomes a customer's."""

    def open_here(self, user):
        """Open the till in the browser of ``user``."""
        self.enter(user)
        self.open_till(user=user)
        self.url_open(f"/pos/ui/{self.config.id}")

    def from_back_office(self):
        link, error = self.rpc("customer_impersonate", self.bo.ids, reason="order")
        self.assertFalse(error, error.get("message"))
        return link

    def try_here(self, link):
        """Open the link in this browser, and begin if it lets us."""
        page = self.url_open(link["url"])
        if csrf := re.search(r'name="csrf_token" value="([^"]+)"', page.text):
            page = self.url_open(
                "/customer/acting/start",
                data={"csrf_token": csrf[1], "token": link["url"].rsplit("/", 1)[1]},
            )
        self.env.invalidate_all()
        return page

    def assertStaysTill(self, link, user):
        page = self.try_here(link)
        self.assertNotIn("o_customer_acting", page.text)
        self.assertFalse(self.log.browse(link["id"]).started_at)
        card, error = self.rpc("customer_card", self.bo.ids, self.config.id)
        self.assertFalse(error, "the till goes on as it was")
        self.assertEqual(card["identity"]["id"], self.bo.id)

    def test_from_the_till_to_a_phone(self):
        self.open_here(self.chief)
        link = self.make(minutes=15)
        phone, page = self.on_phone("call", link["url"])
        self.assertIn("Bo Plain", page.text)
        self.assertEqual(
            self.progress(link)["state"], "waiting", "looked at, not begun"
        )
        phone, page = self.on_phone("begin", link["url"], phone=phone)
        self.assertIn("o_customer_acting", page.text)
        answer = self.progress(link)
        self.assertEqual(answer["state"], "acting")
        self.assertTrue(answer["started_at"])
        self.assertTrue(0 < answer["seconds"] <= 900)
        self.on_phone("leave", phone=phone)
        answer = self.progress(link)
        self.assertEqual((answer["state"], answer["ended_how"]), ("ended", "left"))
        self.assertTrue(answer["ended_text"])

    def test_ended_at_the_till(self):
        self.open_here(self.chief)
        link = self.make()
        phone, _page = self.on_phone("begin", link["url"])
        answer, error = self.rpc("customer_impersonate_end", link["id"])
        self.assertFalse(error)
        self.assertEqual((answer["state"], answer["ended_how"]), ("ended", "colleague"))
        _phone, page = self.on_phone("call", "/my", phone=phone)
        self.assertNotIn("o_customer_acting", page.text)
        self.assertNotIn("/my/account", page.url)
        self.assertNotIn("bo@example.com", page.text)

    def test_opens_once(self):
        self.open_here(self.chief)
        link = self.make()
        self.on_phone("begin", link["url"])
        _phone, page = self.on_phone("begin", link["url"])
        self.assertNotIn("o_customer_acting", page.text)

    def test_never_where_it_was_made(self):
        self.open_here(self.chief)
        self.assertStaysTill(self.make(), self.chief)

    def test_never_where_it_was_made_without_a_till(self):
        """What decides is the session that asked, whatever page it shows."""
        self.enter(self.chief)
        self.assertStaysTill(self.make(), self.chief)

    def test_never_in_another_browser_with_a_till(self):
        self.enter(self.chief)
        link = self.make()
        self.open_here(self.chief)
        self.assertStaysTill(link, self.chief)

    def test_the_back_office_of_a_till(self):
        self.open_here(self.chief)
        link = self.from_back_office()
        self.assertTrue(link["elsewhere"])
        self.assertStaysTill(link, self.chief)

    def test_a_till_that_is_opened_meanwhile(self):
        self.enter(self.chief)
        link = self.from_back_office()
        self.assertFalse(link["elsewhere"])
        self.open_till(user=self.chief)
        self.url_open(f"/pos/ui/{self.config.id}")
        self.assertStaysTill(link, self.chief)

    def test_a_closed_register_is_no_till(self):
        self.open_here(self.chief)
        self.config.current_session_id.close_session_from_ui()
        self.env.flush_all()
        self.assertEqual(self.config.current_session_id.ids, [])
        self.assertFalse(self.from_back_office()["elsewhere"])
