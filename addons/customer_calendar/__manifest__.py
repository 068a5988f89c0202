{
    "name": "Customers: calendar",
    "summary": "WhatsApp to the customer about an appointment",
    "version": "19.0.1.0.0",
    "category": "Sales/Customers",
    "author": "Customer Suite",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["customer_base", "calendar"],
    "data": [
        "data/customer_message_template_data.xml",
        "views/calendar_event_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
