"""What each kind of meeting must show beyond the general, for the table of completeness (papers.md 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deliberation_app.domain.meetings import notice_fault
from deliberation_app.domain.minutes_evidence import Gap, Question, all_text, entries_of, votes_of
from deliberation_app.domain.minutes_facts import Facts, MeetingFacts
from deliberation_app.domain.minutes_parties import party_of
from deliberation_app.domain.minutes_words import UNNAMED, by_area, moment, text_of
from deliberation_app.domain.votes import GATES, RULES
from deliberation_app.domain.votes_law import BOTH_LAWS
from deliberation_app.errors import AppError

_URGENT = ("紧急", "急需", "情况急迫")


def open_admission(vote: Facts, facts: MeetingFacts) -> bool:
    """An admission that was not by secret ballot."""
    return bool(vote["rule"] == "branch_admission" and vote["method"] != "secret_ballot")


def two_admissions(entry: Facts) -> bool:
    """More than one candidate voted on in one entry (gate G7)."""
    return len([vote for vote in entry.get("votes", ()) if vote["rule"] == "branch_admission"]) > 1


def unsponsored(entry: Facts) -> bool:
    """An admission in which no sponsor is heard."""
    said = text_of(entry, "summary") + "".join(text_of(statement, "text") for statement in entry.get("statements", ()))
    heard = "介绍人" in said or ("介绍" in said and "入党" in said)
    return not heard and any(vote["rule"] == "branch_admission" for vote in entry.get("votes", ()))


def uncounted_candidates(vote: Facts, facts: MeetingFacts) -> bool:
    """An election without candidates and their counts."""
    return vote["rule"] in RULES and RULES[vote["rule"]].election and not vote.get("candidates")


def exclusions_unproven(facts: MeetingFacts) -> Iterator[Gap]:
    """Somebody was left out of an election without both consents and the document (gate G13)."""
    if any(vote["rule"] == "branch_election" for vote in facts.votes):
        for one in facts.beside.left_out:
            if not (one.approved and one.document):
                yield "/meeting/attendance", {"name": text_of(facts.people.get(one.person, {}), "name") or UNNAMED}


def opinions_differ(facts: MeetingFacts) -> Iterator[Gap]:
    """Other written opinions were counted than those that are kept here (gate G8)."""
    kept = {sent.entry: sent.count for sent in facts.beside.sent_in}
    for where, entry in entries_of(facts):
        for place, vote in enumerate(entry.get("votes", ())):
            counted = vote.get("written_opinions", 0)
            if vote["rule"] == "branch_admission" and entry["id"] in kept and counted != kept[entry["id"]]:
                yield f"{where}/votes/{place}", {
                    "motion": vote["motion"], "counted": counted, "kept": kept[entry["id"]],
                }  # fmt: skip


def no_party_state(entry: Facts, facts: MeetingFacts) -> bool:
    """Due in a Party meeting, but neither full nor probationary."""
    return entry["capacity"] == "voting" and facts.person(entry).get("party") not in ("full", "probationary")


def chair_without(*words: str) -> Question:
    """The chair holds no post with one of these words."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        chair = facts.people.get(facts.meeting.get("chair", ""))
        if chair is not None and not any(word in text_of(chair, "post") for word in words):
            yield "/meeting/chair", {"name": text_of(chair, "name")}

    return ask


def no_decision(facts: MeetingFacts) -> Iterator[Gap]:
    """Neither a resolution nor the words that there was none."""
    if not any(entry.get("resolution") for entry in facts.agenda) and "无决议" not in all_text(facts):
        yield "/meeting/agenda", {}


