{
    "name": "Customers: loyalty",
    "summary": "Points that customers and staff can follow, and that nobody makes up",
    "version": "19.0.1.1.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "loyalty"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "data/ir_cron_data.xml",
        "data/ir_cron_expiry_data.xml",
        "data/mail_template_data.xml",
        "wizards/loyalty_card_update_balance_views.xml",
    ],
    "post_init_hook": "post_init_hook",
}
