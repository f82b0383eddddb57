"""What all tests share: a home of their own, an empty screen, a fresh database of either kind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A slow machine is no fault of the program, and a change is judged by the same examples each time.
hypothesis_settings.register_profile(
    "program",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis_settings.load_profile("program")

POSTGRESQL = os.environ.get("DELIBERATION_TEST_POSTGRESQL", "")

# Before anything asks where settings and data lie: no test reads or writes those of the person who runs it.
_HOME = Path(tempfile.mkdtemp(prefix="deliberation-tests-"))
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
    _folder = _HOME / _name.lower()
    _folder.mkdir(mode=0o700)
    os.environ[_name] = str(_folder)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_report_header() -> str:
    """Say which databases this run tests."""
    return "databases: SQLite" + (" and PostgreSQL" if POSTGRESQL else " only (sh test.sh tests PostgreSQL too)")


def pytest_unconfigure() -> None:
    """Take the tests' home away again."""
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what touches a database on each kind there is."""
    if "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"], scope="session")


def _url(name: str) -> str:
    return POSTGRESQL.rpartition("/")[0] + "/" + name


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    """A connection to the PostgreSQL of this run that makes and drops databases."""
    with psycopg.connect(POSTGRESQL.replace("+psycopg", "", 1), autocommit=True) as connection:
        yield connection


@pytest.fixture
def empty_database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    yield from _fresh(database_kind, tmp_path, request, None)


@pytest.fixture
def database_url(database_kind: str, prepared: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with the program's tables and no rows, on SQLite and on PostgreSQL."""
    yield from _fresh(database_kind, tmp_path, request, prepared)


def _fresh(kind: str, folder: Path, request: pytest.FixtureRequest, template: str | None) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    if kind == "sqlite":
        file = folder / f"{name}.sqlite"
        if template:
            shutil.copyfile(template, file)
        yield f"sqlite:///{file}"
        return
    connection: psycopg.Connection = request.getfixturevalue("server")
    connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template or "template0"}" STRATEGY FILE_COPY')
    yield _url(name)
    connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def prepared(database_kind: str, request: pytest.FixtureRequest) -> str:
    """One database with all tables, which the others are copied from: a file, or a name on the server."""
    # Only tests of records need SQLAlchemy; the others start without it.
    from deliberation_app.storage.database import open_database
    from tests.fresh import NOW, template

    if database_kind == "sqlite":
        return str(template())
    name = f"prepared{os.environ.get('PYTEST_XDIST_WORKER', '')}"  # one for each of the tests' processes
    connection: psycopg.Connection = request.getfixturevalue("server")
    # It is asked for again whenever tests of the other kind came between.
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        open_database(_url(name), now=NOW).dispose()
    return name


@pytest.fixture
def real_screen() -> dict[str, str]:
    """The environment in which a new process opens a real window that takes real keys (xdotool)."""
    display = os.environ.get("DISPLAY")
    if not display:
        pytest.fail("There is no screen for real windows here; sh test.sh starts one.")
    return {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
