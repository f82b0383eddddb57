"""Meeting files through the database: whole or not at all, the same again changes nothing, a later one replaces."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from deliberation_app import settings
from deliberation_app.domain import meeting_file as domain
from deliberation_app.errors import FileFaults, NotFound, RuleBroken
from deliberation_app.services import meeting_file
from deliberation_app.services.check import check
from deliberation_app.services.work import Work, open_work
from deliberation_app.storage.base import new_id
from deliberation_app.storage.floor import Statement
from deliberation_app.storage.meetings import AgendaEntry, Meeting
from deliberation_app.storage.minutes import Minutes
from deliberation_app.storage.people import Alias, Membership, Person
from deliberation_app.storage.votes import Vote
from tests.fresh import fresh
from tests.services.small import dump_of

DEMO = sorted(settings.path("resources", "demo").glob("*.json"))
CONSULTATION = settings.path("resources", "demo", "shandalu194-consultation.json")
ADMISSION = settings.path("resources", "demo", "branch-assembly-admission.json")
each_demo = pytest.mark.parametrize("file", DEMO, ids=[file.stem for file in DEMO])


def told_by(file: Path) -> dict[str, Any]:
    """A meeting file, read."""
    return domain.read(file.read_bytes())


def later(told: dict[str, Any], **by: float) -> dict[str, Any]:
    """The same file, written later."""
    changed = copy.deepcopy(told)
    written = datetime.fromisoformat(changed["written_at"]) + timedelta(**(by or {"minutes": 1}))
    return {**changed, "written_at": written.isoformat()}


def take(work: Work, told: dict[str, Any]) -> meeting_file.ImportReport:
    """Check a changed document as if it came from a file, and take it in."""
    return meeting_file.import_bytes(work, domain.write(told))


@each_demo
def test_in_out_in_out(file: Path, open_another: Callable[..., Work], tmp_path: Path) -> None:
    """What one laptop exports another takes in and exports byte for byte, with the content of the file that came."""
    first = open_another()
    report = meeting_file.import_file(first, file)
    assert report.changed
    written = meeting_file.export(first, report.meeting_id)
    assert domain.digest(domain.read(written)) == domain.digest(told_by(file))
    carried = tmp_path / "carried.json"
    carried.write_bytes(written)
    second = open_work(fresh(tmp_path / "second.sqlite"), clock=first.clock)
    assert meeting_file.import_file(second, carried).changed
    assert meeting_file.export(second, report.meeting_id) == written
    assert check(first) == check(second) == ()
    second.close()


@each_demo
def test_the_same_content_changes_nothing(file: Path, work: Work) -> None:
    """Not even when it was written later or is laid out otherwise."""
    meeting_file.import_file(work, file)
    before = dump_of(work)
    again = meeting_file.import_file(work, file)
    assert not again.changed
    told = later(told_by(file))
    told["people"] = told["people"][::-1]
    assert not take(work, told).changed
    assert dump_of(work) == before


@each_demo
def test_all_of_a_file_is_taken_back_in_one_step(file: Path, work: Work) -> None:
    """Importing is one act."""
    meeting_file.import_file(work, file)
    assert work.undo() == "meeting_file.import"
    with work.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
        assert session.scalar(select(func.count()).select_from(Meeting)) == 0
    work.redo()
    assert check(work) == ()
    told = told_by(file)
    written = domain.read(meeting_file.export(work, uuid.UUID(told["meeting"]["id"])))
    assert domain.digest(written) == domain.digest(told)


def test_an_earlier_or_equal_one_is_refused_naming_both(work: Work) -> None:
    """Both times stand in the sentence, and nothing changes."""
    told = told_by(CONSULTATION)
    take(work, told)
    before = dump_of(work)
    here = "2026-10-20 16:00"
    for by, there in (
        ({"minutes": 0}, "file is of 2026-10-20 16:00, not"),
        ({"seconds": -1}, "file is of 2026-10-20 15:59, not"),
        ({"days": -40}, "file is of 2026-09-10 16:00, not"),
    ):
        other = later(told, **by)
        other["meeting"]["title"] = "改过的标题"
        with pytest.raises(RuleBroken) as refused:
            take(work, other)
        assert here in str(refused.value)
        assert there in str(refused.value)
    nameless = later(told)
    del nameless["written_at"]
    nameless["meeting"]["title"] = "改过的标题"
    with pytest.raises(RuleBroken, match="written_at"):
        take(work, nameless)
    assert dump_of(work) == before


def test_a_change_made_here_counts_as_later(work: Work) -> None:
    """Whoever edited the meeting here is not overwritten by what was written before."""
    told = told_by(CONSULTATION)
    report = take(work, told)
    with work.act("meetings.edit") as act:
        act.get_one(Meeting, report.meeting_id).place = "院子里"
    now = work.clock()
    between = {**later(told), "written_at": (now - timedelta(seconds=1)).isoformat()}
    between["meeting"]["title"] = "改过的标题"
    with pytest.raises(RuleBroken):
        take(work, between)
    after = {**between, "written_at": (now + timedelta(days=400)).isoformat()}
    assert take(work, after).changed


def test_a_later_one_replaces_the_whole_meeting(work: Work) -> None:
    """Statements, votes, options, attendance that it lacks are gone; people and tasks that it lacks stay."""
    told = told_by(CONSULTATION)
    report = take(work, told)
    newer = later(told)
    entries = newer["meeting"]["agenda"]
    said = next(entry for entry in entries if entry.get("statements"))
    gone = said["statements"].pop()
    for entry in entries:
        entry["statements"] = [one for one in entry.get("statements", []) if one.get("answers") != gone["id"]]
    newer["tasks"] = newer["tasks"][:-1]
    with work.read() as session:
        people = session.scalar(select(func.count()).select_from(Person))
        known = session.get_one(Person, uuid.UUID(told["people"][0]["id"]))
    with work.act("people.edit") as act:
        act.get_one(Person, known.id).note = "只在本机"
    assert take(work, newer).changed
    with work.read() as session:
        assert session.get(Statement, uuid.UUID(gone["id"])) is None
        assert session.scalar(select(func.count()).select_from(Person)) == people
        assert session.get_one(Person, known.id).note == "只在本机"
    written = domain.read(meeting_file.export(work, report.meeting_id))
    assert [len(entry.get("statements", [])) for entry in written["meeting"]["agenda"]] == [
        len(entry.get("statements", [])) for entry in entries
    ]
    assert len(written["tasks"]) == len(told["tasks"])
    assert check(work) == ()
    # A task stays with its item, so what is here now is not what the file says: it is a revision of its own.
    assert datetime.fromisoformat(written["written_at"]) > datetime.fromisoformat(newer["written_at"])
    assert not take(work, newer).changed
    work.undo()
    assert domain.digest(domain.read(meeting_file.export(work, report.meeting_id))) != domain.digest(newer)


def test_a_later_one_that_is_taken_as_it_stands_keeps_its_hour(work: Work) -> None:
    """One content, one revision: what is exported here is what came."""
    told = told_by(CONSULTATION)
    report = take(work, told)
    newer = later(told, seconds=7)
    newer["meeting"]["title"] = "改过的标题"
    assert take(work, newer).changed
    with work.read() as session:
        stored = session.get_one(Meeting, report.meeting_id)
        assert stored.written_at == datetime.fromisoformat(newer["written_at"]).astimezone(UTC)
    with pytest.raises(RuleBroken, match=r"2026-10-20 16:00:07.* 2026-10-20 16:00:06"):
        take(work, later({**newer, "written_at": told["written_at"]}, seconds=6) | {"people": told["people"][::-1]}
             | {"meeting": {**newer["meeting"], "title": "又改"}})  # fmt: skip


@each_demo
def test_a_file_that_lacks_what_stays_with_its_items_is_one_revision(file: Path, work: Work) -> None:
    """The stored meeting is later than the file it differs from; neither file nor export change it again."""
    told = told_by(file)
    take(work, told)
    short = later(told)
    short["meeting"]["title"] = "改过的标题"
    followed = [name for name in ("tasks", "evaluations", "publications") if short.pop(name, None)]
    assert take(work, short).changed
    before = dump_of(work)
    assert not take(work, short).changed
    assert dump_of(work) == before
    written = domain.read(meeting_file.export(work, uuid.UUID(told["meeting"]["id"])))
    later_than_file = datetime.fromisoformat(written["written_at"]) > datetime.fromisoformat(short["written_at"])
    assert later_than_file == (domain.digest(written) != domain.digest(short)) == bool(followed)
    assert not take(work, written).changed
    assert check(work) == ()


def test_statements_options_and_votes_may_move_within_their_meeting(work: Work) -> None:
    """A newer revision tells them under another point of the agenda."""
    told = told_by(CONSULTATION)
    take(work, told)
    newer = later(told)
    entries = newer["meeting"]["agenda"]
    there = next(index for index, entry in enumerate(entries) if entry.get("votes") and entry.get("statements"))
    here = next(index for index in range(len(entries)) if index != there)
    for name in ("statements", "options", "votes"):
        entries[here].setdefault(name, []).extend(entries[there].pop(name, []))
    entries[here].pop("no_statements", None)
    for name in ("item", "routing"):
        if name in entries[there]:
            entries[here][name] = entries[there][name]
    assert take(work, newer).changed
    written = domain.read(meeting_file.export(work, uuid.UUID(told["meeting"]["id"])))
    assert domain.digest(written) == domain.digest(newer)
    assert check(work) == ()


def test_what_another_meeting_holds_may_not_move_here(work: Work) -> None:
    """A statement of another meeting is refused at its pointer."""
    take(work, told_by(CONSULTATION))
    other = told_by(settings.path("resources", "demo", "ronghuishanshui-hybrid.json"))
    entry = next(index for index, one in enumerate(other["meeting"]["agenda"]) if one.get("statements"))
    taken = next(e["statements"][0] for e in told_by(CONSULTATION)["meeting"]["agenda"] if e.get("statements"))
    mine = other["meeting"]["agenda"][entry]["statements"][-1]
    text = json.dumps(json.loads(domain.write(other)), ensure_ascii=False).replace(mine["id"], taken["id"])
    with pytest.raises(FileFaults) as refused:
        meeting_file.import_bytes(work, text.encode())
    place = f"/meeting/agenda/{entry}/statements/{len(other['meeting']['agenda'][entry]['statements']) - 1}/id"
    assert [pointer for pointer, _ in refused.value.faults] == [place]


def test_a_rehearsal_refuses_what_the_import_would_and_changes_nothing(work: Work, tmp_path: Path) -> None:
    """An older revision and a signed record are found; a newer file is good, and not taken in."""
    told = told_by(CONSULTATION)
    file = tmp_path / "told.json"
    file.write_bytes(domain.write(told))
    empty = dump_of(work)
    assert meeting_file.rehearse_file(work, file).changed
    assert dump_of(work) == empty
    report = take(work, told)
    before = dump_of(work)
    assert not meeting_file.rehearse_file(work, file).changed
    newer = later(told)
    newer["meeting"]["title"] = "改过的标题"
    file.write_bytes(domain.write(newer))
    assert meeting_file.rehearse_file(work, file).changed
    file.write_bytes(domain.write({**newer, "written_at": told["written_at"]}))
    with pytest.raises(RuleBroken, match="not later"):
        meeting_file.rehearse_file(work, file)
    assert dump_of(work) == before
    with work.act("minutes.sign") as act:
        about = {"meeting_id": report.meeting_id, "number": 1, "corrections": {}}
        act.add(Minutes(**about, drafted_at=act.now, signed_at=act.now))
    file.write_bytes(domain.write(newer))
    with pytest.raises(RuleBroken, match="signed"):
        meeting_file.rehearse_file(work, file)
    assert check(work) == ()


def test_an_owners_vote_of_no_area_is_simply_not_quorate(work: Work) -> None:
    """Nobody is eligible by area: neither quorate nor passed, and no fault of the file."""
    told = told_by(settings.path("resources", "demo", "shandalu194-owners-vote.json"))
    for entry in told["meeting"]["agenda"]:
        for vote in entry.get("votes", ()):
            vote["electorate"] |= {"eligible_area_m2": 0, "present_area_m2": 0}
            vote["counts"] |= {name: 0 for name in vote["counts"] if name.endswith("_area_m2")}
    report = take(work, told)
    with work.read() as session:
        votes = session.scalars(select(Vote)).all()
        assert {(vote.quorate, vote.passed) for vote in votes} == {(False, False)}
    assert report.changed


def test_an_owners_vote_before_2021_is_kept_and_not_judged(work: Work) -> None:
    """It has no verdict, here and in its export; the import remarks it."""
    told = told_by(settings.path("resources", "demo", "shandalu194-owners-vote.json"))
    text = domain.write(told).decode()
    votes = [vote for entry in json.loads(text)["meeting"]["agenda"] for vote in entry.get("votes", ())]
    assert votes
    past = json.loads(text.replace("2026-", "2020-"))
    report = meeting_file.import_bytes(work, json.dumps(past, ensure_ascii=False).encode())
    assert any("judged by hand" in str(sentence) for _, sentence in report.remarks)
    with work.read() as session:
        assert {(vote.quorate, vote.passed) for vote in session.scalars(select(Vote))} == {(None, None)}
    written = json.loads(meeting_file.export(work, report.meeting_id))
    assert not any("verdict" in vote for entry in written["meeting"]["agenda"] for vote in entry.get("votes", ()))


def test_a_signed_meeting_takes_no_newer_one(work: Work) -> None:
    """The sentence names the meeting."""
    told = told_by(CONSULTATION)
    report = take(work, told)
    with work.act("minutes.sign") as act:
        about = {"meeting_id": report.meeting_id, "number": 1, "corrections": {}}
        act.add(Minutes(**about, drafted_at=act.now, signed_at=act.now))
    before = dump_of(work)
    newer = later(told)
    newer["meeting"]["title"] = "改过的标题"
    with pytest.raises(RuleBroken, match="signed"):
        take(work, newer)
    assert dump_of(work) == before
    assert not take(work, later(told)).changed


def test_a_merged_double_is_resolved(work: Work) -> None:
    """The file may still name who was merged into another; it comes in under the kept one."""
    told = told_by(CONSULTATION)
    double = told["people"][0]["id"]
    kept = new_id()
    with work.act("people.merge") as act:
        act.add(Person(id=kept, name="留下的"))
        act.add(Alias(id=uuid.UUID(double), kept_id=kept, merged_at=act.now))
    report = take(work, told)
    with work.read() as session:
        assert session.get(Person, uuid.UUID(double)) is None
        assert session.get_one(Person, kept).name == told["people"][0]["name"]
    assert double not in meeting_file.export(work, report.meeting_id).decode()
    assert not take(work, later(told)).changed


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The document with other ids, wherever they stand."""
    if isinstance(value, dict):
        return {key: renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value


def entry_for_person(other: dict[str, Any]) -> Any:
    """A person bears the id that is an entry's here."""
    entry = other["meeting"]["agenda"][0]["id"]
    return renamed(other, {other["people"][1]["id"]: entry, entry: str(new_id())})


def unit_for_entry(other: dict[str, Any]) -> Any:
    """An entry bears the id that is the unit's here."""
    unit = other["unit"]["id"]
    return renamed(other, {other["meeting"]["agenda"][0]["id"]: unit, unit: str(new_id())})


def another_meeting(other: dict[str, Any]) -> Any:
    """The entries belong to another meeting."""
    return renamed(other, {other["meeting"]["id"]: str(new_id())})


def another_item(other: dict[str, Any]) -> Any:
    """The task belongs to another item."""
    item = {"id": str(new_id()), "title": "别的事", "stage": "raised"}
    other["items"].append(item)
    other["tasks"][0]["item"] = item["id"]
    return other


FOREIGN: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (entry_for_person, "/people/1/id"),
    (unit_for_entry, "/meeting/agenda/0/id"),
    (another_meeting, "/meeting/agenda/0/id"),
    (another_item, "/tasks/0/id"),
]


