from . import pos_order_reassign_wizard
