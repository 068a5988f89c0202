"""Tasks that need an Odoo environment; run by the environment's Python: ``inside.py CONFIG DATABASE TASK …``."""

import importlib.util
import sys

# The folder of this file goes: its modules must not shadow the standard library's.
sys.path.pop(0)

import odoo.api
import odoo.modules.registry
import odoo.tools

DEMO_BUILT = "customer_suite.demo_built"


def progress(text):
    print(f"progress: {text}", flush=True)


def _load(path):
    """The module in a file that no path of imports reaches."""
    spec = importlib.util.spec_from_file_location("customer_suite_task", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def demo(env, path):
    """Build the demo shop, once: the mark and the data are one transaction."""
    parameters = env["ir.config_parameter"]
    if parameters.get_param(DEMO_BUILT):
        return
    _load(path).build(env, progress)
    parameters.set_param(DEMO_BUILT, "1")


def assets(env, *bundles):
    """Compile the bundles of assets, so that no test waits for them."""
    env["ir.qweb"]._pregenerate_assets_bundles()
    for bundle in bundles:
        assets_of = env["ir.qweb"]._get_asset_bundle(bundle)
        assets_of.js()
        assets_of.css()


def script(env, path, function):
    """Call a function of a file with the environment."""
    getattr(_load(path), function)(env)


def translations(env, path, *arguments):
    """Write the files of translations."""
    _load(path).write(env, *arguments)


def main(config, database, task, *arguments):
    odoo.tools.config.parse_config(["-c", config])
    registry = odoo.modules.registry.Registry(database)
    with registry.cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        tasks = {
            "demo": demo,
            "assets": assets,
            "script": script,
            "translations": translations,
        }
        tasks[task](env, *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
