{
    "name": "Customer Suite",
    "summary": "The customer file of a shop, in the back office and at the till",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "application": True,
    "depends": [
        "customer_base",
        "customer_loyalty",
        "customer_repair",
        "customer_sale",
        "customer_website_sale",
        "pos_customer",
        "pos_customer_loyalty",
    ],
}
