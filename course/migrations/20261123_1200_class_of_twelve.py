"""A class of twelve: minutes, stamps, notes, bookmarks, a journal."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261123_1200"
down_revision = "20261123_0900"

INSTANT = sa.DateTime(timezone=True)
COLUMNS = {
    "user": ("joined_by", "merged_into_id", "erased_at", "demo"),
    "cohort": ("place",),
    "event": ("seconds",),
    "standing": ("seconds", "hasty", "wrong", "hurdle"),
    "submission": ("seconds", "hasty"),
}


def needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def zero(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def user(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["user.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    # Column by column: to make the table anew, as SQLite's other way is, would drop
    # the one that all the others point to.
    op.add_column("user", optional("joined_by", sa.String(40)))
    op.create_index("uq_user_joined_by", "user", ["joined_by"], unique=True)
    op.execute(
        'ALTER TABLE "user" ADD COLUMN merged_into_id INTEGER '
        'CONSTRAINT fk_user_merged_into_id REFERENCES "user" (id)'
    )
    op.add_column("user", optional("erased_at", INSTANT))
    op.add_column("user", no("demo"))
    op.add_column("cohort", optional("place", sa.String(120)))
    op.add_column("event", zero("seconds"))
    for name in ("seconds", "hasty", "wrong"):
        op.add_column("standing", zero(name))
    op.add_column("standing", optional("hurdle", sa.String(80)))
    op.add_column("submission", zero("seconds"))
    op.add_column("submission", no("hasty"))
    op.create_table(
        "journal",
        needed("id", sa.Integer),
        needed("at", INSTANT),
        optional("by_id", sa.Integer),
        needed("verb", sa.String(20)),
        optional("user_id", sa.Integer),
        optional("cohort_id", sa.Integer),
        needed("detail", sa.JSON),
        user("journal", "by_id"),
        user("journal", "user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_index("ix_journal_user_id", "journal", ["user_id"])
    op.create_index("ix_journal_cohort_id", "journal", ["cohort_id"])
    op.create_table(
        "bookmark",
        needed("user_id", sa.Integer),
        needed("lesson", sa.String(80)),
        needed("anchor", sa.String(80)),
        needed("at", INSTANT),
        user("bookmark", "user_id"),
        sa.PrimaryKeyConstraint("user_id", "lesson", name="pk_bookmark"),
    )
    op.create_table(
        "note",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("by_id", sa.Integer),
        needed("text", sa.String(2000)),
        needed("at", INSTANT),
        optional("removed_at", INSTANT),
        user("note", "user_id"),
        user("note", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_user_id", "note", ["user_id"])
    op.create_table(
        "stamp",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("module", sa.String(80)),
        needed("rule", sa.JSON),
        needed("evidence", sa.JSON),
        needed("at", INSTANT),
        user("stamp", "user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stamp"),
        sa.UniqueConstraint("user_id", "module", name="uq_stamp_user_id_module"),
    )
    op.create_table(
        "proof",
        needed("id", sa.Integer),
        needed("name", sa.String(80)),
        needed("training", sa.JSON),
        needed("made_at", INSTANT),
        needed("until", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_proof"),
    )


def downgrade() -> None:
    for table in ("proof", "stamp", "note", "bookmark", "journal"):
        op.drop_table(table)
    op.drop_index("uq_user_joined_by", "user")
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.drop_column(column)
