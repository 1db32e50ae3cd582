"""Labs: runs, their actions, what became of their goals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261123_1500"
down_revision = "20261123_1200"

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")


def needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "run",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("lab", sa.String(80)),
        needed("revision_id", sa.Integer),
        needed("mode", sa.String(10)),
        needed("seed", sa.Integer),
        needed("profile", sa.JSON),
        needed("versions", sa.JSON),
        needed("started_at", INSTANT),
        optional("ended_at", INSTANT),
        sa.Column("count", sa.Integer, nullable=False, server_default="0"),
        optional("snapshot", sa.JSON),
        optional("points", sa.Double),
        optional("out_of", sa.Double),
        optional("passed", sa.Boolean),
        key("run", "user_id", "user"),
        key("run", "revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index(
        "uq_run_open",
        "run",
        ["user_id", "lab", "mode"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_run_user_id_lab_id", "run", ["user_id", "lab", "id"])
    op.create_index("ix_run_lab_ended_at", "run", ["lab", "ended_at"])
    op.create_table(
        "action",
        needed("id", sa.Integer),
        needed("run_id", sa.Integer),
        needed("position", sa.Integer),
        needed("client_id", sa.String(40)),
        needed("simulator", sa.String(20)),
        needed("name", sa.String(40)),
        needed("fields", sa.JSON),
        needed("at", INSTANT),
        needed("seconds", sa.Integer),
        key("action", "run_id", "run"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.UniqueConstraint("run_id", "position", name="uq_action_run_id_position"),
        sa.UniqueConstraint("run_id", "client_id", name="uq_action_run_id_client_id"),
    )
    op.create_table(
        "outcome",
        needed("id", sa.Integer),
        needed("run_id", sa.Integer),
        needed("goal", sa.String(80)),
        needed("points", sa.Double),
        needed("required", sa.Boolean),
        needed("reached", sa.Double),
        needed("share", sa.Double),
        needed("hints", sa.Integer),
        optional("position", sa.Integer),
        needed("seconds", sa.Integer),
        key("outcome", "run_id", "run"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
        sa.UniqueConstraint("run_id", "goal", name="uq_outcome_run_id_goal"),
    )


def downgrade() -> None:
    for table in ("outcome", "action", "run"):
        op.drop_table(table)
