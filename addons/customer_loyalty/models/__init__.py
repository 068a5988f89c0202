from . import loyalty_program
from . import loyalty_rule
from . import product_template
from . import res_partner
