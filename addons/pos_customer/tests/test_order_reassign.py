from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_order import PastOrderCase


@tagged("post_install", "-at_install")
class TestOrderReassign(PastOrderCase):
    """Another customer for an order of the past, and nothing else."""

    def setUp(self):
        super().setUp()
        self.open_till()

    def assertKept(self, order, partner, part):
        """Refused for everybody, with ``part`` in the sentence, and nothing changed."""
        old = order.partner_id
        self.assertIn(part, "\n".join(self.preview(order, partner)["refusals"]))
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.reassign(order, partner)
        self.assertIn(part, str(refusal.exception))
        self.assertEqual(order.partner_id, old)
        self.assertFalse(self.rows(partner or old))

    # -- what changes, and what does not ----------------------------------------------

    def test_only_the_customer_changes(self):
        self.ana.customer_type_id = self.student
        order = self.sell(self.bo, price=17.5)
        kept = (
            "amount_total",
            "amount_paid",
            "amount_tax",
            "pricelist_id",
            "fiscal_position_id",
            "state",
        )
        before = {name: order[name] for name in kept}
        line = order.lines.read(["price_unit", "discount", "price_subtotal_incl"])
        changed = self.reassign(order, self.ana)
        self.assertEqual(changed, order.ids)
        self.assertEqual(order.partner_id, self.ana)
        self.assertEqual(order.email, "ana@example.com")
        self.assertEqual(order.mobile.replace(" ", ""), "+32470111111")
        self.assertEqual({name: order[name] for name in kept}, before)
        self.assertEqual(
            order.lines.read(["price_unit", "discount", "price_subtotal_incl"]), line
        )
        self.assertEqual(order.payment_ids.partner_id, self.ana)

    def test_order_without_a_customer_gets_one(self):
        stranger = self.env["res.partner"].create({"name": "Sven Stranger"})
        order = self.sell()
        self.reassign(order, stranger, reason="no_customer")
        self.assertEqual(order.partner_id, stranger)
        self.assertTrue(stranger.is_customer)
        self.assertEqual(len(self.rows(stranger)), 1)

    def test_customer_is_taken_off(self):
        order = self.sell(self.ana)
        self.reassign(order, None)
        self.assertFalse(order.partner_id)
        self.assertFalse(order.email)
        self.assertEqual(self.rows(self.ana).details["side"], "from")

    def test_journal_and_message(self):
        order = self.sell(self.ana)
        self.reassign(order, self.bo, note="Ana had lent her card")
        old, new = self.rows(self.ana), self.rows(self.bo)
        for row, side in ((old, "from"), (new, "to")):
            self.assertEqual(row.reason, "wrong_customer")
            self.assertEqual(row.details, {"order": order.id, "side": side})
            self.assertEqual(row.user_ref, self.chief.id)
            self.assertEqual(row.channel, "backend")
            self.assertEqual(row.company_ref, order.company_id.id)
        notes = self.env["customer.journal.note"].search(
            [("journal_ref", "in", (old | new).ids)]
        )
        self.assertEqual(notes.journal_ref, old.id, "erased with the one it speaks of")
        forgotten = [
            note_id
            for entry in self.ana._customer_erasure_plan()
            if entry["model"] == "customer.journal.note"
            for note_id in entry["ids"]
        ]
        self.assertEqual(forgotten, notes.ids)
        message = order.message_ids[0]
        self.assertEqual(message.author_id, self.chief.partner_id)
        self.assertIn("Ana Student", message.body)
        self.assertIn("Bo Plain", message.body)
        self.assertIn("The wrong customer was chosen", message.body)
        self.assertNotIn("lent", message.body)

    def test_same_customer_again_is_nothing(self):
        order = self.sell(self.ana)
        messages = order.message_ids
        self.assertEqual(self.reassign(order, self.ana), [])
        self.assertEqual(self.reassign(self.sell(), False), [])
        self.assertFalse(self.rows(self.ana))
        self.assertEqual(order.message_ids, messages)

    def test_nothing_in_the_logs(self):
        order = self.sell(self.ana)
        with self.assertNoLogs("odoo", "INFO"):
            self.reassign(order, self.bo, note="Ana had lent her card")
            self.env.flush_all()

    def test_deliveries_follow(self):
        order = self.sell(self.ana)
        self.assertEqual(order.picking_ids.partner_id, self.ana)
        self.reassign(order, self.bo)
        self.assertEqual(order.picking_ids.partner_id, self.bo)
        self.assertEqual(order.picking_ids.move_ids.partner_id, self.bo)

    def test_merged_customer_is_found(self):
        old = self.env["res.partner"].create({"name": "Bo Double"})
        old_id = old.id
        old.unlink()
        self.env["customer.redirect"]._add(old_id, self.bo.id)
        order = self.sell(self.ana)
        order.with_user(self.chief).customer_reassign(
            partner_id=old_id, reason="requested"
        )
        self.assertEqual(order.partner_id, self.bo)

    def test_closed_session(self):
        order = self.sell(self.ana)
        self.close(order.session_id)
        self.assertEqual(order.state, "done")
        entries = order.session_id.move_id.line_ids.read(["partner_id", "balance"])
        self.reassign(order, self.bo)
        self.assertEqual(order.partner_id, self.bo)
        self.assertEqual(
            order.session_id.move_id.line_ids.read(["partner_id", "balance"]), entries
        )

    def test_account_of_an_open_session(self):
        order = self.sell(self.ana, method=self.account)
        self.reassign(order, self.bo)
        self.close(order.session_id)
        named = order.session_id.move_id.line_ids.filtered("partner_id")
        self.assertEqual(named.partner_id, self.bo)
        self.assertEqual(sum(named.mapped("balance")), 20)

    # -- a sale and its refunds ---------------------------------------------------------

    def test_refunds_go_with_the_sale(self):
        sale = self.sell(self.ana)
        refund = self.refund(sale)
        self.assertEqual(refund.partner_id, self.ana)
        effects = "\n".join(self.preview(sale, self.bo)["effects"])
        self.assertIn(refund.name, effects)
        self.assertEqual(self.reassign(refund, self.bo), (sale | refund).ids)
        self.assertEqual((sale | refund).partner_id, self.bo)
        self.assertEqual(len(self.rows(self.ana)), 2)

    def test_refund_of_somebody_else_stays(self):
        sale = self.sell(self.ana)
        refund = self.refund(sale)
        refund.sudo().partner_id = self.cleo
        self.assertEqual(self.reassign(sale, self.bo), sale.ids)
        self.assertEqual(refund.partner_id, self.cleo)

    def test_one_refusal_refuses_all(self):
        sale = self.sell(self.ana, method=self.account)
        self.close(sale.session_id)
        self.open_till()
        refund = self.refund(sale)
        self.assertKept(refund, self.bo, f"“{sale.name}” was paid by “On account”")
        self.assertEqual(sale.partner_id, self.ana)

    # -- refusals -----------------------------------------------------------------------

    def test_invoiced(self):
        order = self.sell(self.ana)
        order.with_context(generate_pdf=False).action_pos_order_invoice()
        self.assertKept(
            order, self.bo, "is invoiced, and an invoice keeps its customer"
        )

    def test_closed_on_a_named_account(self):
        order = self.sell(self.ana, method=self.account)
        self.close(order.session_id)
        self.assertKept(order, self.bo, "was paid by “On account” and its session is")

    def test_account_needs_a_customer(self):
        order = self.sell(self.ana, method=self.account)
        self.assertKept(order, None, "“On account”, which needs a customer")

    def test_shipped_needs_a_customer(self):
        order = self.sell(self.ana)
        order.shipping_date = "2030-01-01"
        self.assertKept(order, None, "is shipped to its customer")
        self.reassign(order, self.bo)

    def test_unpaid(self):
        order = self.sell(self.ana, paid=False)
        self.assertKept(order, self.bo, "is not paid")

    def test_customer_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        theirs = self.env["res.partner"].create(
            {"name": "Their Customer", "company_id": company.id}
        )
        (self.chief | self.cashier).company_ids |= company
        order = self.sell(self.ana)
        for user in (self.chief, self.cashier):
            order = order.with_user(user).with_context(
                allowed_company_ids=(self.company | company).ids
            )
            preview = order.customer_reassign_preview(theirs.id)
            self.assertIn("“Second shop”", "\n".join(preview["refusals"]))

    def test_gone(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        order = self.sell(self.ana).with_user(self.chief)
        with self.assertRaisesRegex(UserError, "no longer there"):
            order.customer_reassign(partner_id=gone_id, reason="other")

    def test_nonsense(self):
        order = self.sell(self.ana).with_user(self.chief)
        for partner_id in ("1", True, -1, 2**40, [self.bo.id], {}, 1.5):
            with self.assertRaises(ValidationError):
                order.customer_reassign(partner_id=partner_id, reason="other")
        for reason in ("Because Bo asked", None, "", 5, ["other"]):
            with self.assertRaisesRegex(ValidationError, "wrong_customer"):
                order.customer_reassign(partner_id=self.bo.id, reason=reason)
        with self.assertRaisesRegex(ValueError, "singleton"):
            order.browse().customer_reassign(partner_id=self.bo.id, reason="other")

    # -- rights -------------------------------------------------------------------------

    def test_cashier_may_not(self):
        order = self.sell(self.ana)
        with self.assertRaisesRegex(AccessError, "Only a customer manager"):
            self.reassign(order, self.bo, user=self.cashier)

    def test_no_way_around(self):
        order = self.sell(self.ana)
        for user in (self.cashier, self.chief):
            for value in (self.bo.id, False):
                with self.assertRaisesRegex(AccessError, "Change customer"):
                    order.with_user(user).write({"partner_id": value})
        order.with_user(self.cashier).write({"partner_id": self.ana.id})
        anonymous = self.sell()
        anonymous.with_user(self.cashier).write({"partner_id": self.bo.id})
        draft = self.sell(self.ana, paid=False)
        draft.with_user(self.cashier).write({"partner_id": self.bo.id})

    def test_order_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        order = self.sell(self.ana)
        self.chief.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self.reassign(order, self.bo)
        with self.assertRaises(AccessError):
            order.with_user(self.chief).customer_reassign_preview(self.bo.id)

    # -- two at once --------------------------------------------------------------------

    def test_locked_by_somebody_else(self):
        order = self.sell(self.ana)
        locked = patch.object(
            type(order), "lock_for_update", side_effect=LockError("x")
        )
        with locked, self.assertRaisesRegex(UserError, "Somebody else is changing"):
            self.reassign(order, self.bo)
        self.assertEqual(order.partner_id, self.ana)

    # -- back office --------------------------------------------------------------------

    def test_wizard(self):
        order = self.sell(self.ana)
        wizards = self.env["customer.reassign.wizard"].with_user(self.chief)
        action = order.with_user(self.chief).action_customer_reassign()
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.old_partner_id, self.ana)
            self.assertFalse(form.effects)
            form.partner_id = self.ana
            self.assertIn("already", form.effects)
            self.assertFalse(form.changes)
            form.partner_id = self.bo
            self.assertFalse(form.refusals)
            self.assertTrue(form.changes)
            self.assertIn("Prices, taxes and payments stay", form.effects)
            form.reason = "requested"
            form.note = "Wrote an e-mail"
        form.save().action_apply()
        self.assertEqual(order.partner_id, self.bo)
        self.assertEqual(self.rows(self.bo).reason, "requested")

    def test_wizard_says_why_not(self):
        order = self.sell(self.ana)
        order.with_context(generate_pdf=False).action_pos_order_invoice()
        wizards = self.env["customer.reassign.wizard"].with_user(self.chief)
        with Form(
            wizards.with_context(default_document_ref=f"pos.order,{order.id}")
        ) as form:
            form.partner_id = self.bo
            form.reason = "requested"
            self.assertIn("is invoiced", form.refusals)
        with self.assertRaisesRegex(UserError, "is invoiced"):
            form.save().action_apply()

    def test_wizard_takes_the_customer_off(self):
        order = self.sell(self.ana)
        wizards = self.env["customer.reassign.wizard"].with_user(self.chief)
        wizard = wizards.create(
            {"document_ref": f"pos.order,{order.id}", "reason": "requested"}
        )
        with self.assertRaisesRegex(UserError, "Choose the new customer"):
            wizard.action_apply()
        wizard.no_customer = True
        wizard.action_apply()
        self.assertFalse(order.partner_id)

    def test_wizard_is_for_managers(self):
        order = self.sell(self.ana)
        wizards = self.env["customer.reassign.wizard"].with_user(self.cashier)
        with self.assertRaises(AccessError):
            wizards.create({"document_ref": f"pos.order,{order.id}", "reason": "other"})

    def test_form_of_a_paid_order(self):
        order = self.sell(self.ana)
        with (
            Form(order.with_user(self.chief)) as form,
            self.assertRaises(AssertionError),
        ):
            form.partner_id = self.bo
        draft = self.sell(self.ana, paid=False)
        with Form(draft.with_user(self.chief)) as form:
            form.partner_id = self.bo
        self.assertEqual(draft.partner_id, self.bo)


