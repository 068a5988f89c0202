from . import pos_config
from . import pos_order
from . import repair_order
from . import repair_order_collect
from . import repair_order_values
from . import res_config_settings
from . import res_partner
from . import sale_order
