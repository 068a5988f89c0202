from . import test_block
from . import test_guest
from . import test_student_tour
from . import test_type_price