@tagged("post_install", "-at_install")
class TestOrderReassignTours(PastOrderCase):
    """The list of orders of a real till."""

    def setUp(self):
        super().setUp()
        self.open_till()
        self.order = self.sell(self.ana)

    def test_change_and_take_off(self):
        self.ana.customer_type_id = self.default_type
        self.order.pricelist_id = False
        self.run_pos_tour("pos_customer_change_customer_tour", login="chief")
        self.assertEqual(self.order.partner_id, self.bo)
        rows = self.rows(self.bo)
        self.assertEqual(
            rows.mapped("reason"), ["other", "requested", "wrong_customer"]
        )
        self.assertEqual(set(rows.mapped("channel")), {"pos"})
        note = self.env["customer.journal.note"].search(
            [("journal_ref", "in", self.rows(self.ana).ids)]
        )
        self.assertEqual(note.body, "Lent her card")
        self.assertEqual(self.order.nb_print, 1)

    def test_a_colleague_gives_a_customer_to_an_order_without(self):
        order = self.sell(price=31)
        self.run_pos_tour("pos_customer_change_customer_authorised_tour")
        self.assertEqual(order.partner_id, self.ana)
        self.assertEqual(self.rows(self.ana).user_ref, self.chief.id)

    def test_refused_and_offline(self):
        self.order.with_context(generate_pdf=False).action_pos_order_invoice()
        self.run_pos_tour("pos_customer_change_customer_refused_tour", login="chief")
        self.assertEqual(self.order.partner_id, self.ana)
