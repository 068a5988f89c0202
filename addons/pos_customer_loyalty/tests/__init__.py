from . import test_order_points
