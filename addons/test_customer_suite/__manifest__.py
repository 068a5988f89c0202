{
    "name": "Customer Suite: cross-module tests",
    "summary": "Journeys and tables that need more than one module; never in production",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": [
        "customer_suite",
        "customer_calendar",
        "sale_management",
        "pos_sale",
        "pos_loyalty",
    ],
    "assets": {
        "web.assets_tests": ["test_customer_suite/static/tests/tours/**/*"],
    },
}
