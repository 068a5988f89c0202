from . import models


def post_init_hook(env):
    """Let every till take agreed prices and deposits from the first day."""
    configs = env["pos.config"].with_context(active_test=False).search([])
    labour = env.ref("pos_customer_repair.product_labour")
    deposit = env.ref("pos_sale.default_downpayment_product", False)
    configs.filtered(lambda c: not c.customer_labour_product_id).write(
        {"customer_labour_product_id": labour.id}
    )
    if deposit:
        configs.filtered(lambda c: not c.down_payment_product_id).write(
            {"down_payment_product_id": deposit.id}
        )
