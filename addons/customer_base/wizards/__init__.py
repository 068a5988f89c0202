from . import customer_type_wizard
