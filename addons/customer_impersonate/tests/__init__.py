from . import test_acting
from . import test_acting_read_only
from . import test_rules
