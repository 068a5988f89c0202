from collections import defaultdict
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CustomerCase

SCOPES = ["login", "pos", "credit", "marketing"]


@tagged("post_install", "-at_install")
class TestBlock(CustomerCase):
    """What a customer may not do, from the first word to the end of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.manager | cls.user).tz = "Europe/Brussels"
        cls.customer = cls.new_customer("Bart Blocked")
        cls.managed = cls.customer.with_user(cls.manager)

    def scopes(self, partner, **kwargs):
        self.env.invalidate_all()
        return partner._customer_blocked_scopes(**kwargs)[partner.id]

    def blocks(self, partner=None):
        return self.env["customer.block"].search(
            [("partner_id", "=", (partner or self.customer).id)]
        )

    def rows(self, partner=None):
        uuid = (partner or self.customer).customer_uuid
        return self.env["customer.journal"].search([("subject_uuid", "=", uuid)])

    # -- giving and lifting -----------------------------------------------------------

    def test_block_and_unblock(self):
        self.assertEqual(self.scopes(self.customer), [])
        blocked = self.managed.customer_block(["credit", "pos"], "unpaid")
        self.assertEqual(blocked, ["pos", "credit"])
        self.assertTrue(self.customer.customer_blocked_pos)
        self.assertTrue(self.customer.customer_blocked_credit)
        self.assertFalse(self.customer.customer_blocked_login)
        self.assertFalse(self.customer.customer_blocked_marketing)
        self.assertEqual(self.blocks().given_by_id, self.manager)
        self.assertEqual(self.managed.customer_unblock(["credit"], "settled"), ["pos"])
        self.assertEqual(self.managed.customer_unblock(), [])
        self.assertFalse(self.customer.customer_blocked_pos)
        self.assertEqual(len(self.blocks()), 2, "the history stays")
        self.assertEqual(self.blocks().lifted_by_id, self.manager)

    def test_the_journal_tells(self):
        self.managed.customer_block(
            ["pos", "login"], "fraud", until="2200-01-31", note="Forged vouchers"
        )
        self.managed.customer_unblock(["login"], "mistake", note="It was his twin")
        lifted, given = self.rows()
        self.assertEqual(
            (given.event, given.reason, given.user_ref),
            ("blocked", "fraud", self.manager.id),
        )
        self.assertEqual(given.details["scopes"], ["login", "pos"])
        self.assertEqual(given.details["until"], "2200-01-31 22:59:59")
        self.assertEqual((lifted.event, lifted.reason), ("unblocked", "mistake"))
        self.assertEqual(lifted.details["scopes"], ["login"])
        self.assertNotIn("Forged", str((given + lifted).read()))
        notes = self.env["customer.journal.note"].search(
            [("journal_ref", "in", (given + lifted).ids)]
        )
        self.assertEqual(
            set(notes.mapped("body")), {"Forged vouchers", "It was his twin"}
        )
        self.assertEqual(set(self.blocks().mapped("note")), {"Forged vouchers"})

    def test_the_same_twice_blocks_once(self):
        for _time in range(2):
            self.managed.customer_block(["pos"], "abuse", until="2200-01-31", note="X")
        self.assertEqual(len(self.blocks()), 1)
        for _time in range(2):
            self.managed.customer_unblock(["pos"])
        self.assertEqual(self.rows().mapped("event"), ["unblocked", "blocked"])

    def test_the_latest_word_replaces_the_former(self):
        self.managed.customer_block(["pos", "credit"], "abuse")
        self.managed.customer_block(["pos"], "unpaid", until="2200-01-31")
        pos = self.blocks().filtered(lambda b: b.scope == "pos")
        self.assertEqual(len(pos), 2)
        in_force = pos.filtered("in_force")
        self.assertEqual(in_force.reason, "unpaid")
        self.assertEqual(str(in_force.until), "2200-01-31 22:59:59")
        self.assertEqual(self.scopes(self.customer), ["pos", "credit"])

    def test_it_ends_by_itself(self):
        with freeze_time("2031-03-01 12:00:00"):
            self.managed.customer_block(["pos"], "abuse", until="2031-03-05")
            self.managed.customer_block(
                ["credit"], "abuse", until="2031-03-01 18:30:00"
            )
            self.assertEqual(self.scopes(self.customer), ["pos", "credit"])
        with freeze_time("2031-03-01 18:31:00"):
            self.assertEqual(self.scopes(self.customer), ["pos"])
        with freeze_time("2031-03-05 22:59:59"):  # a second before midnight in Brussels
            self.assertTrue(self.scopes(self.customer))
            self.assertTrue(self.customer.customer_blocked_pos)
        with freeze_time("2031-03-05 23:00:00"):
            self.assertFalse(self.scopes(self.customer))
            self.assertFalse(self.customer.customer_blocked_pos)
            self.assertFalse(self.search("customer_blocked_pos", "=", True))
            self.assertFalse(any(self.blocks().mapped("in_force")))

    def test_at_a_former_instant(self):
        with freeze_time("2031-03-01 12:00:00"):
            self.managed.customer_block(["pos"], "abuse")
        with freeze_time("2031-03-02 12:00:00"):
            self.managed.customer_unblock()
        for at, expected in (
            (datetime(2031, 3, 1, 11), []),
            (datetime(2031, 3, 1, 13), ["pos"]),
            (datetime(2031, 3, 2, 12), []),
        ):
            self.assertEqual(self.scopes(self.customer, at=at), expected)

    def test_parameters(self):
        past = fields.Datetime.now() - timedelta(days=1)
        for scopes, reason, values, part in (
            ([], "abuse", {}, "login, pos, credit, marketing"),
            (["till"], "abuse", {}, "login, pos, credit, marketing"),
            ("pos", "abuse", {}, "login, pos, credit, marketing"),
            ([["pos"]], "abuse", {}, "login, pos, credit, marketing"),
            (["pos"], "he is rude", {}, "unpaid, abuse"),
            (["pos"], False, {}, "unpaid, abuse"),
            (["pos"], ["abuse"], {}, "unpaid, abuse"),
            (["pos"], "abuse", {"until": "soon"}, "“soon” is no date"),
            (["pos"], "abuse", {"until": 5}, "is no date"),
            (["pos"], "abuse", {"until": str(past)[:10]}, "later end"),
            (["pos"], "abuse", {"note": ["x"]}, "must be a text"),
        ):
            with self.refused(UserError, part):
                self.managed.customer_block(scopes, reason, **values)
        for scopes, reason in ((["till"], None), (["pos"], "unpaid")):
            with self.refused(UserError):
                self.managed.customer_unblock(scopes, reason)
        self.assertFalse(self.rows())
        stranger = self.partners.create({"name": "Sol Supplier"})
        with self.refused(UserError, "Sol Supplier"):
            stranger.with_user(self.env.user).customer_block(["pos"], "abuse")

    def test_only_managers(self):
        self.managed.customer_block(["pos"], "abuse", note="Shouts")
        customer = self.customer.with_user(self.user)
        with self.refused(AccessError, "Customers: Manager"):
            customer.customer_block(["pos"], "abuse")
        with self.refused(AccessError, "Customers: Manager"):
            customer.customer_unblock()
        with self.refused(AccessError):
            customer.customer_block_ids.read(["note"])
        with self.refused(AccessError):
            self.env["customer.block"].with_user(self.user).search([])
        self.assertTrue(customer.customer_blocked_pos)
        self.assertIn("Abuse", customer.customer_block_text)
        self.assertNotIn("Shouts", customer.customer_block_text)

    def test_manager_of_another_company(self):
        company = self.new_company()
        self.customer.company_id = company
        with self.refused(AccessError):
            self.managed.customer_block(["pos"], "abuse")
        self.customer.with_company(company).customer_block(["pos"], "abuse")
        self.env.invalidate_all()
        seen = self.env["customer.block"].with_user(self.manager).search([])
        self.assertNotIn(self.customer, seen.partner_id)

    # -- who counts as blocked -----------------------------------------------------------

    def search(self, field, operator, value):
        domain = [(field, operator, value), ("id", "in", self.everybody.ids)]
        return self.partners.search(domain, order="id")

    @property
    def everybody(self):
        return self.customer | self.partners.search([("name", "=like", "B\\_%")])

    def test_contacts_of_a_company(self):
        company = self.new_customer("B_Company", is_company=True)
        ann, bob = (
            self.new_customer(f"B_{name}", parent_id=company.id)
            for name in ("Ann", "Bob")
        )
        branch = self.new_customer("B_Sub", parent_id=company.id, is_company=True)
        address = self.partners.create(
            {"name": "B_Dock", "parent_id": company.id, "type": "delivery"}
        )
        ann.customer_block(["credit"], "abuse")
        self.assertEqual(self.scopes(ann), ["credit"])
        self.assertEqual(self.scopes(bob) + self.scopes(company), [])
        company.customer_block(["pos"], "unpaid")
        self.assertEqual(self.scopes(ann), ["pos", "credit"])
        self.assertEqual(self.scopes(bob), ["pos"])
        self.assertEqual(self.scopes(address), ["pos"])
        self.assertEqual(self.scopes(branch), [], "a company of its own")
        self.assertIn("B_Company", bob.customer_block_text)
        self.assertNotIn("B_Company", company.customer_block_text)
        blocked = company | ann | bob | address
        for operator, value, expected in (
            ("=", True, blocked),
            ("!=", False, blocked),
            ("=", False, branch | self.customer),
            ("!=", True, branch | self.customer),
            ("in", [True, False], self.everybody),
            ("in", [], self.partners),
        ):
            found = self.search("customer_blocked_pos", operator, value)
            self.assertEqual(found, expected.sorted("id"), (operator, value))
        self.assertEqual(self.search("customer_blocked_credit", "=", True), ann)
        with self.refused(UserError, "B_Company"):
            bob.customer_unblock()
        self.assertEqual(ann.customer_unblock(), ["pos"], "the company's stays")

    def test_rows_of_lists(self):
        company = self.new_customer("B_Company", is_company=True)
        ann = self.new_customer("B_Ann", parent_id=company.id)
        company.customer_block(["pos"], "unpaid")
        self.customer.customer_block(["marketing"], "own_request")
        for partner, expected in ((company, True), (ann, True), (self.customer, False)):
            found = self.partners.with_user(self.user).customer_search(partner.name)
            rows = {row["id"]: row["blocked"] for row in found["rows"]}
            self.assertIs(rows[partner.id], expected)

    def test_the_strictest_counts(self):
        company = self.new_customer("B_Company", is_company=True)
        ann = self.new_customer("B_Ann", parent_id=company.id)
        ann.customer_block(["pos"], "abuse", until="2200-01-31")
        company.customer_block(["pos"], "unpaid")
        for partner in (ann, company):
            block = partner._customer_blocks_in_force()[partner.id]
            self.assertEqual(block.reason, "unpaid")
        company.customer_block(["pos"], "unpaid", until="2100-01-31")
        block = ann._customer_blocks_in_force()[ann.id]
        self.assertEqual(block.reason, "abuse", "it ends later")

    def test_many_at_the_cost_of_one(self):
        customers = self.partners.create(
            [{"name": f"B_{n}", "is_customer": True} for n in range(30)]
        )
        customers[::3]._customer_block(["pos"], "abuse")
        self.env.invalidate_all()
        with self.assertQueryCount(2):  # partners, blocks
            customers.mapped("customer_blocked_pos")
        self.assertEqual(customers.filtered("customer_blocked_pos"), customers[::3])

    def test_a_copy_is_not_blocked(self):
        self.managed.customer_block(["pos"], "abuse")
        self.assertFalse(self.scopes(self.customer.copy()))

    # -- the life of a block ------------------------------------------------------------

    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)

    def test_merged_by_core(self):
        for block_target in (False, True):
            with self.subTest(block_target=block_target):
                source, target = self.new_customer("B_S"), self.new_customer("B_T")
                source.customer_block(["pos", "login"], "fraud", note="Forged")
                if block_target:
                    target.customer_block(["pos"], "fraud", until="2200-01-31")
                self.merge(source, target)
                self.assertFalse(source.exists())
                self.assertEqual(self.scopes(target), ["login", "pos"])
                pos = target._customer_blocks_in_force(["pos"])[target.id]
                self.assertFalse(pos.until, "the strictest stays")
                self.assertEqual(len(self.blocks(target)), 2 + block_target)
                self.assertEqual(target.customer_unblock(), [])

    def test_merged_by_the_hook(self):
        source, target = self.new_customer("B_S"), self.new_customer("B_T")
        source.customer_block(["marketing"], "own_request")
        source._customer_merge_into(target)
        self.assertEqual(self.scopes(target), ["marketing"])
        self.assertEqual(self.scopes(source), [])

    def test_deleted_with_the_customer(self):
        self.managed.customer_block(["pos"], "abuse")
        uuid = self.customer.customer_uuid
        block = self.blocks()
        self.managed.unlink()
        self.assertFalse(block.exists())
        events = self.env["customer.journal"].search([("subject_uuid", "=", uuid)])
        self.assertEqual(events.mapped("event"), ["deleted", "blocked"])

    def test_export_and_erasure(self):
        self.managed.customer_block(["pos"], "abuse", note="Shouts")
        exported = self.customer._customer_export()["blocks"]
        self.assertEqual(
            [(b["scope"], b["reason"], b["note"], b["lifted"]) for b in exported],
            [("pos", "abuse", "Shouts", "")],
        )
        ids = defaultdict(list)  # several modules may forget rows of one model
        for step in self.customer._customer_erasure_plan():
            ids[step["model"]] += step["ids"]
        self.assertEqual(ids["customer.block"], self.blocks().ids)
        notes = self.env["customer.journal.note"].browse(ids["customer.journal.note"])
        self.assertEqual(notes.mapped("body"), ["Shouts"])

    def test_a_change_moves_the_date_of_change(self):
        """By it a till that was away asks for the customer again, and for contacts."""
        company = self.new_customer("B_Company", is_company=True)
        contact = self.new_customer("B_Ann", parent_id=company.id)
        both = company | contact
        self.env.flush_all()
        for act in (
            lambda: company.customer_block(["pos"], "abuse"),
            lambda: company.customer_unblock(),
        ):
            self.cr.execute(
                "UPDATE res_partner SET write_date = '2020-01-01' WHERE id IN %s",
                [tuple(both.ids)],
            )
            both.invalidate_recordset()
            act()
            both.invalidate_recordset()
            self.assertGreater(min(both.mapped("write_date")), datetime(2021, 1, 1))

    # -- window and form ------------------------------------------------------------------

    def wizard(self, partners, action):
        action = getattr(partners.with_user(self.manager), action)()
        return (
            self.env["customer.block.wizard"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )

    def test_window(self):
        customers = self.customer | self.new_customer("B_Two")
        stranger = self.partners.create({"name": "Sol Supplier"})
        with Form(self.wizard(customers | stranger, "action_customer_block")) as form:
            self.assertTrue(form.scope_pos)
            form.scope_marketing = True
            form.reason = "abuse"
            form.until = "2200-01-31"
            form.note = "Both shout"
        form.record.action_apply()
        for customer in customers:
            self.assertEqual(self.scopes(customer), ["pos", "marketing"])
            self.assertEqual(set(self.blocks(customer).mapped("note")), {"Both shout"})
        self.assertFalse(self.scopes(stranger))
        with Form(self.wizard(customers, "action_customer_unblock")) as form:
            self.assertTrue(form.scope_pos and form.scope_marketing)
            self.assertFalse(form.scope_login)
            form.scope_marketing = False
            form.lift_reason = "settled"
        form.record.action_apply()
        for customer in customers:
            self.assertEqual(self.scopes(customer), ["marketing"])

    def test_window_with_nothing_ticked(self):
        with Form(self.wizard(self.customer, "action_customer_block")) as form:
            form.scope_pos = False
            form.reason = "abuse"
        with self.refused(UserError, "at least one"):
            form.record.action_apply()

    def test_window_is_for_managers(self):
        for name in ("action_customer_block", "action_customer_unblock"):
            with self.refused(AccessError, "Customers: Manager"):
                getattr(self.customer.with_user(self.user), name)()
        with self.refused(AccessError):
            self.env["customer.block.wizard"].with_user(self.user).create({})

    def test_form_and_list(self):
        self.managed.customer_block(["pos"], "unpaid", until="2200-01-31")
        for user in (self.manager, self.user):
            with Form(self.customer.with_user(user)) as form:
                text = form.customer_block_text
            self.assertIn("Till and quotations: Unpaid invoices, until ", text)
            self.assertIn("2200", text)
            self.assertNotIn("59", text, "a day and no instant")
        self.assertIn(
            self.customer,
            self.partners.with_user(self.user).search(
                [("customer_blocked_pos", "=", True)]
            ),
        )
        with self.refused(AccessError):
            self.customer.with_user(self.user).read(["customer_block_ids"])
