{
    "name": "Customers at the till: first and last names",
    "summary": "First and last name in the form, the card and the search of the till",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    # that of the addon which it extends
    "license": "AGPL-3",
    "development_status": "Beta",
    "depends": ["pos_customer", "partner_firstname"],
    "auto_install": True,
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_firstname/static/src/app/**/*"],
        "web.assets_tests": ["pos_customer_firstname/static/tests/tours/**/*"],
    },
}
