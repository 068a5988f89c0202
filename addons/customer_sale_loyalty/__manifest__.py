{
    "name": "Customers: loyalty on orders",
    "summary": "Points of quotations, orders and credit notes, which nobody makes up",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_sale", "customer_loyalty", "sale_loyalty"],
    "auto_install": True,
}
