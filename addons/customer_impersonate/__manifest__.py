{
    "name": "Customers: log in as a customer",
    "summary": "Help customers in their own account, on the record",
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
        "data/mail_template_data.xml",
        "wizards/customer_impersonation_wizard_views.xml",
        "views/customer_impersonation_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_help_templates.xml",
        "views/acting_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["customer_impersonate/static/src/portal/**/*"],
        "web.assets_backend": ["customer_impersonate/static/src/backend/**/*"],
        # the till opens the form of a customer, too, and lacks the widget otherwise
        "point_of_sale._assets_pos": ["customer_impersonate/static/src/backend/**/*"],
        "web.assets_tests": ["customer_impersonate/static/tests/tours/**/*"],
    },
}
