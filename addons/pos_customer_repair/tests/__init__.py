from . import test_js
from . import test_repair_collect
from . import test_sale_order_till
from . import test_work_order
from . import test_work_order_rpc
from . import test_work_order_tour
