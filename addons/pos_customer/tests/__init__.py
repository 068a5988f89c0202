from . import test_customers_screen
from . import test_customer_sync
from . import test_js
from . import test_order_reassign
from . import test_order_reassign_rpc
from . import test_pos_data
from . import test_pos_price
from . import test_settings
