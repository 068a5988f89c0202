from . import test_attribute
from . import test_attribute_rpc
from . import test_card_report
from . import test_code
from . import test_customer
from . import test_import
from . import test_set_type
