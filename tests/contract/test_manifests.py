"""Every addon is packaged, licensed and secured as the suite promises."""

import ast
import csv
import re

import pytest
import tree

POS = {"point_of_sale", "pos_loyalty", "pos_repair", "pos_sale", "pos_hr"}
# What each addon may depend on. Whoever changes a manifest decides about the architecture, and changes this too.
DEPENDS = {
    "customer_base": {
        "account",
        "base_import",
        "contacts",
        "phone_validation",
        "portal",
        "product",
    },
    "customer_consent": {"customer_base"},
    "customer_consent_mailing": {"customer_consent", "mass_mailing"},
    "customer_impersonate": {"customer_base"},
    "customer_privacy": {"customer_base"},
    "customer_merge": {"customer_base"},
    "customer_loyalty": {"customer_base", "loyalty"},
    "customer_sale": {"customer_base", "sale"},
    "customer_sale_loyalty": {"customer_sale", "customer_loyalty", "sale_loyalty"},
    "customer_website_sale": {"customer_sale", "website_sale"},
    "customer_repair": {"customer_base", "repair"},
    "customer_calendar": {"customer_base", "calendar"},
    "customer_report": {"customer_base", "pos_sale"},
    "pos_customer": {"customer_base", "point_of_sale"},
    "pos_customer_consent": {"pos_customer", "customer_consent"},
    "pos_customer_impersonate": {"pos_customer", "customer_impersonate"},
    "pos_customer_loyalty": {"pos_customer", "customer_loyalty", "pos_loyalty"},
    "pos_customer_repair": {
        "pos_customer",
        "customer_repair",
        "customer_sale",
        "pos_repair",
        "pos_sale",
    },
    "pos_customer_firstname": {"pos_customer", "partner_firstname"},
    "pos_special_order": {"pos_customer", "pos_sale"},
    "pos_credit_account": {"pos_customer"},
    "pos_cashier_login": {"point_of_sale", "pos_hr"},
    "pos_escpos": {"point_of_sale"},
}
BRIDGES = {
    "customer_consent_mailing",
    "customer_sale",
    "customer_sale_loyalty",
    "customer_website_sale",
    "customer_repair",
    "customer_calendar",
    "pos_customer_consent",
    "pos_customer_impersonate",
    "pos_customer_loyalty",
    "pos_customer_repair",
    "pos_customer_firstname",
}
NOT_INSTALLABLE = {
    "iot_escpos"
}  # loaded by the IoT box, which does not install modules
NOT_IN_SUITE = {
    "customer_suite",
    "test_customer_suite",
    "pos_customer_firstname",
    "customer_calendar",  # comes by itself where there is a calendar
    *NOT_INSTALLABLE,
}
LOADED_FOLDERS = (
    "data",
    "demo",
    "report",
    "reports",
    "security",
    "templates",
    "views",
    "wizards",
)

each_addon = pytest.mark.parametrize("name", tree.NAMES)


def is_firstname(name):
    return name.endswith("_firstname")


@each_addon
def test_manifest(name):
    manifest = tree.MANIFESTS[name]
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest["author"] == "Customer Suite"
    assert manifest["license"] == ("AGPL-3" if is_firstname(name) else "LGPL-3")
    assert manifest.get("summary"), "a one-line summary tells a shop what it is for"
    assert manifest.get("installable", True) == (name not in NOT_INSTALLABLE)
    assert bool(manifest.get("auto_install")) == (name in BRIDGES)


@each_addon
def test_packaging(name):
    lines = (
        (tree.ADDONS / name / "pyproject.toml").read_text(encoding="utf-8").split("\n")
    )
    assert lines == [
        "[build-system]",
        'requires = ["whool"]',
        'build-backend = "whool.buildapi"',
        "",
    ]


@each_addon
def test_has_tests(name):
    files = list((tree.ADDONS / name / "tests").glob("test_*.py"))
    assert files or name == "customer_suite", "an addon without tests proves nothing"


