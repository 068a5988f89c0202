{
    "name": "Customers at the till",
    "summary": "Customer types, codes and notes in the Point of Sale, and a screen of its own",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "point_of_sale"],
    "data": [
        "security/res_groups.xml",
        "data/customer_message_template_data.xml",
        "views/pos_order_views.xml",
        "views/pos_order_block_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["pos_customer/static/tests/unit/**/*"],
    },
    "post_init_hook": "post_init_hook",
}