def no_word(*words: str) -> Question:
    """None of these words stands in titles, summaries, statements and resolutions."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        text = all_text(facts)
        if not any(word in text for word in words):
            yield "/meeting/agenda", {}

    return ask


def no_tasks(facts: MeetingFacts) -> Iterator[Gap]:
    """No task follows from it."""
    if not facts.document.get("tasks"):
        yield "/tasks", {}


def too_many_excellent(facts: MeetingFacts) -> Iterator[Gap]:
    """The appraisal says nothing about the cap of one third."""
    if "优秀" in all_text(facts) and "三分之一" not in all_text(facts):
        yield "/meeting/agenda", {}


def no_party_named(entry: Facts, facts: MeetingFacts) -> bool:
    """At the table of a consultation, but nobody can say for whom."""
    person = facts.person(entry)
    return entry["capacity"] == "voting" and not party_of(text_of(person, "post")) and not person.get("household")


def no_options(facts: MeetingFacts) -> Iterator[Gap]:
    """An item was put to a straw poll, and no entry has options."""
    with_votes = [where for where, entry in entries_of(facts) if entry.get("votes")]
    if with_votes and not any(entry.get("options") for entry in facts.agenda):
        yield with_votes[0], {}


def unanswered(facts: MeetingFacts) -> Iterator[Gap]:
    """A question (锣) nobody answered and nobody took away with a date."""
    for where, entry in entries_of(facts):
        statements = entry.get("statements", ())
        answered = {statement.get("answers") for statement in statements}
        for place, statement in enumerate(statements):
            taken_away = statement.get("promised_by")
            if statement.get("side") == "raise" and statement["id"] not in answered and not taken_away:
                who = text_of(facts.people.get(statement.get("speaker", ""), {}), "name")
                yield f"{where}/statements/{place}", {"name": who or UNNAMED, "entry": entry["title"]}


def no_common_ground(entry: Facts) -> bool:
    """Debated, and neither common ground nor a resolution on record."""
    return bool(entry.get("statements")) and not (entry.get("resolution") or text_of(entry, "summary").strip())


def no_dissent(entry: Facts) -> bool:
    """Some voted against, and no dissent is kept word for word."""
    against = any(vote.get("counts", {}).get("against", 0) for vote in entry.get("votes", ()))
    return against and not any(statement.get("dissent") for statement in entry.get("statements", ()))


def law_unsaid(facts: MeetingFacts) -> Iterator[Gap]:
    """Law decides, or the owners must vote, and nobody stated the law (法)."""
    for where, entry in entries_of(facts):
        by_law = facts.items.get(entry.get("item", ""), {}).get("votable") is False and entry.get("votes")
        said = any(statement.get("side") == "law" for statement in entry.get("statements", ()))
        if (by_law or entry.get("routing") == "owners_vote") and not said:
            yield where, {"entry": entry["title"]}


def _items(facts: MeetingFacts) -> Iterator[tuple[str, Facts]]:
    """The items of the file that stand on this agenda."""
    treated = {entry.get("item") for entry in facts.agenda}
    for place, item in enumerate(facts.document.get("items", ())):
        if item["id"] in treated:
            yield f"/items/{place}", item


def every_item(fails: Callable[[Facts], bool]) -> Question:
    """Each item on the agenda for which this fails."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        yield from ((where, {"entry": item["title"]}) for where, item in _items(facts) if fails(item))

    return ask


def unraised(item: Facts) -> bool:
    """Nobody raised it, and by no known channel."""
    return not item.get("raised_by") and not item.get("channel")


def groundless(item: Facts) -> bool:
    """No facts: survey, counts, history."""
    return not text_of(item, "background").strip()


def before_party(facts: MeetingFacts) -> Iterator[Gap]:
    """An item of vital interest that no Party meeting discussed beforehand (gate G1)."""
    for where, item in _items(facts):
        if item.get("vital_interest") and not item.get("party_meetings"):
            yield f"{where}/party_meetings", AppError(GATES["G1"].missing)


def important_before_party(facts: MeetingFacts) -> Iterator[Gap]:
    """A matter for the residents' or villagers' body that the Party organisation has not discussed (gate G2)."""
    if facts.opened.date() < BOTH_LAWS:  # rules.md 5: the older laws did not ask for it
        return
    for where, item in _items(facts):
        if not item.get("party_meetings"):
            yield f"{where}/party_meetings", AppError(GATES["G2"].missing)


def whether_not_how(facts: MeetingFacts) -> Iterator[Gap]:
    """A duty of law put to the vote without naming an option (gate G5)."""
    for where, entry in entries_of(facts):
        item = facts.items.get(entry.get("item", ""), {})
        for place, vote in enumerate(entry.get("votes", ())):
            if item.get("votable") is False and not vote.get("option"):
                yield f"{where}/votes/{place}", {"motion": vote["motion"]}


def late_notice(facts: MeetingFacts) -> Iterator[Gap]:
    """The notice went out later than the law allows (KINDS: notice)."""
    sent = facts.meeting.get("notice_at")
    urgent = facts.beside.urgent_reason or next((word for word in _URGENT if word in all_text(facts)), "")
    day = moment(facts.meeting["starts_at"]).date()
    fault = notice_fault(facts.meeting["kind"], moment(sent).date() if sent else None, day, urgent)
    if fault is not None:
        yield "/meeting/notice_at", fault


def shorter_than(days: int) -> Question:
    """Papers sent fewer days before than the house rules ask."""

    def ask(facts: MeetingFacts) -> Iterator[Gap]:
        sent = facts.meeting.get("notice_at")
        if sent and (moment(facts.meeting["starts_at"]).date() - moment(sent).date()).days < days:
            yield "/meeting/notice_at", {"days": days}

    return ask


def mixed_base(facts: MeetingFacts) -> Iterator[Gap]:
    """Persons and households due in one meeting: the base was not chosen."""
    due = facts.attending(capacity="voting")
    households = sum("represents" in entry for entry in due)
    if 0 < households < len(due):
        yield "/meeting/attendance", {"households": households, "persons": len(due) - households}


def few_representatives(facts: MeetingFacts) -> Iterator[Gap]:
    """Fewer than four fifths of the members are representatives (居组法 art. 28, 村组法 art. 29)."""
    due = facts.attending(capacity="voting")
    count = sum("代表" in text_of(facts.person(entry), "post") for entry in due)
    if count * 5 < len(due) * 4:
        yield "/meeting/attendance", {"count": count, "members": len(due)}


def no_owner_list(facts: MeetingFacts) -> Iterator[Gap]:
    """Neither households with areas nor a written electorate."""
    households = facts.document.get("households", ())
    listed = any("area_m2" in household and "owner" in household for household in households)
    for where, vote in votes_of(facts):
        if by_area(vote["rule"]) and not listed and "eligible_area_m2" not in vote.get("electorate", {}):
            yield where, {"motion": vote["motion"]}
