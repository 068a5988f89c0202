from . import test_code
from . import test_customer
from . import test_import
