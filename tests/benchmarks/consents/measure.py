"""Time consents in the server: ``measure.py CONFIG DATABASE ROUNDS``; prints a table.

Core's box on the customer and our answer are written and read for the same customers, in
turn, each with cold caches of records. Writing counts to the last statement before the
commit: core makes its message there.
"""

import random
import statistics
import sys
import time

import ledger

import odoo.api
import odoo.modules.registry
import odoo.tools

BOX = f"x_bench_{ledger.PURPOSES[0]}"
PURPOSE = f"bench_{ledger.PURPOSES[0]}"


def timed(env, call):
    """:return: milliseconds, with nothing of the database's in memory of the server"""
    env.invalidate_all()
    env.cr.execute("SELECT 1")
    start = time.perf_counter()
    call()
    env.cr.flush()
    return (time.perf_counter() - start) * 1000


def show(name, core, ours):
    before, after = statistics.median(core), statistics.median(ours)
    p95 = sorted(ours)[int(0.95 * len(ours))]
    print(f"{name:<28}{before:>10.2f}{after:>10.2f}{p95:>10.2f}{before / after:>10.2f}")


def write_core(partner, yes):
    partner[BOX] = yes


def write_ours(partner, yes):
    partner.consent_set(PURPOSE, yes, "backend")


def read_core(partner):
    """The boxes, and their former values as the chatter shows them."""
    partner.read([f"x_bench_{code}" for code in ledger.PURPOSES])
    partner.message_ids.sudo().tracking_value_ids._tracking_value_format()


def read_ours(partner):
    partner.consent_get()
    partner.consent_history()


def rounds_of(env, partners, name, core, ours):
    """Both in turn, the first to go changing; the first of each are not counted."""
    times = {core: [], ours: []}
    for number, partner in enumerate(partners):
        for call in (core, ours) if number % 2 else (ours, core):
            times[call].append(timed(env, lambda c=call, p=partner: c(p)))
            env.cr.commit()
    warm = len(partners) // 10
    show(name, times[core][warm:], times[ours][warm:])


def verify(env):
    events = env["consent.event"]
    count = events.search_count([])
    start = time.perf_counter()
    broken = events.verify()
    seconds = time.perf_counter() - start
    print(f"\n{'verify()':<28}{seconds:>10.1f} s, {count} events, {len(broken)} broken")


def main(config, database, rounds):
    odoo.tools.config.parse_config(["-c", config])
    odoo.tools.config["customer_consent_key"] = ledger.KEY
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", "bench")])
        ids = env["consent.state"].search([], order="id").partner_id.ids
        rng = random.Random(ledger.SEED)
        env = env(user=user.id, context=user.context_get(), su=False)
        chosen = env["res.partner"].browse(rng.sample(ids, int(rounds)))
        print(f"{'ms, medians':<28}{'core':>10}{'ours':>10}{'p95':>10}{'ratio':>10}")
        rounds_of(env, chosen, "answers and history", read_core, read_ours)
        for yes in (True, False):
            rounds_of(
                env,
                chosen,
                f"one answer: {'yes' if yes else 'no'}",
                lambda partner, yes=yes: write_core(partner, yes),
                lambda partner, yes=yes: write_ours(partner, yes),
            )
        rounds_of(env, chosen, "the same, read again", read_core, read_ours)
        verify(env(user=odoo.api.SUPERUSER_ID))


if __name__ == "__main__":
    main(*sys.argv[1:])
