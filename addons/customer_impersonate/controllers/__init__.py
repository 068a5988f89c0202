from . import acting
from . import session
