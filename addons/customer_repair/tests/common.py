from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.customer_base.tests.common import CustomerHttpCase


class RepairCase(CustomerHttpCase):
    """A workshop: customers, a broken product, who works there and who decides."""

    rpc_model = "repair.order"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.ana, cls.bo = cls.env["res.partner"].create(
            [
                {
                    "name": "Ana Student",
                    "is_customer": True,
                    "customer_code": "ANA-1",
                    "customer_note": "Rings twice",
                    "email": "ana@example.com",
                },
                {
                    "name": "Bo Plain",
                    "is_customer": True,
                    "customer_code": "BO-1",
                    "email": "bo@example.com",
                },
            ]
        )
        cls.bike, cls.tube = cls.env["product.product"].create(
            [
                {"name": "Bike", "type": "consu", "is_storable": True},
                {
                    "name": "Inner tube",
                    "type": "consu",
                    "list_price": 12,
                    "taxes_id": False,
                },
            ]
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock = cls.warehouse.repair_type_id.default_product_location_src_id
        cls.mechanic = cls.new_user("mechanic", "stock.group_stock_user", "Mec Hanic")
        cls.chief = cls.new_user(
            "chief",
            "stock.group_stock_user,customer_base.group_customer_manager",
            "Chi Chief",
        )
        cls.env["stock.quant"]._update_available_quantity(cls.bike, cls.stock, 5)

    @classmethod
    def new_user(cls, login, groups, name):
        return new_test_user(
            cls.env,
            login,
            password=f"{login}-password",
            groups=f"base.group_user,{groups}",
            lang="en_US",
            name=name,
        )

    def repair(self, partner=None, parts=1, **values):
        return self.env["repair.order"].create(
            {
                "product_id": self.bike.id,
                "partner_id": partner and partner.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.tube.id,
                            "product_uom_qty": 1,
                            "repair_line_type": "add",
                        }
                    )
                ]
                * parts,
                **values,
            }
        )

    def transfer(self, partner, done=False):
        """A transfer that brings the product of a customer."""
        kind = self.warehouse.in_type_id
        transfer = self.env["stock.picking"].create(
            {
                "partner_id": partner.id,
                "picking_type_id": kind.id,
                "location_id": self.env.ref("stock.stock_location_customers").id,
                "location_dest_id": self.stock.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.bike.id,
                            "product_uom_qty": 1,
                            "location_id": self.env.ref(
                                "stock.stock_location_customers"
                            ).id,
                            "location_dest_id": self.stock.id,
                        }
                    )
                ],
            }
        )
        if done:
            transfer.action_confirm()
            transfer.move_ids.write({"quantity": 1, "picked": True})
            transfer._action_done()
            self.assertEqual(transfer.state, "done")
        return transfer

    def finish(self, repair):
        repair.action_validate()
        repair.action_repair_start()
        repair.action_repair_end()
        self.assertEqual(repair.state, "done")

    def rows(self, partner):
        """What the journal says about repairs that ``partner`` lost or gained."""
        return self.env["customer.journal"].search(
            [
                ("event", "=", "repair_reassigned"),
                ("subject_uuid", "=", partner.customer_uuid),
            ]
        )

    def reassign(self, repair, partner, reason="wrong_customer", user=None, **kwargs):
        repair = repair.with_user(user or self.chief)
        return repair.customer_reassign(
            partner_id=partner and partner.id, reason=reason, **kwargs
        )

    def preview(self, repair, partner):
        repair = repair.with_user(self.chief)
        return repair.customer_reassign_preview(partner_id=partner and partner.id)
