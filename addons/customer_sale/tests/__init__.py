from . import test_documents
from . import test_sale_order
from . import test_sale_order_block
from . import test_sale_order_whatsapp
