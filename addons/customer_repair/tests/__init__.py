from . import test_repair_block
from . import test_repair_card
from . import test_repair_order
from . import test_repair_reassign
from . import test_repair_rpc
from . import test_repair_together
from . import test_repair_tour
from . import test_repair_whatsapp
