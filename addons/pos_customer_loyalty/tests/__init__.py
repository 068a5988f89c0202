from . import test_js
from . import test_loyalty_doors
from . import test_loyalty_later
from . import test_loyalty_property
from . import test_loyalty_refund
from . import test_loyalty_sale
from . import test_loyalty_tour
from . import test_order_points
