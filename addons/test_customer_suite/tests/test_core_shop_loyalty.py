from odoo.tests import tagged

# the module, not its class: it would be run here as well
from odoo.addons.website_sale_loyalty.tests import test_shop_sale_coupon as core


@tagged("post_install", "-at_install")
class TestCoreShopLoyalty(core.WebsiteSaleLoyaltyTestUi):
    """Core's journeys with cards in the web shop.

    Core's own tests type the balances of these cards in the name of a user, which is
    refused with the suite. Here they are there by right, and the shop does the rest.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        english = cls.env.ref("base.lang_en")
        website = cls.env.ref("website.default_website")
        website.write({"language_ids": english.ids, "default_lang_id": english.id})
        cls.env.ref("base.user_admin").lang = "en_US"
        # rewards are named in the language of whoever makes them
        cls.env = cls.env(su=True, context={**cls.env.context, "lang": "en_US"})
