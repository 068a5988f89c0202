from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ActingCase


@tagged("post_install", "-at_install")
class TestActingReadOnly(ActingCase):
    """Who looks only changes nothing, whatever way is tried."""

    def test_pages_show(self):
        self.act(read_only=True)
        for page in ("/my", "/my/account", "/my/security", "/my/addresses"):
            self.assertEqual(self.url_open(page).status_code, 200, page)

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.service.model")
    def test_calls_are_refused(self):
        self.act(read_only=True)
        _result, error = self.rpc("write", self.customer.ids, {"comment": "changed"})
        self.assertTrue(error)
        _result, error = self.rpc(
            "write", self.account.ids, {"lang": False}, model="res.users"
        )
        self.assertEqual(error["name"], "odoo.exceptions.AccessError", "in words")

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.service.model")
    def test_forms_are_refused(self):
        self.act(read_only=True)
        token = self.token("/my/account")
        before = self.customer.read(["name", "city", "write_date"])
        response = self.url_open(
            "/my/address/submit",
            data={
                "csrf_token": token,
                "partner_id": self.customer.id,
                "address_type": "billing",
                "name": "Somebody",
                "city": "Elsewhere",
            },
        )
        self.env.invalidate_all()
        self.assertEqual(self.customer.read(["name", "city", "write_date"]), before)
        self.assertNotEqual(response.status_code, 500)

    def test_leaves(self):
        row = self.act(read_only=True)
        self.leave()
        self.assertEqual(self.who(), self.operator.id)
        self.assertEqual(row.ended_how, "left")
