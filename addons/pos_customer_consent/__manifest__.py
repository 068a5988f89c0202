{
    "name": "Customers at the till: consents",
    "summary": "Consents asked, answered and withdrawn at the till and on the customer display",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["pos_customer", "customer_consent"],
    "data": ["views/res_config_settings_views.xml"],
    "assets": {
        "point_of_sale._assets_pos": ["pos_customer_consent/static/src/app/**/*"],
        "point_of_sale.customer_display_assets": [
            "pos_customer_consent/static/src/customer_display/**/*",
        ],
        "web.assets_tests": ["pos_customer_consent/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["pos_customer_consent/static/tests/unit/**/*"],
    },
    "auto_install": True,
}
