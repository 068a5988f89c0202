from . import account_fiscal_position
from . import customer_type
from . import pos_config
from . import pos_order
from . import pos_session
from . import product_template
from . import res_partner
