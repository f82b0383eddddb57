"""Runs the migration steps from code: an older database becomes a current one."""

from __future__ import annotations

from typing import Any

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from deliberation_app import settings


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(settings.path("deliberation_app", "storage", "migrations")))
    return ScriptDirectory.from_config(config)


def known() -> set[str]:
    """The steps that this version of the program knows."""
    return {script.revision for script in _scripts().walk_revisions()}


def upgrade(engine: Engine, to: str = "head") -> None:
    """Take all missing steps in one transaction: afterwards the database is current, or as it was."""
    scripts = _scripts()

    def missing(revision: Any, _context: MigrationContext) -> Any:
        return scripts._upgrade_revs(to, revision)

    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"fn": missing, "transactional_ddl": True})
        with Operations.context(context):
            context.run_migrations()
