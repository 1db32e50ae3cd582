"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261123_0900"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")


def needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def upgrade() -> None:
    op.create_table(
        "centre",
        needed("id", sa.Integer),
        needed("name", sa.String(80)),
        needed("created_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_centre"),
        sa.UniqueConstraint("name", name="uq_centre_name"),
    )
    op.create_table(
        "failure",
        needed("id", sa.Integer),
        needed("door", sa.String(120)),
        needed("at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_failure"),
    )
    op.create_index("ix_failure_door_at", "failure", ["door", "at"])
    op.create_table(
        "finding",
        needed("id", sa.Integer),
        needed("code", sa.String(60)),
        needed("path", sa.String(200)),
        needed("line", sa.Integer),
        needed("values", sa.JSON),
        needed("severity", sa.String(10)),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_table(
        "synced",
        needed("kind", sa.String(20)),
        needed("key", sa.String(80)),
        needed("digest", sa.String(64)),
        needed("at", INSTANT),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_synced"),
    )
    op.create_table(
        "user",
        needed("id", sa.Integer),
        needed("name", sa.String(80)),
        optional("login", sa.String(80)),
        optional("password", sa.String(200)),
        needed("seal", sa.String(32)),
        optional("language", sa.String(5)),
        optional("position", sa.String(20)),
        optional("size", sa.String(20)),
        optional("trade", sa.String(20)),
        optional("worry", sa.String(20)),
        needed("created_at", INSTANT),
        optional("informed_at", INSTANT),
        optional("profiled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("login", name="uq_user_login"),
    )
    op.create_table(
        "cohort",
        needed("id", sa.Integer),
        needed("centre_id", sa.Integer),
        needed("name", sa.String(80)),
        needed("code", sa.String(12)),
        optional("begins_on", sa.Date),
        optional("ends_on", sa.Date),
        needed("created_at", INSTANT),
        optional("archived_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centre.id"], name="fk_cohort_centre_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        sa.UniqueConstraint("code", name="uq_cohort_code"),
    )
    op.create_index("ix_cohort_centre_id", "cohort", ["centre_id"])
    op.create_table(
        "edition",
        needed("id", sa.Integer),
        needed("revisions", sa.JSON),
        needed("at", INSTANT),
        optional("by_id", sa.Integer),
        needed("why", sa.Text),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_edition_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_table(
        "membership",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("scope", sa.String(10)),
        needed("scope_id", sa.Integer),
        needed("role", sa.String(10)),
        needed("sort_name", sa.String(80)),
        needed("since", INSTANT),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_membership_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint(
            "user_id",
            "scope",
            "scope_id",
            "role",
            name="uq_membership_user_id_scope_scope_id_role",
        ),
    )
    op.create_index(
        "ix_membership_scope_scope_id_role_sort_name_user_id",
        "membership",
        ["scope", "scope_id", "role", "sort_name", "user_id"],
    )
    op.create_table(
        "one_time_link",
        needed("digest", sa.String(64)),
        needed("purpose", sa.String(20)),
        optional("user_id", sa.Integer),
        needed("expires_at", INSTANT),
        optional("used_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_one_time_link_user_id"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_one_time_link"),
    )
    op.create_index("ix_one_time_link_user_id", "one_time_link", ["user_id"])
    op.create_table(
        "revision",
        needed("id", sa.Integer),
        needed("kind", sa.String(20)),
        needed("key", sa.String(80)),
        needed("digest", sa.String(64)),
        needed("source", sa.JSON),
        needed("at", INSTANT),
        optional("by_id", sa.Integer),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_revision_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint(
            "kind", "key", "digest", name="uq_revision_kind_key_digest"
        ),
    )
    op.create_table(
        "standing",
        needed("user_id", sa.Integer),
        needed("kind", sa.String(20)),
        needed("key", sa.String(80)),
        needed("state", sa.String(10)),
        optional("best", sa.Double),
        needed("tries", sa.Integer),
        needed("answered", sa.Integer),
        needed("first_at", INSTANT),
        needed("last_at", INSTANT),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_standing_user_id"),
        sa.PrimaryKeyConstraint("user_id", "kind", "key", name="pk_standing"),
    )
    op.create_table(
        "attempt",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("quiz", sa.String(80)),
        needed("revision_id", sa.Integer),
        needed("mode", sa.String(10)),
        needed("pass_mark", sa.Integer),
        needed("seed", sa.Integer),
        needed("profile", sa.JSON),
        needed("started_at", INSTANT),
        optional("ended_at", INSTANT),
        optional("share", sa.Double),
        optional("passed", sa.Boolean),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_attempt_revision_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_attempt_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index(
        "ix_attempt_user_id_quiz_mode_id", "attempt", ["user_id", "quiz", "mode", "id"]
    )
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["user_id", "quiz", "mode"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "draft",
        needed("id", sa.Integer),
        needed("kind", sa.String(20)),
        needed("key", sa.String(80)),
        needed("revision_id", sa.Integer),
        needed("source", sa.JSON),
        needed("version", sa.Integer),
        needed("by_id", sa.Integer),
        needed("at", INSTANT),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_draft_by_id"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_draft_revision_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("kind", "key", name="uq_draft_kind_key"),
    )
    op.create_table(
        "event",
        needed("id", sa.Integer),
        needed("user_id", sa.Integer),
        needed("client_id", sa.String(40)),
        needed("verb", sa.String(20)),
        needed("kind", sa.String(20)),
        needed("key", sa.String(80)),
        optional("revision_id", sa.Integer),
        needed("at", INSTANT),
        needed("result", sa.JSON),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_event_revision_id"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_event_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("user_id", "client_id", name="uq_event_user_id_client_id"),
    )
    op.create_index("ix_event_user_id_id", "event", ["user_id", "id"])
    op.create_table(
        "item",
        needed("id", sa.Integer),
        needed("attempt_id", sa.Integer),
        needed("position", sa.Integer),
        needed("revision_id", sa.Integer),
        needed("quiz", sa.String(80)),
        needed("question", sa.String(80)),
        needed("points", sa.Double),
        needed("variant", sa.JSON),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name="fk_item_attempt_id"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_item_revision_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint(
            "attempt_id", "position", name="uq_item_attempt_id_position"
        ),
    )
    op.create_table(
        "submission",
        needed("id", sa.Integer),
        needed("item_id", sa.Integer),
        needed("client_id", sa.String(40)),
        needed("answer", sa.JSON),
        needed("at", INSTANT),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_submission_item_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint(
            "item_id", "client_id", name="uq_submission_item_id_client_id"
        ),
    )
    op.create_index("ix_submission_item_id", "submission", ["item_id"])
    op.create_table(
        "grade",
        needed("id", sa.Integer),
        needed("submission_id", sa.Integer),
        optional("share", sa.Double),
        needed("verdict", sa.JSON),
        needed("version", sa.Integer),
        optional("by_id", sa.Integer),
        needed("at", INSTANT),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name="fk_grade_by_id"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_grade_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_grade"),
    )
    op.create_index("ix_grade_submission_id", "grade", ["submission_id"])


def downgrade() -> None:
    for table in (
        "grade",
        "submission",
        "item",
        "event",
        "draft",
        "attempt",
        "standing",
        "revision",
        "one_time_link",
        "membership",
        "edition",
        "cohort",
        "user",
        "synced",
        "finding",
        "failure",
        "centre",
    ):
        op.drop_table(table)
