{
    "name": "Customers: web shop",
    "summary": "Types make the price in the web shop, and no guest is refused",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_sale", "website_sale"],
    "assets": {
        "web.assets_tests": ["customer_website_sale/static/tests/tours/**/*"],
    },
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
