from . import customer_impersonation_wizard
