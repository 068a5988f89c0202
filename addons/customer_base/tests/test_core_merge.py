from odoo.tests import tagged

from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCoreMerge(CustomerCase):
    """Core's merge of contacts leads from the old customer to the new one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contacts = cls.new_user(
            "merger",
            "base.group_user,base.group_partner_manager,"
            "customer_base.group_customer_manager",
        )
        cls.redirects = cls.env["customer.redirect"]

    def merge(self, sources, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
            self.contacts
        )
        wizard._merge((sources | target).ids, target.with_user(self.contacts))

    def test_the_old_id_leads_to_the_target(self):
        source, target = self.new_customer("Ann"), self.new_customer("Anne")
        old, uuid, code = source.id, source.customer_uuid, target.customer_code
        self.merge(source, target)
        self.assertFalse(source.exists())
        self.assertEqual(self.redirects._resolve(old), target.id)
        self.assertEqual(self.partners._customer_of_uuid(uuid), target)
        self.assertEqual(target.customer_code, code)

    def test_a_merge_is_no_deletion(self):
        source, target = self.new_customer("Ann"), self.new_customer("Anne")
        old = source.id
        journal = self.env["customer.journal"]
        deleted = journal.search_count([("event", "=", "deleted")])
        self.merge(source, target)
        self.assertEqual(journal.search_count([("event", "=", "deleted")]), deleted)
        subjects = self.env["customer.subject"].search([("partner_id", "=", old)])
        self.assertEqual(subjects.mapped("live"), [False])

    def test_a_supplier_becomes_the_customer(self):
        source = self.new_customer("Ann", customer_code="T-ANN")
        target = self.partners.create({"name": "Ann's Supplies"})
        old = source.id
        self.merge(source, target)
        self.assertTrue(target.is_customer)
        self.assertEqual(target.customer_code, "T-ANN")
        self.assertTrue(target.customer_uuid)
        self.assertEqual(self.redirects._resolve(old), target.id)

    def test_partners_who_are_no_customers(self):
        source, target = self.partners.create([{"name": "A"}, {"name": "B"}])
        old = source.id
        self.merge(source, target)
        self.assertEqual(self.redirects._resolve(old), old)
        self.assertFalse(target.is_customer)
