from . import customer_journal
from . import repair_order
from . import repair_order_block
from . import repair_order_reassign
from . import res_partner
from . import res_partner_card
from . import sale_order
