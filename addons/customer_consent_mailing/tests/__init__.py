from . import test_blacklist
from . import test_mailing
from . import test_mailing_sms
from . import test_unsubscribe