@each_addon
def test_dependencies(name):
    depends = set(tree.MANIFESTS[name].get("depends", []))
    if name == "customer_suite":
        assert depends == set(tree.NAMES) - NOT_IN_SUITE
    elif name == "test_customer_suite":
        assert "customer_suite" in depends  # and what of core it tries together with it
    elif name not in NOT_INSTALLABLE:
        assert name in DEPENDS, f"{name} is not in the table of modules"
        assert depends == DEPENDS[name]


def closure(name):
    """Everything of ours and of core's POS that an addon pulls in."""
    found, todo = set(), [name]
    while todo:
        for other in tree.MANIFESTS.get(todo.pop(), {}).get("depends", []):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


@pytest.mark.parametrize(
    "name", [name for name in tree.NAMES if name.startswith("customer_")]
)
def test_back_office_does_not_depend_on_pos(name):
    if name in ("customer_report", "customer_suite"):
        pytest.skip("reads sales of the till by design")
    assert not closure(name) & (
        POS | {other for other in tree.NAMES if other.startswith("pos_")}
    )


@each_addon
def test_no_agpl_dependency(name):
    if is_firstname(name):
        return
    for other in closure(name) - set(tree.NAMES):
        path = next(
            (tree.odoo_folder() / "addons").glob(f"{other}/__manifest__.py"), None
        )
        path = path or next(
            (tree.odoo_folder().parent / "addons").glob(f"{other}/__manifest__.py"),
            None,
        )
        assert path, f"{name} depends on {other}, which is not in core"
        assert "AGPL" not in ast.literal_eval(path.read_text(encoding="utf-8")).get(
            "license", "LGPL-3"
        )


@each_addon
def test_data_files(name):
    """What the manifest names exists, and what stands in a folder of data is named."""
    folder, manifest = tree.ADDONS / name, tree.MANIFESTS[name]
    named = [*manifest.get("data", []), *manifest.get("demo", [])]
    assert [path for path in named if not (folder / path).is_file()] == []
    present = {
        str(path.relative_to(folder))
        for sub in LOADED_FOLDERS
        for path in (folder / sub).rglob("*")
        if path.suffix in (".xml", ".csv")
    }
    assert present - set(named) == set(), "files that are never loaded"


@each_addon
def test_assets_exist(name):
    """Each pattern of the manifest's bundles that is ours matches a file."""
    for bundle, entries in tree.MANIFESTS[name].get("assets", {}).items():
        for entry in entries:
            pattern = entry if isinstance(entry, str) else entry[-1]
            addon, _, rest = pattern.partition("/")
            if addon == name:
                assert any((tree.ADDONS / name).glob(rest)), (
                    f"{bundle}: nothing matches {pattern}"
                )


def own_models(name):
    """Names of the stored and transient models that an addon defines."""
    for path in tree.python_files(name):
        for node in ast.walk(tree.parse(path)):
            if isinstance(node, ast.ClassDef):
                bases = {ast.unparse(base) for base in node.bases}
                model = class_attribute(node, "_name")
                inherited = class_attribute(node, "_inherit")
                again = model == inherited or (
                    isinstance(inherited, list) and model in inherited
                )
                if (
                    model
                    and not again
                    and bases & {"models.Model", "models.TransientModel"}
                ):
                    yield model


def class_attribute(node, name):
    for statement in node.body:
        if (
            isinstance(statement, ast.Assign)
            and ast.unparse(statement.targets[0]) == name
        ):
            try:
                return ast.literal_eval(statement.value)
            except ValueError:
                return None
    return None


@each_addon
def test_access_rights(name):
    models = set(own_models(name))
    if not models:
        return
    path = tree.ADDONS / name / "security/ir.model.access.csv"
    with open(path, encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    given = {
        row.get("model_id:id", row.get("model_id/id", "")).rpartition("model_")[2]
        for row in rows
    }
    assert {model.replace(".", "_") for model in models} - given == set(), (
        "models without access rights"
    )
