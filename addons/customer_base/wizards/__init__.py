from . import base_partner_merge
from . import base_import_import
from . import customer_account_wizard
from . import customer_block_wizard
from . import customer_reassign_wizard
from . import customer_type_wizard
from . import customer_message_wizard
from . import portal_wizard
