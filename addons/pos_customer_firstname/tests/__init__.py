from . import test_names
from . import test_names_tour
