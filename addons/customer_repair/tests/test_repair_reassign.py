from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import RepairCase


@tagged("post_install", "-at_install")
class TestRepairReassign(RepairCase):
    """Another customer for a repair, with its papers as far as that still goes."""

    def assertKept(self, repair, partner, part):
        """Refused for everybody, with ``part`` in the sentence, and nothing changed."""
        old = repair.partner_id
        self.assertIn(part, "\n".join(self.preview(repair, partner)["refusals"]))
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.reassign(repair, partner)
        self.assertIn(part, str(refusal.exception))
        self.assertEqual(repair.partner_id, old)
        self.assertFalse(self.rows(partner or old))

    def quotation(self, repair):
        repair.action_create_sale_order()
        return repair.sale_order_id

    # -- what changes, and what does not ------------------------------------------------

    def test_only_the_customer_changes(self):
        repair = self.repair(self.ana)
        repair.action_validate()
        kept = ("name", "state", "product_id", "product_qty", "move_ids", "company_id")
        before = {name: repair[name] for name in kept}
        self.assertEqual(self.reassign(repair, self.bo), repair.ids)
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual({name: repair[name] for name in kept}, before)

    def test_journal_and_message(self):
        repair = self.repair(self.ana)
        repair.action_validate()
        self.reassign(repair, self.bo, note="Ana is his neighbour")
        old, new = self.rows(self.ana), self.rows(self.bo)
        for row, side in ((old, "from"), (new, "to")):
            self.assertEqual(row.reason, "wrong_customer")
            self.assertEqual(row.details, {"repair": repair.id, "side": side})
            self.assertEqual(row.user_ref, self.chief.id)
            self.assertEqual(row.channel, "backend")
        notes = self.env["customer.journal.note"].search(
            [("journal_ref", "in", (old | new).ids)]
        )
        self.assertEqual(notes.journal_ref, old.id, "erased with the one it speaks of")
        plan = self.ana._customer_erasure_plan()
        self.assertIn(notes.ids, [entry["ids"] for entry in plan])
        message = repair.message_ids[0]
        self.assertEqual(message.author_id, self.chief.partner_id)
        for part in ("Ana Student", "Bo Plain", "The wrong customer was chosen"):
            self.assertIn(part, message.body)
        self.assertNotIn("neighbour", message.body)

    def test_same_customer_again_is_nothing(self):
        repair = self.repair(self.ana)
        self.assertEqual(self.reassign(repair, self.ana), [])
        self.assertFalse(self.rows(self.ana))
        preview = self.preview(repair, self.ana)
        self.assertFalse(preview["changes"])
        self.assertIn("already", preview["effects"][0])

    def test_nobody_and_somebody_new(self):
        repair = self.repair(self.ana)
        repair.action_validate()
        self.reassign(repair, None, reason="requested")
        self.assertFalse(repair.partner_id)
        self.assertEqual(self.rows(self.ana).details["side"], "from")
        stranger = self.env["res.partner"].create({"name": "Sven Stranger"})
        self.reassign(repair, stranger, reason="no_customer")
        self.assertEqual(repair.partner_id, stranger)
        self.assertTrue(stranger.is_customer)

    def test_merged_customer_is_found(self):
        old = self.env["res.partner"].create({"name": "Bo Double"})
        old_id = old.id
        old.unlink()
        self.env["customer.redirect"]._add(old_id, self.bo.id)
        repair = self.repair(self.ana).with_user(self.chief)
        repair.customer_reassign(partner_id=old_id, reason="requested")
        self.assertEqual(repair.partner_id, self.bo)

    def test_a_repair_that_is_done(self):
        repair = self.repair(self.ana)
        self.finish(repair)
        self.assertEqual(repair.move_id.partner_id, self.ana)
        self.reassign(repair, self.bo)
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual(repair.move_id.partner_id, self.bo)
        self.assertEqual(repair.move_id.state, "done")

    def test_nothing_in_the_logs(self):
        repair = self.repair(self.ana)
        with self.assertNoLogs("odoo", "INFO"):
            self.reassign(repair, self.bo, note="Ana is his neighbour")
            self.env.flush_all()

    # -- the quotation ------------------------------------------------------------------

    def test_the_quotation_goes_along(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.access_token = "known-to-ana"
        for document in (order, repair):
            document.message_subscribe((self.ana | self.chief.partner_id).ids)
        self.assertIn(order.name, "\n".join(self.preview(repair, self.bo)["effects"]))
        self.reassign(repair, self.bo)
        self.assertEqual(order.partner_id, self.bo)
        self.assertEqual(order.partner_invoice_id, self.bo)
        self.assertEqual(order.partner_shipping_id, self.bo)
        self.assertFalse(order.access_token, "Ana's link shows Bo's quotation no more")
        for document in (order, repair):
            self.assertNotIn(self.ana, document.message_partner_ids)
            self.assertIn(self.chief.partner_id, document.message_partner_ids)
        self.assertIn("Bo Plain", order.message_ids[0].body)
        self.assertFalse(order.customer_prices_stale)

    def test_a_quotation_that_was_sent(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.action_quotation_sent()
        self.reassign(repair, self.bo)
        self.assertEqual(order.state, "draft", "nothing was sent to Bo")

    def test_prices_stay_until_they_are_updated(self):
        student = self.env["customer.type"].create({"name": "Student", "discount": 50})
        self.ana.customer_type_id = student
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        self.assertEqual(order.amount_total, 6)
        self.reassign(repair, self.bo)
        self.assertEqual(order.amount_total, 6)
        self.assertTrue(order.customer_prices_stale)
        self.assertNotEqual(order.pricelist_id.customer_type_id, student)
        order.with_user(self.chief).action_customer_update_prices()
        self.assertEqual(order.amount_total, 12)
        self.assertFalse(order.customer_prices_stale)

    def test_repairs_of_one_quotation(self):
        repair, other = self.repair(self.ana), self.repair(self.ana)
        order = self.quotation(repair)
        other.sale_order_id = order
        self.assertIn(other.name, "\n".join(self.preview(repair, self.bo)["effects"]))
        self.assertEqual(self.reassign(other, self.bo), (repair | other).ids)
        self.assertEqual((repair | other).partner_id, self.bo)
        self.assertEqual(len(self.rows(self.ana)), 2)

    def test_a_cancelled_quotation(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order._action_cancel()
        self.reassign(repair, self.bo)
        self.assertEqual((order.partner_id, order.state), (self.bo, "cancel"))

    def test_somebody_else_pays(self):
        insurer = self.env["res.partner"].create({"name": "Insurer"})
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.partner_id = insurer
        order.action_confirm()
        effects = "\n".join(self.preview(repair, self.bo)["effects"])
        self.assertIn("stays with Insurer", effects)
        self.reassign(repair, self.bo)
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual(order.partner_id, insurer)

    def test_confirmed(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.action_confirm()
        self.assertKept(repair, self.bo, f"“{order.name}” is confirmed by its customer")
        # the way out that the sentence tells
        order._action_cancel()
        order.action_draft()
        self.reassign(repair, self.bo)
        self.assertEqual(order.partner_id, self.bo)

    def test_confirmed_by_their_company(self):
        company = self.env["res.partner"].create(
            {"name": "Works Ltd", "is_company": True}
        )
        self.ana.parent_id = company
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.partner_id = company
        order.action_confirm()
        self.assertKept(repair, self.bo, "is confirmed by its customer")

    def test_invoiced(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.action_confirm()
        order.order_line.qty_delivered = 1
        order._create_invoices()
        self.assertKept(repair, self.bo, "is invoiced, and an invoice keeps")

    def test_signed(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.signature = b"R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="
        self.assertKept(repair, self.bo, "is signed by its customer")

    def test_paid_in_part(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        self.env["payment.transaction"].create(
            {
                "provider_id": self.env["payment.provider"].create({"name": "T"}).id,
                "payment_method_id": self.env["payment.method"]
                .create({"name": "T", "code": "t"})
                .id,
                "reference": "T-1",
                "amount": 5,
                "currency_id": order.currency_id.id,
                "partner_id": self.ana.id,
                "state": "done",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        self.assertKept(repair, self.bo, "is paid in part")

    def test_a_deposit(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.order_line.create(
            {"order_id": order.id, "name": "Deposit", "is_downpayment": True}
        )
        self.assertKept(repair, self.bo, "is paid in part")

    def test_delivered_before_it_was_cancelled(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        order.picking_ids = self.transfer(self.ana, done=True)
        self.assertKept(repair, self.bo, "is delivered in part")

    def test_a_quotation_needs_a_customer(self):
        repair = self.repair(self.ana)
        self.quotation(repair)
        self.assertKept(repair, None, "needs a customer")

    # -- transfers and stock --------------------------------------------------------------

    def test_the_transfer_goes_along(self):
        transfer = self.transfer(self.ana)
        repair = self.repair(self.ana, picking_id=transfer.id)
        repair.action_validate()
        effects = "\n".join(self.preview(repair, self.bo)["effects"])
        self.assertIn(transfer.name, effects)
        self.reassign(repair, self.bo)
        self.assertEqual(transfer.partner_id, self.bo)
        self.assertEqual(transfer.move_ids.partner_id, self.bo)

    def test_a_transfer_that_is_done(self):
        transfer = self.transfer(self.ana, done=True)
        repair = self.repair(self.ana, picking_id=transfer.id)
        repair.action_validate()
        self.assertKept(repair, self.bo, f"came with “{transfer.name}”, which is done")
        # the way out: without the transfer, the customer of the repair stays for now
        repair.with_user(self.mechanic).picking_id = False
        self.assertEqual(repair.partner_id, self.ana)
        self.reassign(repair, self.bo)
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual(transfer.partner_id, self.ana)

    def test_stock_of_the_customer(self):
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.bike, self.stock, 1, owner_id=self.ana)
        repair = self.repair(self.ana)
        self.finish(repair)
        self.assertEqual(repair.move_id.move_line_ids.owner_id, self.ana)
        self.assertKept(repair, self.bo, "as property of Ana Student")
        quants._update_available_quantity(self.bike, self.stock, -1, owner_id=self.ana)
        self.reassign(repair, self.bo)
        self.assertEqual(repair.partner_id, self.bo)

    # -- refusals -----------------------------------------------------------------------

    def test_customer_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second shop"})
        theirs = self.env["res.partner"].create(
            {"name": "Their Customer", "company_id": company.id}
        )
        self.chief.company_ids |= company
        repair = self.repair(self.ana).with_context(
            allowed_company_ids=(self.env.company | company).ids
        )
        self.assertKept(repair, theirs, "“Second shop”")

    def test_gone(self):
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        repair = self.repair(self.ana).with_user(self.chief)
        with self.assertRaisesRegex(UserError, "no longer there"):
            repair.customer_reassign(partner_id=gone_id, reason="other")

    def test_parameters(self):
        repair = self.repair(self.ana).with_user(self.chief)
        for partner_id in ("7", 1.5, True, -1, 2**40, [7]):
            with self.assertRaises(ValidationError):
                repair.customer_reassign(partner_id=partner_id, reason="other")
        for reason in ("", None, "because", 5, ["other"]):
            with self.assertRaisesRegex(ValidationError, "wrong_customer"):
                repair.customer_reassign(partner_id=self.bo.id, reason=reason)
        with self.assertRaisesRegex(ValueError, "singleton"):
            repair.browse().customer_reassign(partner_id=self.bo.id, reason="other")

    def test_locked_by_somebody_else(self):
        repair = self.repair(self.ana)
        order = self.quotation(repair)
        for record in (repair, order):
            locked = patch.object(
                type(record), "lock_for_update", side_effect=LockError("x")
            )
            with locked, self.assertRaisesRegex(UserError, "Somebody else is changing"):
                self.reassign(repair, self.bo)
        self.assertEqual(repair.partner_id, self.ana)

    # -- rights -------------------------------------------------------------------------

    def test_a_mechanic_may_not(self):
        repair = self.repair(self.ana)
        with self.assertRaisesRegex(AccessError, "Only a customer manager"):
            self.reassign(repair, self.bo, user=self.mechanic)

    def test_no_way_around(self):
        repair = self.repair(self.ana)
        # while it is being written, it is just a field
        repair.with_user(self.mechanic).partner_id = self.bo
        repair.with_user(self.mechanic).partner_id = self.ana
        repair.action_validate()
        transfer = self.transfer(self.bo)
        for user in (self.mechanic, self.chief):
            for value in (self.bo.id, False):
                with self.assertRaisesRegex(AccessError, "Change customer"):
                    repair.with_user(user).write({"partner_id": value})
            repair.with_user(user).picking_id = transfer
            self.assertEqual(repair.partner_id, self.ana)
            repair.with_user(user).picking_id = False
            self.assertEqual(repair.partner_id, self.ana)
        repair.with_user(self.mechanic).write({"partner_id": self.ana.id})
        anonymous = self.repair()
        anonymous.action_validate()
        anonymous.with_user(self.mechanic).write({"partner_id": self.bo.id})
        with self.assertRaisesRegex(AccessError, "Change customer"):
            anonymous.with_user(self.mechanic).write({"partner_id": self.ana.id})

    def test_a_quotation_keeps_the_customer_of_a_draft(self):
        repair = self.repair(self.ana)
        self.quotation(repair)
        with self.assertRaisesRegex(AccessError, "Change customer"):
            repair.with_user(self.mechanic).partner_id = self.bo

    def test_back_to_new_it_is_kept_all_the_same(self):
        confirmed, quoted, deleted = (self.repair(self.ana) for _number in range(3))
        confirmed.with_user(self.mechanic).action_validate()
        for repair in (quoted, deleted):
            self.quotation(repair)
        self.env.flush_all()
        quoted.with_user(self.mechanic).write({"sale_order_id": False})
        deleted.sale_order_id.unlink()
        self.env.invalidate_all()
        for repair in confirmed, quoted, deleted:
            repair = repair.with_user(self.mechanic)
            repair.action_repair_cancel()
            repair.action_repair_cancel_draft()
            self.env.flush_all()
            self.assertEqual(repair.state, "draft")
            self.assertFalse(repair.sale_order_id)
            with self.assertRaisesRegex(AccessError, "Change customer"):
                repair.partner_id = self.bo
            repair.picking_id = self.transfer(self.bo)
            self.assertEqual(repair.partner_id, self.ana)
            self.reassign(repair, self.bo)
            self.assertEqual(repair.partner_id, self.bo)
            self.assertFalse(repair.copy().customer_begun)

    def test_cancelled_before_it_began(self):
        repair = self.repair(self.ana).with_user(self.mechanic)
        repair.action_repair_cancel()
        with self.assertRaisesRegex(AccessError, "Change customer"):
            repair.partner_id = self.bo
        repair.action_repair_cancel_draft()
        repair.partner_id = self.bo
        self.assertEqual(repair.partner_id, self.bo)

    def test_made_by_an_order_it_has_begun(self):
        repair = self.repair(self.ana, state="confirmed")
        self.assertTrue(repair.customer_begun)

    def test_form(self):
        repair = self.repair()
        repair.action_validate()
        with Form(repair.with_user(self.mechanic)) as form:
            # chosen, and chosen again before it is saved
            form.partner_id = self.ana
            form.partner_id = self.bo
        self.assertEqual(repair.partner_id, self.bo)
        with (
            Form(repair.with_user(self.chief)) as form,
            self.assertRaises(AssertionError),
        ):
            form.partner_id = self.ana

    # -- the window -----------------------------------------------------------------------

    def test_wizard(self):
        repair = self.repair(self.ana)
        repair.action_validate()
        action = repair.with_user(self.chief).action_customer_reassign()
        wizards = self.env["customer.reassign.wizard"].with_user(self.chief)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.old_partner_id, self.ana)
            form.partner_id = self.bo
            self.assertFalse(form.refusals)
            self.assertIn("stay as they are", form.effects)
            form.reason = "requested"
            form.note = "Wrote an e-mail"
        form.save().action_apply()
        self.assertEqual(repair.partner_id, self.bo)
        self.assertEqual(self.rows(self.bo).reason, "requested")
