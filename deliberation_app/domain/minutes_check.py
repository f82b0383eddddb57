"""Completeness before locking (papers.md 8): what is missing from a meeting; red blocks, amber needs a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from deliberation_app.domain import minutes_evidence as ask
from deliberation_app.domain import minutes_evidence_kinds as kind
from deliberation_app.domain.minutes_beside import NOTHING, Beside
from deliberation_app.domain.minutes_blocks import JudgedVote
from deliberation_app.domain.minutes_facts import MeetingFacts
from deliberation_app.errors import N_, AppError

Level = Literal["red", "amber"]


@dataclass(frozen=True)
class Finding:
    """One thing missing; `place` is the JSON pointer into the meeting file."""

    level: Level
    sentence: AppError
    place: str


@dataclass(frozen=True)
class Need:
    """One line of the table: for which kinds, how grave, the question asked, the sentence of its answer."""

    kinds: str  # ids of KINDS with blanks between; empty = every kind
    level: Level
    question: ask.Question
    sentence: str = ""  # empty where the question brings a sentence of its own


CONSULTATIONS = "courtyard_consultation council_meeting"
BODIES = "residents_assembly residents_representatives villagers_assembly villagers_representatives"
REPRESENTATIVES = "residents_representatives villagers_representatives"
DECIDING = f"{CONSULTATIONS} {BODIES} villagers_group owners_assembly"
PARTY = "branch_assembly branch_committee party_group party_lecture theme_day organisational_life member_appraisal"

_EVERY = (
    Need("", "red", ask.no_meeting_field("title"), N_("The meeting has no name: enter it.")),
    Need("", "red", ask.no_meeting_field("number"), N_("The meeting has no number, such as 〔2026〕第3次: enter it.")),
    Need("", "red", ask.no_meeting_field("opened_at"), N_("It is not on record when the meeting was opened.")),
    Need("", "red", ask.no_meeting_field("closed_at"), N_("It is not on record when the meeting ended (散会).")),
    Need("", "red", ask.no_meeting_field("place"), N_("The place of the meeting is missing.")),
    Need("", "red", ask.no_meeting_field("chair"), N_("Nobody is entered as chair.")),
    Need("", "red", ask.no_meeting_field("recorder"), N_("Nobody is entered as recorder.")),
    Need("", "red", ask.no_meeting_field("agenda"), N_("The agenda is empty: enter what was treated.")),
    Need("", "red", ask.no_voters, N_("Nobody is entered as due: fill in the sign-in sheet.")),
    Need("", "red", ask.every_guest(ask.unexplained), N_(
        "Why {name} did not come is missing; “not said” is an answer.")),
    Need("", "red", ask.every_vote(ask.unruled), N_("“{motion}”: the rule of the vote is not known.")),
    Need("", "red", ask.every_vote(ask.uncounted), N_("“{motion}” has not been counted.")),
    Need("", "red", ask.bad_sums),
    Need("", "red", ask.every_vote(ask.papers_uncounted), N_("“{motion}”: how many ballots were issued and returned?")),
    Need("", "red", ask.every_entry(ask.unresolved), N_(
        "“{entry}” was voted on; the text of the resolution is missing.")),
    Need("", "red", ask.every_entry(ask.undiscussed), N_(
        "“{entry}” was voted on without discussion: note a statement, or that nobody wished to speak.")),
    Need("", "red", kind.whether_not_how, N_("“{motion}”: the law decides whether; name the option voted on.")),
    Need("", "amber", ask.no_meeting_field("notice_at"), N_("It is not on record when the notice went out.")),
    Need("", "amber", ask.every_entry(ask.silent), N_("“{entry}” has no statement, nor the mark that nobody spoke.")),
    Need("", "amber", ask.every_entry(lambda entry: not entry.get("presenter")), N_("“{entry}”: who presented it?")),
    Need("", "amber", ask.every_vote(lambda vote, facts: not vote.get("at")), N_(
        "“{motion}”: the hour of the vote is missing; who was present then cannot be proven.")),
)  # fmt: skip

_OF_THE_PARTY = (
    Need(PARTY, "red", ask.every_guest(kind.no_party_state), N_(
        "Is {name} a full or a probationary member? The two are counted apart.")),
    Need("branch_assembly branch_committee", "amber", kind.chair_without("书记"), N_(
        "{name} chaired but is not the secretary: note the delegation.")),
    Need("branch_assembly", "red", ask.every_vote(kind.open_admission), N_(
        "“{motion}”: an admission needs a secret ballot.")),
    Need("branch_assembly", "red", ask.every_entry(kind.two_admissions), N_(
        "“{entry}” holds several admissions: one candidate is discussed and voted on, then the next.")),
    Need("branch_assembly", "amber", ask.every_entry(kind.unsponsored), N_(
        "“{entry}”: what the sponsors said is missing.")),
    Need("", "red", ask.every_vote(kind.uncounted_candidates), N_(
        "“{motion}”: enter the candidates with their votes.")),
    Need("branch_assembly", "red", kind.exclusions_unproven, N_(
        "{name} was left out of those due in the election: consents of both, and the document, must be on file.")),
    Need("branch_assembly", "red", kind.opinions_differ, N_(
        "“{motion}” counts {counted} written opinions, {kept} are on file: enter the missing ones, or count again.")),
    Need("branch_committee", "red", kind.no_decision, N_("Enter the decision, or that there was none (无决议).")),
    Need("party_group", "amber", kind.chair_without("组长"), N_(
        "{name} chaired but is not the group leader: note why.")),
    Need("party_group", "amber", kind.no_word("谈心", "批评", "交流"), N_(
        "Talks or criticism do not appear in the record.")),
    Need("party_lecture", "red", ask.every_entry(lambda entry: not entry.get("presenter")), N_(
        "“{entry}”: who gave the lecture?")),
    Need("theme_day", "red", ask.every_entry(lambda entry: not entry.get("minutes_allotted")), N_(
        "“{entry}”: how long did this part take?")),
    Need("theme_day", "amber", kind.no_tasks, N_("No task follows from the theme day: is there really none?")),
    Need("organisational_life", "red", kind.no_word("学习"), N_("The study before the meeting does not appear.")),
    Need("organisational_life", "red", kind.no_word("谈心", "征求意见"), N_(
        "Talks and opinions gathered before the meeting do not appear.")),
    Need("organisational_life", "red", kind.no_word("对照检查", "自我批评", "检视"), N_(
        "The self-examination does not appear.")),
    Need("organisational_life", "red", kind.no_word("互相批评", "相互批评", "批评意见", "批评和自我批评"), N_(
        "The criticism of one another does not appear.")),
    Need("organisational_life", "red", kind.no_word("整改"), N_("The rectification list does not appear.")),
    Need("member_appraisal", "red", kind.no_word("测评"), N_("The summary of the appraisal ballot does not appear.")),
    Need("member_appraisal", "red", kind.no_word("优秀", "合格"), N_("The grades decided do not appear.")),
    Need("member_appraisal", "red", kind.too_many_excellent, N_(
        "Write down that the excellent are at most a third (三分之一) of the members.")),
    Need("member_appraisal", "amber", kind.no_word("自评", "互评"), N_("Self and peer appraisal do not appear.")),
)  # fmt: skip

_OF_RESIDENTS = (
    Need("courtyard_consultation", "red", ask.every_guest(kind.no_party_named), N_(
        "For whom does {name} sit at the table? Enter the post or the household.")),
    Need("courtyard_consultation", "red", kind.no_options, N_("There was a vote, but no entry has options.")),
    Need(CONSULTATIONS, "red", kind.unanswered, N_(
        "“{entry}”: what {name} raised has no answer; answer it, or take it away with a date.")),
    Need(CONSULTATIONS, "red", ask.every_entry(kind.no_common_ground), N_(
        "“{entry}”: common ground and differences are missing.")),
    Need(CONSULTATIONS, "red", ask.every_entry(ask.unrouted), N_("“{entry}”: where does the outcome go?")),
    Need(DECIDING, "red", kind.before_party),
    Need("courtyard_consultation", "amber", ask.every_entry(kind.no_dissent), N_(
        "“{entry}”: there were votes against, but no dissent is on record word for word.")),
    Need("courtyard_consultation", "amber", ask.every_entry(lambda entry: bool(entry.get("options")) and not entry.get(
        "votes")), N_("“{entry}”: the options were not put to a straw poll.")),
    Need("courtyard_consultation", "amber", kind.law_unsaid, N_(
        "“{entry}”: the law decides here, but nobody stated it (法).")),
    Need("courtyard_consultation", "amber", kind.every_item(kind.unraised), N_("“{entry}”: who raised it, and how?")),
    Need("council_meeting", "red", kind.every_item(kind.groundless), N_(
        "“{entry}”: the facts (survey, counts) are missing.")),
    Need("council_meeting", "amber", kind.shorter_than(2), N_("The papers went out less than {days} days before.")),
    Need(f"{BODIES} owners_assembly", "red", kind.late_notice),
    Need(BODIES, "red", kind.important_before_party),
    Need("residents_assembly villagers_assembly villagers_group", "red", kind.mixed_base, N_(
        "{households} attend for a household and {persons} for themselves: choose one base for the whole meeting.")),
    Need(REPRESENTATIVES, "red", kind.few_representatives, N_(
        "Of {members} members only {count} are representatives; at least four fifths are needed.")),
    Need("owners_assembly", "red", kind.no_owner_list, N_(
        "“{motion}”: the list of owners with heads and areas is missing.")),
)  # fmt: skip

NEEDS = (*_EVERY, *_OF_THE_PARTY, *_OF_RESIDENTS)


def missing(document: Mapping[str, Any], judged: Mapping[str, JudgedVote], beside: Beside = NOTHING) -> list[Finding]:
    """What the record of this meeting lacks, red before amber, in the order of the table."""
    facts = MeetingFacts(document, judged, beside)
    found = list(_findings(facts))
    return sorted(found, key=lambda finding: finding.level != "red")


def _findings(facts: MeetingFacts) -> Iterator[Finding]:
    for need in NEEDS:
        if not need.kinds or facts.meeting["kind"] in need.kinds.split():
            for place, filling in need.question(facts):
                sentence = filling if isinstance(filling, AppError) else AppError(need.sentence, **filling)
                yield Finding(need.level, sentence, place)
