from . import test_acting
from . import test_acting_read_only
from . import test_acting_safety
from . import test_help
from . import test_log
from . import test_rules
