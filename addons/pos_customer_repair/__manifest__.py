{
    "name": "Customers at the till: repairs",
    "summary": "Work orders from the till: ticket, photo, deposit, collection",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": [
        "pos_customer",
        "customer_repair",
        "customer_sale",
        "pos_sale",  # before pos_repair, whose change of its JavaScript must come last
        "pos_repair",
    ],
    "data": [
        "data/product_data.xml",
        "views/repair_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_repair/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer_repair/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["pos_customer_repair/static/tests/unit/**/*"],
    },
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
