from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.http import root
from odoo.tests import tagged

from odoo.addons.customer_impersonate import uninstall_hook

from .common import ActingCase

HOURS = 3600


@tagged("post_install", "-at_install")
class TestActingSafety(ActingCase):
    """What changes under way: the colleague, the account, the module."""

    def test_dead_session_is_not_given_back(self):
        """Core gives a session of some hours a new token, which would revive this one."""
        link = self.link()
        own = self.session
        self.url_open(link)
        own["create_time"] -= 5 * HOURS
        root.session_store.save(own)
        self.operator.password = "another-passphrase-92"
        self.leave()
        self.assertFalse(self.who())

    def test_account_that_becomes_a_colleagues(self):
        row = self.act()
        self.account.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.url_open("/my")
        self.env.invalidate_all()
        self.assertEqual(row.ended_how, "account")
        self.assertEqual(self.who(), self.operator.id)

    def test_link_of_a_colleague_who_left(self):
        link = self.link()
        row = self.log.search([], limit=1)
        self.env.cr.execute(
            "UPDATE customer_impersonation SET elsewhere = true WHERE id = %s", [row.id]
        )
        self.authenticate(None, None)
        self.operator.active = False
        token = link.rpartition("/")[2]
        data = {"csrf_token": self.token("/web/login"), "token": token}
        self.url_open("/customer/acting/start", data=data)
        self.env.invalidate_all()
        self.assertFalse(row.started_at)
        self.assertFalse(self.who())

    def test_start_that_fails_has_not_begun(self):
        link = self.link()
        with patch.object(
            type(self.log), "_customer_started", side_effect=UserError("No.")
        ):
            self.url_open(link)
        self.env.invalidate_all()
        self.assertFalse(self.log.search([], limit=1).started_at)
        self.assertEqual(self.who(), self.operator.id)

    def test_module_goes_away(self):
        row = self.act()
        uninstall_hook(self.env)
        self.url_open("/my")
        self.env.invalidate_all()
        self.assertEqual(row.ended_how, "account")
