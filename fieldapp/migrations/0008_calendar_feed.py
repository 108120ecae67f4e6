"""Calendar addresses, and what calendars were told of each stop."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("fetched_at", UTCDateTime(), nullable=True),
        sa.Column("counted_from", UTCDateTime(), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_calendar_feed_officer_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_calendar_feed_secret_sha256")),
    )
    op.create_index(op.f("ix_calendar_feed_officer_id"), "calendar_feed", ["officer_id"], unique=False)
    op.create_table(
        "calendar_entry",
        sa.Column("stop_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stop_id"], ["stop.id"], name=op.f("fk_calendar_entry_stop_id_stop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("stop_id", name=op.f("pk_calendar_entry")),
    )


def downgrade() -> None:
    op.drop_table("calendar_entry")
    op.drop_index(op.f("ix_calendar_feed_officer_id"), table_name="calendar_feed")
    op.drop_table("calendar_feed")
