"""The ledger of consents through a backup, and through the end of its module and back."""

import subprocess
from pathlib import Path

import pytest

from host import console, environment, postgres, source, templates
from host.database import Host

INSIDE = Path(__file__).with_name("consent_ledger.py")
LEFT = """
    SELECT proname FROM pg_proc WHERE proname ~ '^consent_'
    UNION ALL SELECT tgname FROM pg_trigger WHERE tgname ~ '^consent_'
    UNION ALL SELECT relname FROM pg_class WHERE relname ~ '^consent_'
    UNION ALL SELECT attname FROM pg_attribute
              WHERE attrelid = 'customer_subject'::regclass AND attname ~ '^consent_'
"""


@pytest.fixture(scope="module")
def host():
    python = environment.create("requirements-test.txt")
    odoo = source.find(python)
    with postgres.serving(python) as server:
        yield Host(python, odoo, server, "test-data")


@pytest.fixture(scope="module")
def database(host):
    with templates.copy_for_a_run(host, with_assets=False) as name:
        host.inside("Customers answer", name, "script", INSIDE, "answer")
        yield name


def test_a_dump_restores(host, database):
    restored = f"{database}_restored"
    host.server.create(restored)
    try:
        pipe = (
            f"pg_dump {database} | psql -qX -v ON_ERROR_STOP=1 -o /dev/null {restored}"
        )
        subprocess.run(pipe, shell=True, check=True, env=host.server.environment)
        host.inside("The backup is sound", restored, "script", INSIDE, "sound")
        for statement in (
            "UPDATE consent_event SET state = 'granted'",
            "DELETE FROM consent_event",
            "TRUNCATE consent_event",
        ):
            with pytest.raises(console.Failure, match="never rewritten"):
                host.server.sql(statement, restored)
    finally:
        host.drop(restored)


def test_uninstalled_and_installed_again(host, database):
    host.inside("The module goes", database, "script", INSIDE, "uninstall")
    assert host.server.sql(LEFT, database) == []
    host.inside("Customers stay", database, "script", INSIDE, "gone")
    host.run("The module comes back", database, "-i", "customer_consent")
    host.inside("Customers answer again", database, "script", INSIDE, "answer")
