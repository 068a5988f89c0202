{
    "name": "Customers: loyalty",
    "summary": "Gift cards and top-ups keep their price whatever the type of the customer",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "loyalty"],
    "post_init_hook": "post_init_hook",
}
