from . import test_attack
from . import test_customer
from . import test_orders
from . import test_pending
from . import test_return
from . import test_type
