"""Skipped stops and arranged plans."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stop_skip",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name=op.f("fk_stop_skip_id_submission")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_stop_skip_officer_id_user_account")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_stop_skip_stop_id_stop"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_stop_skip_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_skip")),
    )
    op.create_index(op.f("ix_stop_skip_officer_id"), "stop_skip", ["officer_id"], unique=False)
    op.create_index(op.f("ix_stop_skip_stop_id"), "stop_skip", ["stop_id"], unique=False)
    op.create_index(op.f("ix_stop_skip_supervisee_id"), "stop_skip", ["supervisee_id"], unique=False)
    op.add_column("day_plan", sa.Column("arranged_at", UTCDateTime(), nullable=True))
    op.add_column("day_plan", sa.Column("arranged_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("day_plan", "arranged_by")
    op.drop_column("day_plan", "arranged_at")
    op.drop_index(op.f("ix_stop_skip_supervisee_id"), table_name="stop_skip")
    op.drop_index(op.f("ix_stop_skip_stop_id"), table_name="stop_skip")
    op.drop_index(op.f("ix_stop_skip_officer_id"), table_name="stop_skip")
    op.drop_table("stop_skip")
