"""Initial tables."""

import sqlalchemy as sa
from alembic import op

from fieldapp.models.base import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("distance_unit", sa.String(length=32), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("supervisee_label", sa.Text(), nullable=False),
        sa.Column("banner", sa.Text(), nullable=False),
        sa.Column("office_label", sa.Text(), nullable=False),
        sa.Column("office_lat", sa.Double(), nullable=True),
        sa.Column("office_lon", sa.Double(), nullable=True),
        sa.Column("field_start", sa.Time(), nullable=False),
        sa.Column("field_end", sa.Time(), nullable=False),
        sa.Column("shift_start", sa.Time(), nullable=False),
        sa.Column("shift_end", sa.Time(), nullable=False),
        sa.Column("lunch_minutes", sa.Integer(), nullable=False),
        sa.Column("lunch_earliest", sa.Time(), nullable=False),
        sa.Column("lunch_latest", sa.Time(), nullable=False),
        sa.Column("visit_minutes", sa.Integer(), nullable=False),
        sa.Column("road_factor", sa.Double(), nullable=False),
        sa.Column("speed_kmh", sa.Double(), nullable=False),
        sa.Column("position_tolerance_m", sa.Integer(), nullable=False),
        sa.Column("poor_accuracy_m", sa.Integer(), nullable=False),
        sa.Column("late_entry_hours", sa.Integer(), nullable=False),
        sa.Column("attempts_for_exception", sa.Integer(), nullable=False),
        sa.Column("collateral_counts", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_event"), "audit_entry", ["event"], unique=False)
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"], unique=False)
    op.create_table(
        "holiday",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_holiday")),
    )
    op.create_table(
        "supervisee",
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("case_type", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisee")),
        sa.UniqueConstraint("case_number", name=op.f("uq_supervisee_case_number")),
    )
    op.create_index(op.f("ix_supervisee_last_name"), "supervisee", ["last_name"], unique=False)
    op.create_table(
        "supervision_level",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_supervision_level")),
    )
    op.create_table(
        "team",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "address",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("zip", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("position_quality", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["supervisee_id"], ["supervisee.id"], name=op.f("fk_address_supervisee_id_supervisee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_supervisee_id"), "address", ["supervisee_id"], unique=False)
    op.create_table(
        "caution_flag",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_caution_flag_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caution_flag")),
    )
    op.create_index(op.f("ix_caution_flag_supervisee_id"), "caution_flag", ["supervisee_id"], unique=False)
    op.create_table(
        "condition",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("curfew_start", sa.Time(), nullable=True),
        sa.Column("curfew_end", sa.Time(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_condition_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition")),
    )
    op.create_index(op.f("ix_condition_supervisee_id"), "condition", ["supervisee_id"], unique=False)
    op.create_table(
        "contact_standard",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("level_key", sa.String(length=32), nullable=True),
        sa.Column("case_types", sa.JSON(), nullable=False),
        sa.Column("cadence", sa.String(length=32), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("locations", sa.JSON(), nullable=False),
        sa.Column("methods", sa.JSON(), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("positive_only", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("period_number", sa.Integer(), nullable=True),
        sa.Column("period_unit", sa.String(length=32), nullable=True),
        sa.Column("positive_count", sa.Integer(), nullable=False),
        sa.Column("unscheduled_count", sa.Integer(), nullable=False),
        sa.Column("weekend_is_unscheduled", sa.Boolean(), nullable=False),
        sa.Column("each_month", sa.Boolean(), nullable=False),
        sa.Column("initial_number", sa.Integer(), nullable=True),
        sa.Column("initial_unit", sa.String(length=32), nullable=True),
        sa.Column("initial_aim", sa.Integer(), nullable=True),
        sa.Column("initial_positive", sa.Boolean(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=True),
        sa.Column("event_number", sa.Integer(), nullable=True),
        sa.Column("event_unit", sa.String(length=32), nullable=True),
        sa.Column("soon_days", sa.Integer(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["level_key"], ["supervision_level.key"], name=op.f("fk_contact_standard_level_key_supervision_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_standard")),
        sa.UniqueConstraint("key", "effective_from", name=op.f("uq_contact_standard_key_effective_from")),
    )
    op.create_table(
        "level_assignment",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("level_key", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["level_key"], ["supervision_level.key"], name=op.f("fk_level_assignment_level_key_supervision_level")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_level_assignment_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_assignment")),
        sa.UniqueConstraint("supervisee_id", "from_on", name=op.f("uq_level_assignment_supervisee_id_from_on")),
    )
    op.create_index(op.f("ix_level_assignment_supervisee_id"), "level_assignment", ["supervisee_id"], unique=False)
    op.create_table(
        "supervision_term",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_supervision_term_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_term")),
    )
    op.create_index(op.f("ix_supervision_term_supervisee_id"), "supervision_term", ["supervisee_id"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("home_lat", sa.Double(), nullable=True),
        sa.Column("home_lon", sa.Double(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("locked_at", UTCDateTime(), nullable=True),
        sa.Column("disabled_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("role in ('officer', 'supervisor', 'administrator')", name=op.f("ck_user_account_role")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_user_account_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_index(op.f("ix_user_account_team_id"), "user_account", ["team_id"], unique=False)
    op.create_table(
        "case_assignment",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_case_assignment_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_case_assignment_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_assignment")),
    )
    op.create_index(op.f("ix_case_assignment_officer_id"), "case_assignment", ["officer_id"], unique=False)
    op.create_index(op.f("ix_case_assignment_supervisee_id"), "case_assignment", ["supervisee_id"], unique=False)
    op.create_table(
        "day_plan",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("start_label", sa.Text(), nullable=False),
        sa.Column("start_lat", sa.Double(), nullable=False),
        sa.Column("start_lon", sa.Double(), nullable=False),
        sa.Column("end_label", sa.Text(), nullable=False),
        sa.Column("end_lat", sa.Double(), nullable=False),
        sa.Column("end_lon", sa.Double(), nullable=False),
        sa.Column("lunch_minutes", sa.Integer(), nullable=False),
        sa.Column("lunch_earliest", sa.Time(), nullable=True),
        sa.Column("lunch_latest", sa.Time(), nullable=True),
        sa.Column("lunch_at", UTCDateTime(), nullable=True),
        sa.Column("back_at", UTCDateTime(), nullable=True),
        sa.Column("travel_m", sa.Integer(), nullable=False),
        sa.Column("travel_source", sa.String(length=32), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_day_plan_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_plan")),
        sa.UniqueConstraint("officer_id", "on", name=op.f("uq_day_plan_officer_id_on")),
    )
    op.create_index(op.f("ix_day_plan_officer_id"), "day_plan", ["officer_id"], unique=False)
    op.create_index(op.f("ix_day_plan_on"), "day_plan", ["on"], unique=False)
    op.create_table(
        "device",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("public_jwk", sa.JSON(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("enrolled_at", UTCDateTime(), nullable=False),
        sa.Column("signed_off_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_device_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("kid", name=op.f("uq_device_kid")),
    )
    op.create_index(op.f("ix_device_officer_id"), "device", ["officer_id"], unique=False)
    op.create_table(
        "employment",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("employer", sa.Text(), nullable=False),
        sa.Column("days", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("employer_aware", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_employment_address_id_address")),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_employment_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    op.create_index(op.f("ix_employment_supervisee_id"), "employment", ["supervisee_id"], unique=False)
    op.create_table(
        "failed_sign_in",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_failed_sign_in_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    op.create_index(op.f("ix_failed_sign_in_at"), "failed_sign_in", ["at"], unique=False)
    op.create_index(op.f("ix_failed_sign_in_user_id"), "failed_sign_in", ["user_id"], unique=False)
    op.create_table(
        "import_file",
        sa.Column("administrator_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("applied_at", UTCDateTime(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["administrator_id"], ["user_account.id"], name=op.f("fk_import_file_administrator_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index(op.f("ix_import_file_administrator_id"), "import_file", ["administrator_id"], unique=False)
    op.create_index(op.f("ix_import_file_created_at"), "import_file", ["created_at"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_in_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"], unique=False)
    op.create_table(
        "standard_exception",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("standard_key", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["user_account.id"], name=op.f("fk_standard_exception_approved_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_standard_exception_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_exception")),
    )
    op.create_index(op.f("ix_standard_exception_supervisee_id"), "standard_exception", ["supervisee_id"], unique=False)
    op.create_table(
        "term_status_change",
        sa.Column("term_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["supervision_term.id"], name=op.f("fk_term_status_change_term_id_supervision_term")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_status_change")),
        sa.UniqueConstraint("term_id", "on", name=op.f("uq_term_status_change_term_id_on")),
    )
    op.create_index(op.f("ix_term_status_change_term_id"), "term_status_change", ["term_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("found_sha256", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_upload_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_officer_id"), "upload", ["officer_id"], unique=False)
    op.create_index(op.f("ix_upload_photo_id"), "upload", ["photo_id"], unique=False)
    op.create_index(op.f("ix_upload_submission_id"), "upload", ["submission_id"], unique=False)
    op.create_table(
        "phone_report",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", UTCDateTime(), nullable=False),
        sa.Column("clock_skew_s", sa.Double(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("oldest_at", UTCDateTime(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=True),
        sa.Column("app", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_phone_report_device_id_device")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_phone_report")),
    )
    op.create_table(
        "stop",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("arrive_at", UTCDateTime(), nullable=True),
        sa.Column("leave_at", UTCDateTime(), nullable=True),
        sa.Column("travel_s", sa.Integer(), nullable=False),
        sa.Column("travel_m", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Text(), nullable=False),
        sa.Column("fits_at", UTCDateTime(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("skip_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_stop_address_id_address")),
        sa.ForeignKeyConstraint(["plan_id"], ["day_plan.id"], name=op.f("fk_stop_plan_id_day_plan")),
        sa.ForeignKeyConstraint(["supervisee_id"], ["supervisee.id"], name=op.f("fk_stop_supervisee_id_supervisee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index(op.f("ix_stop_plan_id"), "stop", ["plan_id"], unique=False)
    op.create_index(op.f("ix_stop_supervisee_id"), "stop", ["supervisee_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("clock_skew_s", sa.Double(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_submission_device_id_device")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_submission_officer_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_officer_id"), "submission", ["officer_id"], unique=False)
    op.create_index(op.f("ix_submission_received_at"), "submission", ["received_at"], unique=False)
    op.create_index(op.f("ix_submission_sha256"), "submission", ["sha256"], unique=False)
    op.create_table(
        "case_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name=op.f("fk_case_note_id_submission")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_case_note_officer_id_user_account")),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_case_note_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    op.create_index(op.f("ix_case_note_officer_id"), "case_note", ["officer_id"], unique=False)
    op.create_index(op.f("ix_case_note_supervisee_id"), "case_note", ["supervisee_id"], unique=False)
    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("position_state", sa.String(length=32), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("position_accuracy_m", sa.Double(), nullable=True),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_check_in_address_id_address")),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name=op.f("fk_check_in_id_submission")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_check_in_officer_id_user_account")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_check_in_stop_id_stop"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_check_in_supervisee_id_supervisee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_officer_id"), "check_in", ["officer_id"], unique=False)
    op.create_index(op.f("ix_check_in_supervisee_id"), "check_in", ["supervisee_id"], unique=False)
    op.create_table(
        "conflicting_submission",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_conflicting_submission_device_id_device")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_conflicting_submission_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_conflicting_submission_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicting_submission")),
        sa.UniqueConstraint("submission_id", "sha256", name=op.f("uq_conflicting_submission_submission_id_sha256")),
    )
    op.create_index(
        op.f("ix_conflicting_submission_submission_id"), "conflicting_submission", ["submission_id"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=True),
        sa.Column("address_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=False),
        sa.Column("certified_at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("clock_skew_s", sa.Double(), nullable=False),
        sa.Column("late_entry", sa.Boolean(), nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("accompanied_by", sa.JSON(), nullable=False),
        sa.Column("position_state", sa.String(length=32), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("position_accuracy_m", sa.Double(), nullable=True),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("outcome_class", sa.String(length=32), nullable=False),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("checklist_key", sa.String(length=32), nullable=False),
        sa.Column("checklist_version", sa.Integer(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_visit_address_id_address")),
        sa.ForeignKeyConstraint(["id"], ["submission.id"], name=op.f("fk_visit_id_submission")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_visit_officer_id_user_account")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_visit_stop_id_stop"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["supervisee_id"], ["supervisee.id"], name=op.f("fk_visit_supervisee_id_supervisee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_officer_id"), "visit", ["officer_id"], unique=False)
    op.create_index(op.f("ix_visit_received_at"), "visit", ["received_at"], unique=False)
    op.create_index(op.f("ix_visit_stop_id"), "visit", ["stop_id"], unique=False)
    op.create_index("ix_visit_supervisee_id_arrived_at", "visit", ["supervisee_id", "arrived_at"], unique=False)
    op.create_table(
        "answer",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("answered_by", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("discovery", sa.String(length=32), nullable=False),
        sa.Column("no_photo_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_answer_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_item"), "answer", ["item"], unique=False)
    op.create_index(op.f("ix_answer_visit_id"), "answer", ["visit_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("supervisee_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("location", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("scheduled", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_contact_officer_id_user_account")),
        sa.ForeignKeyConstraint(["supervisee_id"], ["supervisee.id"], name=op.f("fk_contact_supervisee_id_supervisee")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_contact_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_contact_visit_id")),
    )
    op.create_index(op.f("ix_contact_officer_id"), "contact", ["officer_id"], unique=False)
    op.create_index("ix_contact_supervisee_id_on", "contact", ["supervisee_id", "on"], unique=False)
    op.create_table(
        "field_exception",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("supervisee_id", sa.Uuid(), nullable=True),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_field_exception_officer_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"], ["supervisee.id"], name=op.f("fk_field_exception_supervisee_id_supervisee")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_field_exception_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_exception")),
        sa.UniqueConstraint("code", "subject", name=op.f("uq_field_exception_code_subject")),
    )
    op.create_index(op.f("ix_field_exception_officer_id"), "field_exception", ["officer_id"], unique=False)
    op.create_index(op.f("ix_field_exception_opened_at"), "field_exception", ["opened_at"], unique=False)
    op.create_index(op.f("ix_field_exception_supervisee_id"), "field_exception", ["supervisee_id"], unique=False)
    op.create_index(op.f("ix_field_exception_visit_id"), "field_exception", ["visit_id"], unique=False)
    op.create_table(
        "photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("position_state", sa.String(length=32), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("position_accuracy_m", sa.Double(), nullable=True),
        sa.Column("no_position_reason", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("stored_at", UTCDateTime(), nullable=True),
        sa.Column("found_media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index(op.f("ix_photo_visit_id"), "photo", ["visit_id"], unique=False)
    op.create_table(
        "visit_flag",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("condition_id", sa.Uuid(), nullable=True),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["condition_id"], ["condition.id"], name=op.f("fk_visit_flag_condition_id_condition")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_flag_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_flag")),
    )
    op.create_index(op.f("ix_visit_flag_visit_id"), "visit_flag", ["visit_id"], unique=False)
    op.create_table(
        "visit_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_row_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", "visit_id", name=op.f("pk_visit_row")),
    )


def downgrade() -> None:
    op.drop_table("visit_row")
    op.drop_index(op.f("ix_visit_flag_visit_id"), table_name="visit_flag")
    op.drop_table("visit_flag")
    op.drop_index(op.f("ix_photo_visit_id"), table_name="photo")
    op.drop_index(op.f("ix_photo_sha256"), table_name="photo")
    op.drop_table("photo")
    op.drop_index(op.f("ix_field_exception_visit_id"), table_name="field_exception")
    op.drop_index(op.f("ix_field_exception_supervisee_id"), table_name="field_exception")
    op.drop_index(op.f("ix_field_exception_opened_at"), table_name="field_exception")
    op.drop_index(op.f("ix_field_exception_officer_id"), table_name="field_exception")
    op.drop_table("field_exception")
    op.drop_index("ix_contact_supervisee_id_on", table_name="contact")
    op.drop_index(op.f("ix_contact_officer_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_answer_visit_id"), table_name="answer")
    op.drop_index(op.f("ix_answer_item"), table_name="answer")
    op.drop_table("answer")
    op.drop_index("ix_visit_supervisee_id_arrived_at", table_name="visit")
    op.drop_index(op.f("ix_visit_stop_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_received_at"), table_name="visit")
    op.drop_index(op.f("ix_visit_officer_id"), table_name="visit")
    op.drop_table("visit")
    op.drop_index(op.f("ix_conflicting_submission_submission_id"), table_name="conflicting_submission")
    op.drop_table("conflicting_submission")
    op.drop_index(op.f("ix_check_in_supervisee_id"), table_name="check_in")
    op.drop_index(op.f("ix_check_in_officer_id"), table_name="check_in")
    op.drop_table("check_in")
    op.drop_index(op.f("ix_case_note_supervisee_id"), table_name="case_note")
    op.drop_index(op.f("ix_case_note_officer_id"), table_name="case_note")
    op.drop_table("case_note")
    op.drop_index(op.f("ix_submission_sha256"), table_name="submission")
    op.drop_index(op.f("ix_submission_received_at"), table_name="submission")
    op.drop_index(op.f("ix_submission_officer_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_stop_supervisee_id"), table_name="stop")
    op.drop_index(op.f("ix_stop_plan_id"), table_name="stop")
    op.drop_table("stop")
    op.drop_table("phone_report")
    op.drop_index(op.f("ix_upload_submission_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_photo_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_officer_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_term_status_change_term_id"), table_name="term_status_change")
    op.drop_table("term_status_change")
    op.drop_index(op.f("ix_standard_exception_supervisee_id"), table_name="standard_exception")
    op.drop_table("standard_exception")
    op.drop_index(op.f("ix_sign_in_user_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_import_file_created_at"), table_name="import_file")
    op.drop_index(op.f("ix_import_file_administrator_id"), table_name="import_file")
    op.drop_table("import_file")
    op.drop_index(op.f("ix_failed_sign_in_user_id"), table_name="failed_sign_in")
    op.drop_index(op.f("ix_failed_sign_in_at"), table_name="failed_sign_in")
    op.drop_table("failed_sign_in")
    op.drop_index(op.f("ix_employment_supervisee_id"), table_name="employment")
    op.drop_table("employment")
    op.drop_index(op.f("ix_device_officer_id"), table_name="device")
    op.drop_table("device")
    op.drop_index(op.f("ix_day_plan_on"), table_name="day_plan")
    op.drop_index(op.f("ix_day_plan_officer_id"), table_name="day_plan")
    op.drop_table("day_plan")
    op.drop_index(op.f("ix_case_assignment_supervisee_id"), table_name="case_assignment")
    op.drop_index(op.f("ix_case_assignment_officer_id"), table_name="case_assignment")
    op.drop_table("case_assignment")
    op.drop_index(op.f("ix_user_account_team_id"), table_name="user_account")
    op.drop_table("user_account")
    op.drop_index(op.f("ix_supervision_term_supervisee_id"), table_name="supervision_term")
    op.drop_table("supervision_term")
    op.drop_index(op.f("ix_level_assignment_supervisee_id"), table_name="level_assignment")
    op.drop_table("level_assignment")
    op.drop_table("contact_standard")
    op.drop_index(op.f("ix_condition_supervisee_id"), table_name="condition")
    op.drop_table("condition")
    op.drop_index(op.f("ix_caution_flag_supervisee_id"), table_name="caution_flag")
    op.drop_table("caution_flag")
    op.drop_index(op.f("ix_address_supervisee_id"), table_name="address")
    op.drop_table("address")
    op.drop_table("team")
    op.drop_table("supervision_level")
    op.drop_index(op.f("ix_supervisee_last_name"), table_name="supervisee")
    op.drop_table("supervisee")
    op.drop_table("holiday")
    op.drop_index(op.f("ix_audit_entry_subject"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_event"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("agency")
