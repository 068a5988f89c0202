from . import acting
from . import help
from . import session
