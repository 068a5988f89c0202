from . import pos_config
from . import res_partner
from . import res_partner_search
