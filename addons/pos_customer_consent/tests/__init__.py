from . import test_consent_creation
from . import test_consent_display
from . import test_consent_receipt
from . import test_consent_receive
from . import test_consent_tour
from . import test_js
