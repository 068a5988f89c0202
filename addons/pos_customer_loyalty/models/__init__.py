from . import loyalty_program
from . import loyalty_rule
from . import pos_order
from . import res_partner
