from . import test_guest
from . import test_type_price
