{
    "name": "Customers: repairs",
    "summary": "The customer of a repair",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "repair"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
