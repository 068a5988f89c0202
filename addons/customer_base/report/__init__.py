from . import ir_actions_report
from . import loyalty_card
