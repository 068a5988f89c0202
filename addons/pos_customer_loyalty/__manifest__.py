{
    "name": "Customers at the till: loyalty",
    "summary": "Points follow an order that gets another customer",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["pos_customer", "customer_loyalty", "pos_loyalty"],
    "auto_install": True,
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_loyalty/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer_loyalty/static/tests/tours/**/*"],
    },
}
