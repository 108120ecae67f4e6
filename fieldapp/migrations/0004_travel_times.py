"""Travel by road between two places, as a road service told it."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "travel_time",
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("start", sa.String(length=24), nullable=False),
        sa.Column("end", sa.String(length=24), nullable=False),
        sa.Column("roads", sa.String(length=32), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("meters", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "start", "end", name=op.f("pk_travel_time")),
    )
    op.create_index(op.f("ix_travel_time_asked_at"), "travel_time", ["asked_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_travel_time_asked_at"), table_name="travel_time")
    op.drop_table("travel_time")
