from . import consent_purpose
from . import consent_wording
from . import pos_config
from . import pos_session
from . import res_partner_consent_receive
from . import res_partner_consent_till
from . import res_partner_draft
