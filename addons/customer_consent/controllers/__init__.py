from . import link
from . import portal
from . import signup
