"""What the live meeting, the papers and the work around them keep besides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the new tables and columns."""
    op.create_table(
        "co_owner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_co_owner_household_id_household"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_co_owner_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_owner")),
    )
    op.create_index(op.f("ix_co_owner_household_id"), "co_owner", ["household_id"], unique=False)
    op.create_index(op.f("ix_co_owner_person_id"), "co_owner", ["person_id"], unique=False)
    op.create_table(
        "residence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_residence_household_id_household"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_residence_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence")),
    )
    op.create_index(op.f("ix_residence_household_id"), "residence", ["household_id"], unique=False)
    op.create_index(op.f("ix_residence_person_id"), "residence", ["person_id"], unique=False)
    op.create_table(
        "contact_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_contact_group_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_group")),
    )
    op.create_index(op.f("ix_contact_group_unit_id"), "contact_group", ["unit_id"], unique=False)
    op.create_table(
        "duty_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("taken_over_by", sa.String(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(), nullable=True),
        sa.Column("handed_over_note", sa.String(), nullable=True),
        sa.Column("missed_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy_id"],
            ["person.id"],
            name=op.f("fk_duty_slot_deputy_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_duty_slot_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_duty_slot_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_slot")),
    )
    op.create_index("ix_duty_slot_day", "duty_slot", ["unit_id", "on_day", "begins"], unique=False)
    op.create_table(
        "enclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removed_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["kept_file.id"],
            name=op.f("fk_enclosure_file_id_kept_file"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_enclosure_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
    )
    op.create_index("ix_enclosure_about", "enclosure", ["about", "about_id"], unique=False)
    op.create_index(op.f("ix_enclosure_unit_id"), "enclosure", ["unit_id"], unique=False)
    op.create_table(
        "file_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_file_note_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_note")),
    )
    op.create_index("ix_file_note_about", "file_note", ["about", "about_id"], unique=False)
    op.create_index(op.f("ix_file_note_unit_id"), "file_note", ["unit_id"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_hand_over_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_unit_id"), "hand_over", ["unit_id"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_partner_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index(op.f("ix_partner_unit_id"), "partner", ["unit_id"], unique=False)
    op.create_table(
        "service_kind",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_service_kind_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_kind")),
    )
    op.create_index(op.f("ix_service_kind_unit_id"), "service_kind", ["unit_id"], unique=False)
    op.create_table(
        "service_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("volunteer_id", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("score_words", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("asked", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["service_order.id"],
            name=op.f("fk_service_order_merged_into_id_service_order"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_service_order_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_service_order_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["person.id"],
            name=op.f("fk_service_order_volunteer_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_order")),
    )
    op.create_index("ix_service_order_unit", "service_order", ["unit_id", "ordered_at", "id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_delivery_household_id_household"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_delivery_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_delivery_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_meeting_id"), "delivery", ["meeting_id"], unique=False)
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("superior_on", sa.Date(), nullable=True),
        sa.Column("assembly_on", sa.Date(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_exclusion_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_exclusion_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index(op.f("ix_exclusion_meeting_id"), "exclusion", ["meeting_id"], unique=False)
    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["contact_group.id"],
            name=op.f("fk_group_member_group_id_contact_group"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_group_member_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_group_id"), "group_member", ["group_id"], unique=False)
    op.create_index(op.f("ix_group_member_person_id"), "group_member", ["person_id"], unique=False)
    op.create_table(
        "notice_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("masks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("checked_sha256", sa.String(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("checked_by", sa.String(), nullable=True),
        sa.Column("printed_sha256", sa.String(), nullable=True),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_notice_draft_item_id_item"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_notice_draft_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_draft")),
    )
    op.create_index(op.f("ix_notice_draft_item_id"), "notice_draft", ["item_id"], unique=False)
    op.create_index(op.f("ix_notice_draft_unit_id"), "notice_draft", ["unit_id"], unique=False)
    op.create_table(
        "printed_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("asked", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_printed_paper_item_id_item"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_printed_paper_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_paper")),
    )
    op.create_index(op.f("ix_printed_paper_content_sha256"), "printed_paper", ["content_sha256"], unique=False)
    op.create_index(op.f("ix_printed_paper_item_id"), "printed_paper", ["item_id"], unique=False)
    op.create_index(op.f("ix_printed_paper_meeting_id"), "printed_paper", ["meeting_id"], unique=False)
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("line", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("groups", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("aspects", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("typed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("comments", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("evaluation_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_survey_item_id_item"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_survey_unit_id_unit"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index(op.f("ix_survey_item_id"), "survey", ["item_id"], unique=False)
    op.create_index(op.f("ix_survey_unit_id"), "survey", ["unit_id"], unique=False)
    op.create_table(
        "voting_flat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("area", sa.BigInteger(), nullable=True),
        sa.Column("unsold", sa.Boolean(), nullable=False),
        sa.Column("voter_id", sa.Uuid(), nullable=True),
        sa.Column("proxy", sa.String(), nullable=True),
        sa.Column("proxy_on", sa.Date(), nullable=True),
        sa.Column("guardian", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_voting_flat_household_id_household"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_voting_flat_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_voting_flat_owner_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["voter_id"],
            ["person.id"],
            name=op.f("fk_voting_flat_voter_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_flat")),
    )
    op.create_index("ix_voting_flat_door", "voting_flat", ["meeting_id", "door"], unique=False)
    op.create_index(op.f("ix_voting_flat_household_id"), "voting_flat", ["household_id"], unique=False)
    op.create_index("ix_voting_flat_list", "voting_flat", ["meeting_id", "number"], unique=False)
    op.create_index("ix_voting_flat_owner", "voting_flat", ["meeting_id", "owner_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["agenda_entry.id"],
            name=op.f("fk_mark_entry_id_agenda_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_mark_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    op.create_index(op.f("ix_mark_meeting_id"), "mark", ["meeting_id"], unique=False)
    op.create_table(
        "supplement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.Column("passage_head", sa.String(), nullable=False),
        sa.Column("stands", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("corrected", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrector", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("prints", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("content_sha256", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["kept_file.id"],
            name=op.f("fk_supplement_file_id_kept_file"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"],
            ["minutes.id"],
            name=op.f("fk_supplement_minutes_id_minutes"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplement")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_supplement_minutes_id")),
    )
    op.create_index(op.f("ix_supplement_minutes_id"), "supplement", ["minutes_id"], unique=False)
    op.create_table(
        "survey_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_survey_form_survey_id_survey"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_form")),
    )
    op.create_index(op.f("ix_survey_form_survey_id"), "survey_form", ["survey_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["agenda_entry.id"],
            name=op.f("fk_turn_entry_id_agenda_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_turn_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_turn_person_id_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
    )
    op.create_index(op.f("ix_turn_meeting_id"), "turn", ["meeting_id"], unique=False)
    op.create_table(
        "written_opinion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["agenda_entry.id"],
            name=op.f("fk_written_opinion_entry_id_agenda_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_written_opinion_meeting_id_meeting"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_written_opinion_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_opinion")),
    )
    op.create_index(op.f("ix_written_opinion_meeting_id"), "written_opinion", ["meeting_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("supplement_id", sa.Uuid(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("strokes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("serial", sa.String(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("enclosure_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enclosure_id"],
            ["enclosure.id"],
            name=op.f("fk_signature_enclosure_id_enclosure"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["kept_file.id"],
            name=op.f("fk_signature_file_id_kept_file"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"],
            ["minutes.id"],
            name=op.f("fk_signature_minutes_id_minutes"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_signature_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["supplement_id"],
            ["supplement.id"],
            name=op.f("fk_signature_supplement_id_supplement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
    )
    op.create_index(op.f("ix_signature_minutes_id"), "signature", ["minutes_id"], unique=False)
    op.create_index(op.f("ix_signature_supplement_id"), "signature", ["supplement_id"], unique=False)
    op.create_table(
        "flat_ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=True),
        sa.Column("by_proxy", sa.Boolean(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_flat_ballot_household_id_household"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"],
            ["person.id"],
            name=op.f("fk_flat_ballot_signer_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["vote.id"], name=op.f("fk_flat_ballot_vote_id_vote"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flat_ballot")),
    )
    op.create_index("ix_flat_ballot_paper", "flat_ballot", ["household_id", "vote_id"], unique=False)
    op.create_index(op.f("ix_flat_ballot_vote_id"), "flat_ballot", ["vote_id"], unique=False)
    op.add_column("agenda_entry", sa.Column("materials", sa.String(), nullable=True))
    op.add_column("attendance", sa.Column("speaks_for", sa.String(), nullable=True))
    op.add_column("attendance", sa.Column("leave_at", sa.DateTime(), nullable=True))
    op.add_column("evaluation", sa.Column("line", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("evaluation", sa.Column("groups", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("evaluation", sa.Column("aspects", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("floor_state", sa.Column("turn_seconds", sa.Integer(), nullable=True))
    op.add_column("floor_state", sa.Column("heard_out", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("floor_state", sa.Column("room", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("household", sa.Column("linked_id", sa.Uuid(), nullable=True))
    op.add_column("household", sa.Column("verified_on", sa.Date(), nullable=True))
    op.add_column("item", sa.Column("charges", sa.Boolean(), nullable=True))
    op.add_column("item", sa.Column("archive_number", sa.String(), nullable=True))
    op.add_column("item_step", sa.Column("by", sa.String(), nullable=True))
    op.add_column("person", sa.Column("reports_from", sa.String(), nullable=True))
    op.add_column("person", sa.Column("left_out", sa.String(), nullable=True))
    op.add_column("person", sa.Column("left_out_approval", sa.String(), nullable=True))
    op.add_column("person", sa.Column("left_out_assembly_on", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("left_out_superior_on", sa.Date(), nullable=True))
    op.add_column("publication", sa.Column("overrides", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("publication", sa.Column("period", sa.String(), nullable=True))
    op.add_column("publication", sa.Column("posted_text", sa.String(), nullable=True))
    op.add_column("publication", sa.Column("received", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("publication", sa.Column("told", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("queue_entry", sa.Column("wish", sa.String(), nullable=True))
    op.add_column("queue_entry", sa.Column("place", sa.Integer(), nullable=True))
    op.add_column("task", sa.Column("meeting_id", sa.Uuid(), nullable=True))
    op.add_column("task", sa.Column("helpers", sa.String(), nullable=True))
    op.add_column("task", sa.Column("begun_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("progress", sa.String(), nullable=True))
    op.add_column("task", sa.Column("late_reason", sa.String(), nullable=True))
    op.add_column("task", sa.Column("closed_by", sa.String(), nullable=True))
    op.add_column("task", sa.Column("accepted_by", sa.String(), nullable=True))
    op.add_column("task", sa.Column("accepted_at", sa.DateTime(), nullable=True))
    op.add_column("task", sa.Column("returned_reason", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("said_by", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("contact", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("confidential", sa.Boolean(), nullable=True))
    op.add_column("voice", sa.Column("category", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("urgency", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("courtyard", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("grid", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("room", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("wish", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("received_by", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("voice", sa.Column("group_id", sa.Uuid(), nullable=True))
    op.add_column("voice", sa.Column("order_id", sa.Uuid(), nullable=True))
    op.add_column("voice", sa.Column("refused_at", sa.DateTime(), nullable=True))
    op.add_column("voice", sa.Column("refused_reason", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("handed_at", sa.DateTime(), nullable=True))
    op.add_column("voice", sa.Column("handed_to", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("handed_person_id", sa.Uuid(), nullable=True))
    op.add_column("voice", sa.Column("handed_due", sa.Date(), nullable=True))
    op.add_column("voice", sa.Column("told_at", sa.DateTime(), nullable=True))
    op.add_column("voice", sa.Column("told_how", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("told_by", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("told_words", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("satisfied", sa.String(), nullable=True))
    op.add_column("voice", sa.Column("clock", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("vote", sa.Column("draft", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("vote", sa.Column("series", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("vote", sa.Column("round", sa.Integer(), nullable=True))
