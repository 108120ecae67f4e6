"""Positions looked up."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.create_table(
        "geocoder_answer",
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("quality", sa.String(length=32), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("service", "question", name=op.f("pk_geocoder_answer")),
    )
    op.create_index(op.f("ix_geocoder_answer_answered_at"), "geocoder_answer", ["answered_at"], unique=False)
    op.create_table(
        "lookup_run",
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("holder", sa.Uuid(), nullable=True),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=32), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user_account.id"], name=op.f("fk_lookup_run_started_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookup_run")),
    )
    op.create_index(op.f("ix_lookup_run_started_at"), "lookup_run", ["started_at"], unique=False)
    op.create_table(
        "address_lookup",
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("matched", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_address_lookup_address_id_address")),
        sa.ForeignKeyConstraint(["run_id"], ["lookup_run.id"], name=op.f("fk_address_lookup_run_id_lookup_run")),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_address_lookup")),
    )
    op.create_index(op.f("ix_address_lookup_run_id"), "address_lookup", ["run_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_address_lookup_run_id"), table_name="address_lookup")
    op.drop_table("address_lookup")
    op.drop_index(op.f("ix_lookup_run_started_at"), table_name="lookup_run")
    op.drop_table("lookup_run")
    op.drop_index(op.f("ix_geocoder_answer_answered_at"), table_name="geocoder_answer")
    op.drop_table("geocoder_answer")
