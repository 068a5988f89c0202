"""Time the search in the server: ``measure.py CONFIG DATABASE ROUNDS``; prints a table.

The till of core and ours ask the same questions on the same database, in turn. Core's till
sends what was typed for eleven fields at once (``PartnerList.getNewPartners``).
"""

import statistics
import sys
import time

import odoo.api
import odoo.modules.registry
import odoo.tools

from odoo.addons.point_of_sale.models.res_partner import ResPartner as CorePartner

# Twenty things that people type: common and rare names, pieces, numbers, places, mistakes.
QUERIES = (
    "jan",
    "ja",
    "jansen",
    "jan jansen",
    "jansen 3512",
    "jan ams",
    "wisniewska",
    "van den berg",
    "de vries utrecht",
    "lefevre bes",
    "werilin",
    "3512",
    "voorstraat 12",
    "amsterdam",
    "0697351208",
    "+31 6 9735 1208",
    "1208",
    "jan.jansen@",
    "K0000500",
    "wisniewsla lodz",
)
CORE_FIELDS = (
    "name parent_name phone_mobile_search email barcode street zip city state_id "
    "country_id vat"
).split()
OURS_EACH = 10  # calls of ours for each of core, which takes seconds


def core_domain(query):
    leaves = [(name, "ilike", query + "%") for name in CORE_FIELDS]
    return ["|"] * (len(leaves) - 1) + leaves


def timed(env, call):
    env.invalidate_all()
    env.cr.execute("SELECT 1")
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(name, values):
    print(
        f"{name:<28}{statistics.median(values):>10.1f}{quantile(values, 0.95):>10.1f}"
        f"{max(values):>10.1f}"
    )


def searches(env, config, rounds):
    partners = env["res.partner"]
    core = {query: [] for query in QUERIES}
    ours = {query: [] for query in QUERIES}
    for query in QUERIES:  # both warm
        partners.customer_search(query)
    for _round in range(rounds):
        for query in QUERIES:
            domain = core_domain(query)
            core[query].append(
                timed(
                    env,
                    lambda d=domain: CorePartner.get_new_partner(
                        partners, config.id, d, 0
                    ),
                )
            )
            ours[query] += [
                timed(env, lambda q=query: partners.customer_search(q))
                for _call in range(OURS_EACH)
            ]
    print(f"{'ms, medians':<28}{'core':>10}{'ours':>10}{'ratio':>10}")
    for query in QUERIES:
        before, after = statistics.median(core[query]), statistics.median(ours[query])
        print(f"{query:<28}{before:>10.1f}{after:>10.1f}{before / after:>10.1f}")
    print(f"\n{'ms':<28}{'p50':>10}{'p95':>10}{'max':>10}")
    show("core, all queries", [value for values in core.values() for value in values])
    show("ours, all queries", [value for values in ours.values() for value in values])


def others(env, config, rounds):
    partners = env["res.partner"]
    code = "K0000321"
    leaf = [["barcode", "=", code]]  # what core's till asks of a scanned card
    core, ours, cards = [], [], []
    regular = env["pos.order"].search([], limit=1).partner_id
    partners.customer_scan(code)
    regular.customer_card(config.id)
    for _round in range(rounds):
        core.append(
            timed(
                env,
                lambda: CorePartner.get_new_partner(partners, config.id, leaf[:], 0),
            )
        )
        ours += [
            timed(env, lambda: partners.customer_scan(code)) for _ in range(OURS_EACH)
        ]
        cards += [
            timed(env, lambda: regular.customer_card(config.id))
            for _ in range(OURS_EACH)
        ]
    show("scanned code, core", core)
    show("scanned code, ours", ours)
    show("card, 2,000 orders", cards)


def main(config, database, rounds):
    odoo.tools.config.parse_config(["-c", config])
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        cashier = env["res.users"].search([("login", "=", "cashier")])
        env = env(user=cashier.id, context=cashier.context_get(), su=False)
        config = env["pos.config"].search([("name", "=", "Bench")])
        searches(env, config, int(rounds))
        others(env, config, int(rounds))


if __name__ == "__main__":
    main(*sys.argv[1:])
