from . import test_adjust
from . import test_balance
from . import test_exclusions
from . import test_guards
from . import test_pending
from . import test_points_text