@pytest.mark.parametrize(("spoil", "pointer"), FOREIGN, ids=[spoil.__name__ for spoil, _ in FOREIGN])
def test_foreign_ids_are_refused_at_their_pointer(
    work: Work, spoil: Callable[[dict[str, Any]], Any], pointer: str
) -> None:
    """An id belongs to one kind of object, and to one meeting or item; all or nothing."""
    told = told_by(CONSULTATION)
    take(work, told)
    before = dump_of(work)
    spoilt = domain.write(spoil(later(told)))
    assert domain.examine(spoilt).faults == ()  # the file itself is sound
    with pytest.raises(FileFaults) as refused:
        meeting_file.import_bytes(work, spoilt)
    assert any(place.endswith(pointer) for place, _ in refused.value.faults), refused.value.faults
    assert dump_of(work) == before


def test_memberships_arise_in_branch_kinds_only(work: Work, open_another: Callable[..., Work]) -> None:
    """Full and probationary members who attend as voting; everybody else is known and no member."""
    meeting_file.import_file(work, CONSULTATION)
    with work.read() as session:
        assert session.scalars(select(Membership)).all() == []
    told = told_by(ADMISSION)
    meeting_file.import_file(work, ADMISSION)
    party = {person["id"]: person.get("party") for person in told["people"]}
    expected = {
        entry["person"] for entry in told["meeting"]["attendance"]
        if entry["capacity"] == "voting" and party[entry["person"]] in ("full", "probationary")
    }  # fmt: skip
    with work.read() as session:
        found = session.execute(select(Membership.person_id, Membership.unit_id, Membership.role)).all()
    unit = uuid.UUID(told["unit"]["id"])
    assert {tuple(row) for row in found} == {(uuid.UUID(key), unit, "member") for key in expected}
    newer = later(told)
    newer["meeting"]["title"] += "（二）"
    take(work, newer)
    with work.read() as session:
        assert session.scalar(select(func.count()).select_from(Membership)) == len(expected)


