from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_base.tests.common import PASSWORD

from .common import GROUPS, ActingCase


@tagged("post_install", "-at_install")
class TestRules(ActingCase):
    """Who may act for whom: asked over the wire, refused in the server."""

    @mute_logger("odoo.http")
    def refused(self, partner=None, user=None, **kwargs):
        self.authenticate((user or self.operator).login, PASSWORD)
        kwargs.setdefault("reason", "help")
        result, error = self.rpc(
            "customer_impersonate", (partner or self.customer).ids, **kwargs
        )
        self.assertFalse(result)
        self.assertFalse(self.log.search([("user_ref", "=", self.operator.id)]))
        return error["message"]

    def test_group_is_needed(self):
        manager = new_test_user(
            self.env,
            "acting.manager",
            "base.group_system,customer_base.group_customer_manager",
            password=PASSWORD,
        )
        self.refused(user=manager)
        self.refused(user=self.account)

    def test_no_colleague_no_administrator_not_oneself(self):
        colleague = new_test_user(self.env, "acting.colleague", "base.group_user")
        self.refused(colleague.partner_id)
        self.refused(self.env.ref("base.user_admin").partner_id)
        self.refused(self.operator.partner_id)
        self.refused(self.env.ref("base.public_user").partner_id)

    def test_no_account(self):
        self.refused(self.env["res.partner"].create({"name": "No account"}))
        self.account.active = False
        self.refused()

    def test_blocked(self):
        self.customer.customer_block(["login"], "abuse")
        self.refused()

    def test_company(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        self.account.company_ids = [Command.link(other.id)]
        self.refused()
        self.operator.company_ids = [Command.link(other.id)]
        self.link()

    def test_permission(self):
        self.company.customer_impersonate_permission = True
        self.refused()

    def test_parameters(self):
        self.refused(reason="")
        self.refused(reason=["help"])
        self.refused(minutes=0)
        self.refused(minutes=61)
        self.refused(minutes="30")
        self.refused(note=["x"])

    def test_reason_in_words(self):
        self.link(reason="Lost parcel")
        row = self.log.search([], limit=1)
        self.assertEqual((row.reason, row.sudo().note), ("other", "Lost parcel"))

    @mute_logger("odoo.http")
    def test_log_is_not_written(self):
        self.link()
        row = self.log.search([], limit=1)
        manager = new_test_user(
            self.env,
            "acting.manager",
            f"{GROUPS},base.group_system,customer_base.group_customer_manager",
            password=PASSWORD,
        )
        self.authenticate(manager.login, PASSWORD)
        for call in (
            ("write", row.ids, {"reason": "order"}),
            ("unlink", row.ids),
            ("create", [{"reason": "order"}]),
        ):
            _result, error = self.rpc(*call, model="customer.impersonation")
            self.assertTrue(error, call)
        result, _error = self.rpc(
            "read", row.ids, ["link_hash"], model="customer.impersonation"
        )
        self.assertFalse(result)

    @mute_logger("odoo.http")
    def test_log_is_read_by_few(self):
        user = new_test_user(
            self.env,
            "acting.user",
            "base.group_user,customer_base.group_customer_user",
            password=PASSWORD,
        )
        for login in (user.login, self.account.login):
            self.authenticate(login, PASSWORD)
            _result, error = self.rpc("search_read", [], model="customer.impersonation")
            self.assertTrue(error)
