from . import test_exclusions
from . import test_points_text
