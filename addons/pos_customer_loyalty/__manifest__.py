{
    "name": "Customers at the till: loyalty",
    "summary": "Points ride in the order, are booked once, and come back with a return",
    "version": "19.0.1.1.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["pos_customer", "customer_loyalty", "pos_loyalty"],
    "auto_install": True,
    "data": [
        "security/ir_model_access.xml",
        "data/ir_cron_data.xml",
        "views/pos_order_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_loyalty/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer_loyalty/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["pos_customer_loyalty/static/tests/unit/**/*"],
    },
}