def test_export_knows_only_what_is_here(work: Work) -> None:
    """A meeting that is not here is a sentence."""
    with pytest.raises(NotFound, match="not here"):
        meeting_file.export(work, new_id())


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=30)


FREE = ("text", "title", "summary", "motion", "resolution", "reason", "place")


def texts_in(value: Any) -> list[tuple[Any, str]]:
    """Every free text of a meeting: (object, key)."""
    found: list[tuple[Any, str]] = []
    if isinstance(value, list):
        for inner in value:
            found += texts_in(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in FREE and isinstance(inner, str):
                found.append((value, key))
            found += texts_in(inner)
    return found


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_comes_back_with_the_same_content(work: Work, data: st.DataObject) -> None:
    """Whatever a person writes, and whichever statements go or move: in and out keeps the content."""
    told = told_by(CONSULTATION)
    now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(seconds=data.draw(st.integers(0, 10**6), "written"))
    told = {**copy.deepcopy(told), "written_at": now.isoformat()}
    with work.read() as session:
        stored = session.get(Meeting, uuid.UUID(told["meeting"]["id"]))
    if stored is not None and stored.written_at is not None:
        told["written_at"] = (stored.written_at + timedelta(seconds=1)).isoformat()
    places = texts_in(told["meeting"])
    for index in data.draw(st.lists(st.integers(0, len(places) - 1), max_size=5), "places"):
        thing, key = places[index]
        thing[key] = data.draw(WORDS, "words")
    for entry in told["meeting"]["agenda"]:
        answered = {one.get("answers") for one in entry.get("statements", [])}
        free = [one for one in entry.get("statements", []) if one["id"] not in answered]
        if free and data.draw(st.booleans(), "drop"):
            entry["statements"].remove(data.draw(st.sampled_from(free), "which"))
    report = take(work, told)
    written = meeting_file.export(work, report.meeting_id)
    assert domain.digest(domain.read(written)) == domain.digest(told)
    assert check(work) == ()


def test_what_was_never_imported_is_exported_whole(work: Work) -> None:
    """A meeting made here: its people are in the file though nobody listed them."""
    report = meeting_file.import_file(work, CONSULTATION)
    stranger = new_id()
    with work.act("floor.note") as act:
        entry = act.scalars(select(AgendaEntry.id).where(AgendaEntry.meeting_id == report.meeting_id)).first()
        act.add(Person(id=stranger, name="路过的"))
        act.add(Statement(entry_id=entry, position=99, speaker_id=stranger, text="我路过。"))
    written = json.loads(meeting_file.export(work, report.meeting_id))
    assert str(stranger) in {person["id"] for person in written["people"]}
