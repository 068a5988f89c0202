from odoo.tests import HttpCase, new_test_user


class RepairCase(HttpCase):
    """A workshop: two customers, a broken product, and who works there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana, cls.bo = cls.env["res.partner"].create(
            [
                {"name": "Ana Student", "is_customer": True, "customer_code": "ANA-1"},
                {"name": "Bo Plain", "is_customer": True, "customer_code": "BO-1"},
            ]
        )
        cls.bike, cls.tube = cls.env["product.product"].create(
            [
                {"name": "Bike", "type": "consu", "is_storable": True},
                {"name": "Inner tube", "list_price": 12, "taxes_id": False},
            ]
        )
        cls.mechanic = new_test_user(
            cls.env,
            "mechanic",
            password="mechanic-password",
            groups="base.group_user,stock.group_stock_user",
            name="Mec Hanic",
        )

    def repair(self, partner=None, **values):
        return self.env["repair.order"].create(
            {"product_id": self.bike.id, "partner_id": partner and partner.id, **values}
        )
