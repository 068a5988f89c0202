from . import test_exclusions
