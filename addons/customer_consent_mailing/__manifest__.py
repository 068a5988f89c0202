{
    "name": "Customers: consents in mailings",
    "summary": "Mailings go to those who consent, an unsubscribe is a withdrawal",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_consent", "mass_mailing"],
    "data": [
        "security/ir.model.access.csv",
        "views/mailing_mailing_views.xml",
        "views/mailing_templates_portal.xml",
        "views/mail_blacklist_views.xml",
        "views/phone_blacklist_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
