from odoo.tests import new_test_user

from .common import PosCustomerHttpCase


class BlockHttpCase(PosCustomerHttpCase):
    """A blocked customer, a colleague who manages customers, one who may not at all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief = new_test_user(
            cls.env,
            "chief",
            password="chief-password",
            groups="base.group_user,point_of_sale.group_pos_user,"
            "customer_base.group_customer_manager",
            lang="en_US",
            name="Chi Chief",
        )
        cls.stranger = new_test_user(
            cls.env, "stranger", password="stranger-password", groups="base.group_user"
        )
        cls.block(cls.bo)

    @classmethod
    def block(cls, partner, **values):
        partner.with_user(cls.chief).customer_block(
            ["pos"], "unpaid", note="Third reminder", **values
        )

    def journal(self, event, partner=None):
        uuid = (partner or self.bo).customer_uuid
        return self.env["customer.journal"].search(
            [("event", "=", event), ("subject_uuid", "=", uuid)]
        )
