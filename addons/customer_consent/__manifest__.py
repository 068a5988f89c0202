{
    "name": "Customers: consents",
    "summary": "Consents that can be proved: wording, ledger, current answers",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron_data.xml",
        "views/portal_consent_templates.xml",
        "views/portal_link_templates.xml",
        "views/portal_my_templates.xml",
        "views/portal_signup_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["customer_consent/static/src/portal/**/*"],
        "web.assets_tests": ["customer_consent/static/tests/tours/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
}
