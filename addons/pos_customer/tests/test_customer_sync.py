from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from odoo.addons.customer_base.tests.test_rpc import ACCESS
from odoo.addons.pos_customer.models import res_partner_sync

from .common import PosCustomerHttpCase

USER = "odoo.exceptions.UserError"


@tagged("post_install", "-at_install")
class TestCustomerSync(PosCustomerHttpCase):
    """What tills are told of customers who change, and what they learn when they ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger", groups="base.group_user"
        )

        cls.dan = cls.env["res.partner"].create(
            {"name": "Dan Leaving", "is_customer": True}
        )

    def setUp(self):
        super().setUp()
        self.env.cr.precommit.run()

    def pushed(self):
        """:return: what was sent to tills since the last call, by config"""
        sent = []

        def notify(config, name, message):
            if name == "CUSTOMERS_CHANGED":
                sent.append((config.id, message))

        with patch.object(type(self.env["pos.config"]), "_notify", notify):
            self.env.flush_all()
            self.env.cr.precommit.run()
        return sent

    def refresh(self, partners):
        return (
            self.env["res.partner"]
            .with_user(self.cashier)
            .customer_refresh(partners.ids, self.config.id)
        )

    def merge(self, sources, target):
        """As an administrator: with a website, core's wizard reads its visitors."""
        env = self.env(user=self.env.ref("base.user_admin").id)
        wizard = env["base.partner.merge.automatic.wizard"]
        wizard._merge((sources | target).ids, target.with_env(env))

    # -- telling --------------------------------------------------------------------

    def test_nobody_is_told_while_no_till_is_open(self):
        self.ana.name = "Ana Maria"
        self.assertEqual(self.pushed(), [])

    def test_open_tills_are_told_ids(self):
        self.open_till()
        second = self.config.copy({"name": "Second till"})
        self.open_till(second)
        self.pushed()
        (self.ana | self.bo).write({"customer_note": "New"})
        self.ana.phone = "+32 470 11 22 33"
        message = {"ids": sorted((self.ana | self.bo).ids)}
        self.assertCountEqual(
            self.pushed(), [(self.config.id, message), (second.id, message)]
        )
        self.assertEqual(self.pushed(), [])

    def test_what_no_till_shows_is_no_news(self):
        self.open_till()
        self.pushed()
        self.ana.write({"comment": "Internal", "ref": "A"})
        self.assertEqual(self.pushed(), [])

    def test_archiving_and_deleting_are_told(self):
        self.open_till()
        self.pushed()
        self.ana.action_archive()
        deleted = self.bo.id
        self.bo.unlink()
        [(_config, message)] = self.pushed()
        self.assertEqual(message, {"ids": sorted([self.ana.id, deleted])})

    def test_contacts_follow_the_name_of_their_company(self):
        company = self.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "is_customer": True}
        )
        self.bo.parent_id = company
        self.open_till()
        self.pushed()
        company.name = "Firm Ltd"
        [(_config, message)] = self.pushed()
        self.assertIn(self.bo.id, message["ids"])

    def test_many_at_once_are_one_word(self):
        self.open_till()
        self.pushed()
        with patch.object(res_partner_sync, "_MAX_PUSHED", 1):
            (self.ana | self.bo).write({"customer_note": "New"})
            [(_config, message)] = self.pushed()
        self.assertEqual(message, {"all": True})

    # -- asking ---------------------------------------------------------------------

    def test_refresh(self):
        self.ana.name = "Ana Maria"
        self.bo.action_archive()
        deleted = self.env["res.partner"].create({"name": "X", "is_customer": True})
        ids = (self.ana | self.bo | deleted)._ids
        deleted.unlink()
        answer = self.refresh(self.env["res.partner"].browse(ids))
        self.assertEqual(
            [(row["id"], row["name"]) for row in answer["res.partner"]],
            [(self.ana.id, "Ana Maria")],
        )
        self.assertEqual(answer["gone"], [self.bo.id, deleted.id])
        self.assertEqual(answer["deleted"], [deleted.id])
        self.assertEqual(answer["moved"], [])

    def test_refresh_leads_to_whom_the_customer_was_merged_into(self):
        old = self.ana.id
        self.merge(self.ana, self.bo)
        answer = self.refresh(self.env["res.partner"].browse(old))
        self.assertEqual([row["id"] for row in answer["res.partner"]], [self.bo.id])
        self.assertEqual(answer["gone"], [old])
        self.assertEqual(answer["moved"], [[old, self.bo.id]])

    def test_refresh_keeps_users_of_the_till(self):
        partner = self.cashier.partner_id
        self.assertFalse(partner.is_customer)
        self.assertEqual(self.refresh(partner)["gone"], [])

    def test_refresh_over_the_wire(self):
        self.authenticate("stranger", "stranger")
        error = self.rpc_error("customer_refresh", [self.ana.id], self.config.id)
        self.assertEqual(error["name"], ACCESS)
        self.authenticate("cashier", "cashier")
        for ids, config_id in (
            (None, self.config.id),
            ("1", self.config.id),
            (["1"], self.config.id),
            ([-1], self.config.id),
            ([2**40], self.config.id),
            ([True, None], self.config.id),
            ([self.ana.id] * 101, self.config.id),
            ([self.ana.id], None),
            ([self.ana.id], 2**40),
            ([self.ana.id], "1"),
        ):
            error = self.rpc_error("customer_refresh", ids, config_id)
            self.assertEqual(error["name"], USER, (ids, config_id))

    def rpc_error(self, method, *args):
        result, error = self.rpc(method, *args)
        self.assertIsNone(result)
        return error

    def test_the_cache_is_cleaned_at_the_opening(self):
        session = self.open_till().with_user(self.cashier)
        old = self.ana.id
        self.merge(self.ana, self.bo)
        self.cleo.action_archive()
        held = [old, self.bo.id, self.cleo.id, self.cashier.partner_id.id]
        gone = session.filter_local_data({"res.partner": held})["res.partner"]
        self.assertCountEqual(gone, [old, self.cleo.id])

    # -- selling --------------------------------------------------------------------

    def test_an_order_with_the_old_id_finds_its_customer(self):
        session = self.open_till()
        order = self.order_values(session, partner_id=self.ana.id)
        self.merge(self.ana, self.bo)
        self.sync(order)
        made = self.env["pos.order"].search([("uuid", "=", order["uuid"])])
        self.assertEqual(made.partner_id, self.bo)
        self.assertEqual(made.state, "paid")

    def test_an_order_of_an_archived_customer_keeps_them(self):
        session = self.open_till()
        order = self.order_values(session, partner_id=self.ana.id)
        self.ana.action_archive()
        self.sync(order)
        made = self.env["pos.order"].search([("uuid", "=", order["uuid"])])
        self.assertEqual(made.partner_id, self.ana)

    # -- in a real till ---------------------------------------------------------------

    def test_customers_who_go_while_the_till_is_open(self):
        """Merged by core's wizard, archived, deleted and changed under the cashier."""
        self.open_till()
        wizard = self.env["base.partner.merge.automatic.wizard"]

        def merge(env):
            wizard.with_env(env)._merge(
                (self.ana | self.bo).ids, self.bo.with_env(env), extra_checks=False
            )

        def change(env):
            self.bo.with_env(env).write(
                {"customer_note": "Rings thrice", "customer_type_id": self.student.id}
            )

        with self.meanwhile(
            merge=merge,
            archive=lambda env: self.cleo.with_env(env).action_archive(),
            delete=lambda env: self.dan.with_env(env).unlink(),
            change=change,
        ):
            self.run_pos_tour("pos_customer_never_stale_tour")
        orders = self.env["pos.order"].search([("config_id", "=", self.config.id)])
        self.assertEqual(orders.partner_id, self.bo)
        self.assertEqual(orders.mapped("state"), ["paid"])

    def test_customers_who_went_while_the_page_was_closed(self):
        """A page that is reloaded takes everything from its cache."""
        self.open_till()

        def merge(env):
            with patch.object(
                type(self.env["pos.config"]), "_notify", lambda *args, **kwargs: None
            ):
                self.cleo.with_env(env).action_archive()
                env.flush_all()
                env.cr.precommit.run()

        with self.meanwhile(merge=merge):
            self.run_pos_tour("pos_customer_reload_tour")
