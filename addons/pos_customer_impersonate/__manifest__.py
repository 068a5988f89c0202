{
    "name": "Customers at the till: log in as a customer",
    "summary": "Help customers in their own account from the till, on another device",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["pos_customer", "customer_impersonate"],
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_impersonate/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer_impersonate/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["pos_customer_impersonate/static/tests/unit/**/*"],
    },
    "auto_install": True,
}
