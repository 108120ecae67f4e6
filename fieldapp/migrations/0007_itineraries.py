"""Reviews of plans, stops moved to another officer, and whether the agency asks for approval."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.add_column(
        "agency", sa.Column("itinerary_approval", sa.String(length=32), nullable=False, server_default="none")
    )
    op.create_table(
        "plan_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("decision", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["day_plan.id"], name=op.f("fk_plan_review_plan_id_day_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_plan_review_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_review_plan_id_number")),
    )
    op.create_index(op.f("ix_plan_review_plan_id"), "plan_review", ["plan_id"], unique=False)
    op.create_table(
        "stop_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("from_officer_id", sa.Uuid(), nullable=False),
        sa.Column("to_officer_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_stop_move_supervisee_id_supervisee")
        ),
        sa.ForeignKeyConstraint(
            ["from_officer_id"], ["user_account.id"], name=op.f("fk_stop_move_from_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["to_officer_id"], ["user_account.id"], name=op.f("fk_stop_move_to_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_stop_move_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_move")),
    )
    op.create_index(op.f("ix_stop_move_on"), "stop_move", ["on"], unique=False)
    op.create_index(op.f("ix_stop_move_supervisee_id"), "stop_move", ["supervisee_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stop_move_supervisee_id"), table_name="stop_move")
    op.drop_index(op.f("ix_stop_move_on"), table_name="stop_move")
    op.drop_table("stop_move")
    op.drop_index(op.f("ix_plan_review_plan_id"), table_name="plan_review")
    op.drop_table("plan_review")
    op.drop_column("agency", "itinerary_approval")
