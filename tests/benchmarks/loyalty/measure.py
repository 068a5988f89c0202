"""Time points in the server: ``measure.py CONFIG DATABASE ROUNDS``; prints a table.

What core's window of the card reads, all of its lines, and what our tab reads are asked in
turn, each with cold caches of records.
"""

import statistics
import sys
import time

import odoo.api
import odoo.modules.registry
import odoo.tools

# what core's form of a card shows of it, and of each of its lines
CARD = ("program_id", "partner_id", "points_display", "expiration_date", "code")
LINE = ("create_date", "description", "order_model", "order_id", "issued", "used")


def timed(env, call):
    """:return: milliseconds, with nothing of the database's in memory of the server"""
    env.invalidate_all()
    env.cr.execute("SELECT 1")
    start = time.perf_counter()
    call()
    env.cr.flush()
    return (time.perf_counter() - start) * 1000


def show(name, values):
    p95 = sorted(values)[int(0.95 * len(values))]
    print(f"{name:<34}{statistics.median(values):>10.2f}{p95:>10.2f}")


def read_core(card):
    card.read(CARD)
    card.history_ids.read(LINE)


def read_tab(customer):
    customer.customer_loyalty()
    customer.customer_loyalty_history()


def reading(env, rounds):
    customer = env["res.partner"].search([("name", "=", "Regular")], limit=1)
    card = env["loyalty.card"].sudo().search([("partner_id", "=", customer.id)])
    calls = {
        "core: the card with all its lines": lambda: read_core(card),
        "tab: cards and latest lines": lambda: read_tab(customer),
        "the same, lines 1,900 to 2,000": lambda: customer.customer_loyalty_history(
            limit=100, offset=1900
        ),
        "customer_card()": lambda: customer.customer_card(),
        "customer_adjust()": lambda: card.customer_adjust(1, "Benchmark"),
    }
    times = {name: [] for name in calls}
    for _round in range(rounds):
        for name, call in calls.items():
            times[name].append(timed(env, call))
        env.cr.rollback()
    print(f"{'ms':<34}{'median':>10}{'p95':>10}")
    for name, values in times.items():
        show(name, values[rounds // 10 :])


def once(env, name, call):
    """Something of the night, in seconds."""
    env.invalidate_all()
    start = time.perf_counter()
    result = call()
    print(f"{name:<34}{time.perf_counter() - start:>10.1f} s  {result}", flush=True)


def nightly(env):
    cards = env["loyalty.card"]
    env.cr.execute("SELECT count(*) FROM loyalty_pending WHERE state = 'waiting'")
    waiting = env.cr.fetchone()[0]

    def release():
        env["loyalty.pending"]._cron_release()
        return f"{waiting} points became ready"

    def expire():
        cards._cron_expire()
        env.cr.execute("SELECT count(*) FROM loyalty_expiry_notice")
        return f"{env.cr.fetchone()[0]} customers were told"

    once(env, "release", release)
    once(
        env, "check of all balances", lambda: f"{len(cards._find_differences())} differ"
    )
    once(env, "what expires: found", lambda: f"{len(cards._find_expiring())} cards")
    once(env, "what expires: announced", expire)


def main(config, database, rounds):
    odoo.tools.config.parse_config(["-c", config])
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", "bench")])
        reading(env(user=user.id, context=user.context_get(), su=False), int(rounds))
        nightly(env)


if __name__ == "__main__":
    main(*sys.argv[1:])
