{
    "name": "Customers: log in as a customer",
    "summary": "Help customers in their own account, on the record",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rule.xml",
        "views/acting_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["customer_impersonate/static/src/portal/**/*"],
    },
}
