{
    "name": "Customers: sales",
    "summary": "Customer types on quotations and orders",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "sale"],
    "data": [
        "security/res_groups.xml",
        "data/customer_message_template_data.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
