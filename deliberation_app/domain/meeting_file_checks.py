"""Ids and references of a meeting file: each id once, and everything that is named stands in the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deliberation_app.domain.meeting_file_faults import Found, Path, pointer
from deliberation_app.domain.meeting_file_known import Known, listed
from deliberation_app.domain.meeting_file_values import shown
from deliberation_app.errors import N_

_NO_PERSON = N_("The person {id} is not among the people of this file.")
_NO_HOUSEHOLD = N_("The household {id} is not among the households of this file.")
_ID_TWICE = N_("The id {id} stands twice in this file, first at {first}.")
_NO_OPTION = N_("The option {id} is not among the options of this agenda entry.")
_INTO = N_("“{title}” is merged, so “merged_into” must say into which item.")
_NOT_MERGED = N_("“{title}” is not merged, so no other item may be named here.")
_ITSELF = N_("“{title}” cannot be merged into itself.")
_NO_ITEM = N_("The agenda item {id} is not among the items of this file.")


def check_ids(document: Mapping[str, Any], found: Found) -> None:
    """No id occurs twice, not even for objects of different kinds; told at the second occurrence."""
    first: dict[str, Path] = {}
    _ids(document, (), first, found)


def _ids(node: Any, path: Path, first: dict[str, Path], found: Found) -> None:
    """Walk in the order of the file; the shape is sound, so the depth is that of the schema."""
    if isinstance(node, list):
        for position, value in enumerate(node):
            if not isinstance(value, str):
                _ids(value, (*path, position), first, found)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "id":
                _once(value, (*path, key), first, found)
            elif isinstance(value, dict | list):
                _ids(value, (*path, key), first, found)


def _once(id_: str, path: Path, first: dict[str, Path], found: Found) -> None:
    if id_ in first:
        found.add(path, _ID_TWICE, id=id_, first=pointer(first[id_]))
    else:
        first[id_] = path


def check_references(known: Known, found: Found) -> None:
    """Everything named is of the file, and of the right kind."""
    _people_and_households(known, found)
    _items(known, found)
    _followers(known, found)
    _attendance(known, found)
    for path, entry in known.each("meeting", "agenda"):
        _entry(path, entry, known, found)


def _person(path: Path, holder: Mapping[str, Any], key: str, known: Known, found: Found) -> None:
    if key in holder and holder[key] not in known.people:
        found.add((*path, key), _NO_PERSON, id=holder[key])


def _household(path: Path, holder: Mapping[str, Any], key: str, known: Known, found: Found) -> None:
    if key in holder and holder[key] not in known.households:
        found.add((*path, key), _NO_HOUSEHOLD, id=holder[key])


def _people_and_households(known: Known, found: Found) -> None:
    for path, household in known.each("households"):
        _person(path, household, "owner", known, found)
    for path, person in known.each("people"):
        _household(path, person, "household", known, found)
    for key in ("chair", "recorder"):
        _person(("meeting",), known.meeting, key, known, found)


def _items(known: Known, found: Found) -> None:
    for path, item in known.each("items"):
        for position, person in enumerate(item.get("raised_by", ())):
            if person not in known.people:
                found.add((*path, "raised_by", position), _NO_PERSON, id=person)
        into, merged, title = item.get("merged_into"), item.get("state") == "merged", shown(item["title"])
        if into is None:
            if merged:
                found.add(path, _INTO, title=title)
        elif not merged:
            found.add((*path, "merged_into"), _NOT_MERGED, title=title)
        elif into == item["id"]:
            found.add((*path, "merged_into"), _ITSELF, title=title)
        elif into not in known.items:
            found.add((*path, "merged_into"), _NO_ITEM, id=into)


def _followers(known: Known, found: Found) -> None:
    for part in ("tasks", "evaluations", "publications"):
        for path, value in known.each(part):
            if value["item"] not in known.items:
                found.add((*path, "item"), _NO_ITEM, id=value["item"])
            if part == "tasks":
                _person(path, value, "owner", known, found)


def _attendance(known: Known, found: Found) -> None:
    seen: set[str] = set()
    given: set[str] = set()
    spoken_for: dict[str, str] = {}
    for path, entry in known.each("meeting", "attendance"):
        person, proxy_of, household = entry["person"], entry.get("proxy_of"), entry.get("represents")
        _person(path, entry, "person", known, found)
        if person in seen:
            found.add((*path, "person"), N_("{name} stands twice in the attendance."), name=known.name(person))
        seen.add(person)
        _household(path, entry, "represents", known, found)
        if household is not None and household in known.households and entry["capacity"] == "voting":
            if household in spoken_for:
                found.add(
                    (*path, "represents"),
                    N_("{name} and {other} both vote for the same household; only one may."),
                    name=known.name(person),
                    other=known.name(spoken_for[household]),
                )
            spoken_for.setdefault(household, person)
        if proxy_of is not None:
            _proxy((*path, "proxy_of"), person, proxy_of, given, known, found)


def _proxy(path: Path, person: str, proxy_of: str, given: set[str], known: Known, found: Found) -> None:
    if proxy_of not in known.people:
        found.add(path, _NO_PERSON, id=proxy_of)
    elif proxy_of == person:
        found.add(path, N_("{name} cannot be the proxy of the same person."), name=known.name(person))
    elif proxy_of in given:
        found.add(path, N_("{name} has given a proxy twice; only one person may hold it."), name=known.name(proxy_of))
    given.add(proxy_of)


def _entry(path: Path, entry: Mapping[str, Any], known: Known, found: Found) -> None:
    if "item" in entry and entry["item"] not in known.items:
        found.add((*path, "item"), _NO_ITEM, id=entry["item"])
    _person(path, entry, "presenter", known, found)
    if entry.get("no_statements") and entry.get("statements"):
        found.add(
            (*path, "no_statements"),
            N_("It says that nobody wished to speak, but {count} statements follow."),
            count=len(entry["statements"]),
        )
    for inner, statement in listed((*path, "statements"), entry.get("statements", ())):
        _person(inner, statement, "speaker", known, found)
        _answer(inner, statement, known, found)
    options = {option["id"] for option in entry.get("options", ())}
    item = known.items.get(entry.get("item", ""), {})
    for inner, vote in listed((*path, "votes"), entry.get("votes", ())):
        _option(inner, vote, options, item, found)
        for candidate_path, candidate in listed((*inner, "candidates"), vote.get("candidates", ())):
            _person(candidate_path, candidate, "person", known, found)
        for recount_path, recount in listed((*inner, "recounts"), vote.get("recounts", ())):
            _person(recount_path, recount, "by", known, found)


def _answer(path: Path, statement: Mapping[str, Any], known: Known, found: Found) -> None:
    asked = statement.get("answers")
    if asked is None:
        return
    if asked not in known.statements:
        found.add((*path, "answers"), N_("The statement {id} that is answered here is not in this meeting."), id=asked)
    elif asked == statement["id"]:
        found.add((*path, "answers"), N_("A statement cannot answer itself."))
    elif statement.get("side") == "raise":
        found.add((*path, "answers"), N_("A statement that raises a question (锣) answers nothing."))


def _option(path: Path, vote: Mapping[str, Any], options: set[str], item: Mapping[str, Any], found: Found) -> None:
    if "option" in vote:
        if vote["option"] not in options:
            found.add((*path, "option"), _NO_OPTION, id=vote["option"])
    elif item.get("votable") is False:
        found.add(
            path,
            N_("“{title}” is a duty of law; only how it is done is voted on, so the vote must name an “option”."),
            title=shown(item["title"]),
        )
