"""docker-compose.yml and odoo.conf.example name only what exists."""

import configparser
import re

import pytest
import tree
import yaml

CONFIGURATION = tree.REPOSITORY / "odoo.conf.example"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(
        (tree.REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    )


@pytest.fixture(scope="module")
def options():
    parser = configparser.RawConfigParser()
    parser.read(CONFIGURATION, encoding="utf-8")
    assert parser.sections() == ["options"]
    return dict(parser["options"])


def mounts(service):
    """Source and target of a service's volumes; a variable stands for its default."""
    for volume in service.get("volumes", []):
        source, target = re.fullmatch(
            r"(\$\{[^}]*\}|[^:]+):([^:]+)(?::ro)?", volume
        ).groups()
        default = re.fullmatch(r"\$\{\w+:-([^}]*)\}", source)
        yield (default[1] if default else source), target


def test_images(compose):
    services = compose["services"]
    assert services["odoo"]["image"] == services["wheels"]["image"] == "odoo:19"
    assert services["db"]["image"].startswith("postgres:")


def test_mounted_paths_exist(compose):
    for service in compose["services"].values():
        for source, _target in mounts(service):
            if source == "./odoo.conf":
                source = "./odoo.conf.example"  # which one copies
            if source.startswith("."):
                assert (tree.REPOSITORY / source).exists(), source
            else:
                assert source in compose["volumes"], source


def test_services_start_in_order_and_come_back(compose):
    services = compose["services"]
    assert services["odoo"]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "wheels": {"condition": "service_completed_successfully"},
    }
    for name in ("db", "odoo"):
        assert services[name]["restart"] == "unless-stopped"
        assert services[name]["healthcheck"]["test"][0] == "CMD"


def test_only_this_machine_reaches_the_ports(compose):
    ports = [
        port
        for service in compose["services"].values()
        for port in service.get("ports", [])
    ]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_no_password_is_written(compose, options):
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), (
                    "from the environment, and refused when it is missing"
                )
    assert "db_password" not in options
    assert options["admin_passwd"] == ""
    assert options["list_db"] == "False"


def test_wheels_are_pinned(compose):
    """The packages that containers add have a version in the requirements."""
    command = compose["services"]["wheels"]["command"]
    pinned = (
        (tree.REPOSITORY / "setup/requirements.txt").read_text(encoding="utf-8").lower()
    )
    for package in (word for word in command if not word.startswith("-")):
        assert f"\n{package}==" in pinned


def test_external_dependencies_reach_the_containers(compose):
    """What a manifest asks of Python is in the image or among the wheels."""
    in_image = {"requests", "qrcode", "Pillow", "PIL", "lxml", "psycopg2", "openpyxl"}
    wheels = {
        word.replace("-", "_") for word in compose["services"]["wheels"]["command"]
    } | {"escpos"}
    for name, manifest in tree.MANIFESTS.items():
        needed = set(manifest.get("external_dependencies", {}).get("python", []))
        assert {
            word.replace("-", "_") for word in needed
        } - wheels - in_image == set(), name


def test_installed_module_exists(compose):
    text = (tree.REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r" -i (\w+)", text) == ["customer_suite"]
    assert "customer_suite" in tree.NAMES


def test_options_are_known(options):
    """To Odoo, or to an addon that reads it."""
    source = (tree.odoo_folder() / "tools/config.py").read_text(encoding="utf-8")
    known = set(re.findall(r"dest=['\"](\w+)['\"]", source))
    known |= {
        name.replace("-", "_")
        for name in re.findall(r"['\"]--([a-z][\w-]*)['\"]", source)
    }
    for name in tree.NAMES:
        for path in tree.python_files(name):
            text = path.read_text(encoding="utf-8")
            known |= set(re.findall(r"\bconfig\.get\(['\"](\w+)['\"]", text))
    assert set(options) - known == set()


def test_each_option_is_explained():
    lines = CONFIGURATION.read_text(encoding="utf-8").splitlines()
    for above, line in zip(lines, lines[1:], strict=False):
        if re.match(r"\w+ =", line):
            assert above.startswith("; "), line


def test_addons_path_is_mounted(compose, options):
    targets = dict(
        (target, source) for source, target in mounts(compose["services"]["odoo"])
    )
    assert targets[options["addons_path"]] == "./addons"
    assert options["data_dir"] in targets
