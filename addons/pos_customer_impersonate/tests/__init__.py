from . import test_impersonate_rpc
from . import test_impersonate_tour
from . import test_js
from . import test_till_browser
