from . import base_import_import
from . import consent_reask_wizard
