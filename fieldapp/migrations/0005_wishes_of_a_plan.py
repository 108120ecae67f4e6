"""What an officer asks of a stop and of a day, and hours in which the agency makes no visits."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    op.add_column("agency", sa.Column("no_visit_hours", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("day_plan", sa.Column("with_partner", sa.Boolean(), nullable=False, server_default=sa.false()))
    # whoever is in a plan of before was picked by hand or accepted there
    op.add_column("stop", sa.Column("wanted", sa.String(length=32), nullable=False, server_default="picked"))
    op.add_column("stop", sa.Column("latest", sa.Time(), nullable=True))
    op.add_column("stop", sa.Column("two_officers", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("stop", "two_officers")
    op.drop_column("stop", "latest")
    op.drop_column("stop", "wanted")
    op.drop_column("day_plan", "with_partner")
    op.drop_column("agency", "no_visit_hours")
