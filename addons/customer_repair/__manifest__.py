{
    "name": "Customers: repairs",
    "summary": "Type, note, block and WhatsApp on repairs, and another customer for one",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "repair"],
    "data": [
        "data/customer_message_template_data.xml",
        "report/repair_report_templates.xml",
        "views/repair_order_views.xml",
        "views/sale_order_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["customer_repair/static/tests/tours/**/*"],
    },
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
