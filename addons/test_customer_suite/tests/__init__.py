from . import test_core_shop_loyalty
from . import test_documents
from . import test_on_behalf
from . import test_price_table
from . import test_quotation_at_the_till
from . import test_search_fuzz
from . import test_shop_tours
