from . import login
from . import portal
