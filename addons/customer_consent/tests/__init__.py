from . import test_consent
from . import test_consent_property
from . import test_consent_rpc
from . import test_ledger_attack
from . import test_ledger_together
from . import test_verification
from . import test_wording
from . import test_consent_link
