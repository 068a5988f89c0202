from . import consent_reask_wizard
