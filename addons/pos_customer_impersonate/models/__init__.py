from . import customer_impersonation
from . import res_partner_impersonate
from . import res_partner_till
