"""What a file must hold (papers.md 8): one line a paper, for a kind of meeting or from a stage of an item on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from deliberation_app.domain.agenda import STAGES
from deliberation_app.domain.archive import FOREVER, PAPERS, TEN, THIRTY, Keep
from deliberation_app.domain.minutes_check import BODIES, CONSULTATIONS, Level
from deliberation_app.errors import N_

# How a paper can be proven: printed here, signed and locked here, a scan, a photograph or recording, somebody's word
# that it lies in the paper file, or the records themselves.
Way = Literal["printed", "signed", "scan", "photo", "on_paper", "records"]
Order = Literal["evidence", "archive"]

SIGNED: tuple[Way, ...] = ("signed", "scan", "on_paper")
UNSIGNED: tuple[Way, ...] = ("printed", "scan", "on_paper")
RECORDED: tuple[Way, ...] = ("records", "scan", "on_paper")
PICTURE: tuple[Way, ...] = ("photo", "on_paper")


@dataclass(frozen=True, kw_only=True)
class Other:
    """A paper of a file that the program does not print; `title` is printed, `name` is English source."""

    id: str
    title: str
    name: str
    keep: Keep


_OTHERS = (
    Other(id="photo", title="现场照片", name=N_("Photograph"), keep=Keep(period=THIRTY, note="随时移交")),
    Other(id="audio", title="录音", name=N_("Sound recording"), keep=Keep(period=THIRTY, note="随时移交")),
    Other(id="other", title="其他材料", name=N_("Another paper"), keep=Keep(period=TEN)),
    Other(id="survey_facts", title="调查材料", name=N_("Survey, counts"), keep=Keep(period=TEN)),
    Other(id="owner_list", title="业主名册", name=N_("Owners' list"), keep=Keep(period=TEN, note="随表决票")),
    Other(id="exclusion_papers", title="不计入应到的批准文件", name=N_("Approval of who is left out of the count"),
          keep=Keep(period=FOREVER)),
    Other(id="lecture_text", title="党课讲稿或课件", name=N_("Text or slides of the lecture"), keep=Keep(period=TEN)),
    Other(id="theme_plan", title="主题党日方案", name=N_("Plan of the theme day"), keep=Keep(period=TEN)),
    Other(id="rectification_list", title="整改清单", name=N_("Rectification list"), keep=Keep(period=TEN)),
    Other(id="appraisal_ballots", title="民主测评票及汇总", name=N_("Appraisal ballots and their sum"),
          keep=Keep(period=TEN)),
    Other(id="task_evidence", title="落实佐证", name=N_("Evidence of the tasks"), keep=Keep(period=TEN)),
    Other(id="decision_posting", title="决定公示", name=N_("Notice of the decision"), keep=Keep(period=TEN)),
    Other(id="outcome_posting", title="结果公示", name=N_("Notice of the outcome"), keep=Keep(period=THIRTY)),
    Other(id="posting_photo", title="公示照片", name=N_("Photograph of the posting"), keep=Keep(period=TEN)),
    Other(id="objections", title="异议及答复", name=N_("Objections and answers"), keep=Keep(period=TEN)),
    Other(id="told", title="告知提出人的记录", name=N_("Note that those who raised it were told"),
          keep=Keep(period=TEN)),
)  # fmt: skip
OTHERS: Mapping[str, Other] = MappingProxyType({other.id: other for other in _OTHERS})


@dataclass(frozen=True, kw_only=True)
class FileNeed:
    """One line of the table; `trait` names what must be true of the file for the line to be asked, empty = always."""

    paper: str
    level: Level
    proofs: tuple[Way, ...]
    about: Literal["meeting", "item"]
    kinds: str = ""
    trait: str = ""
    stage: str = "raised"

    @property
    def id(self) -> str:
        """A paper is asked once in a file."""
        return self.paper


def _of_meeting(paper: str, level: Level, proofs: tuple[Way, ...], *, kinds: str = "", trait: str = "") -> FileNeed:
    return FileNeed(paper=paper, level=level, proofs=proofs, about="meeting", kinds=kinds, trait=trait)


def _of_item(paper: str, level: Level, proofs: tuple[Way, ...], stage: str, *, trait: str = "") -> FileNeed:
    return FileNeed(paper=paper, level=level, proofs=proofs, about="item", stage=stage, trait=trait)


# Where a paper stands twice, the first line that fits the file is asked.
NEEDS: tuple[FileNeed, ...] = (
    _of_meeting("notice", "amber", UNSIGNED),
    _of_meeting("delivery_list", "red", RECORDED, kinds="owners_assembly"),
    _of_meeting("delivery_list", "amber", RECORDED, kinds=f"{CONSULTATIONS} {BODIES}"),
    _of_meeting("owner_list", "red", RECORDED, kinds="owners_assembly"),
    _of_meeting("theme_plan", "amber", ("scan", "on_paper"), kinds="theme_day"),
    _of_meeting("lecture_text", "amber", ("scan", "on_paper"), kinds="party_lecture"),
    _of_meeting("written_opinion_form", "red", ("scan", "on_paper"), trait="opinions"),
    _of_meeting("exclusion_papers", "red", ("scan", "on_paper"), trait="left_out"),
    _of_meeting("proxy_form", "amber", ("scan", "on_paper"), trait="proxies"),
    # Where all owners vote in writing nobody comes to sign in.
    _of_meeting("sign_in_sheet", "amber", ("scan", "on_paper"), kinds="owners_assembly"),
    _of_meeting("sign_in_sheet", "red", ("scan", "on_paper")),
    _of_meeting("leave_list", "amber", ("scan", "on_paper"), trait="leave"),
    _of_meeting("record", "red", SIGNED),
    _of_meeting("supplement", "red", SIGNED, trait="corrected"),
    _of_meeting("ballot", "red", ("scan", "on_paper"), trait="ballots"),
    _of_meeting("tally_sheet", "red", ("scan", "on_paper"), trait="voted"),
    _of_meeting("tally_sheet", "amber", ("scan", "on_paper"), trait="straw_poll"),
    _of_meeting("appraisal_ballots", "red", ("scan", "on_paper"), kinds="member_appraisal"),
    _of_meeting("rectification_list", "amber", ("scan", "on_paper"), kinds="organisational_life"),
    _of_meeting("resolution", "red", ("scan", "on_paper"), trait="passed"),
    _of_meeting("summary", "amber", UNSIGNED, kinds=f"{CONSULTATIONS} {BODIES}"),
    _of_meeting("photo", "amber", PICTURE),
    _of_item("opinion_sheet", "red", ("records", "scan", "on_paper"), "raised"),
    _of_item("survey_facts", "amber", RECORDED, "raised"),
    _of_item("record", "red", SIGNED, "discussed"),
    _of_item("tally_sheet", "red", ("scan", "on_paper"), "decided"),
    _of_item("resolution", "red", ("scan", "on_paper"), "decided", trait="meeting_passed"),
    # What a consultation settled by itself has no resolution of a body: its summary says what was agreed.
    _of_item("summary", "red", UNSIGNED, "decided", trait="consulted"),
    _of_item("decision_posting", "red", ("records", "scan", "on_paper"), "decided"),
    _of_item("task_list", "red", UNSIGNED, "evaluated", trait="tasks"),
    _of_item("task_evidence", "red", ("records", "scan", "photo", "on_paper"), "evaluated", trait="tasks_done"),
    _of_item("satisfaction_form", "amber", ("scan", "on_paper"), "evaluated"),
    _of_item("satisfaction_count", "red", ("scan", "on_paper"), "evaluated"),
    _of_item("outcome_posting", "red", ("records",), "shared"),
    _of_item("posting_photo", "amber", PICTURE, "shared"),
    _of_item("objections", "red", RECORDED, "shared", trait="objections"),
    _of_item("told", "red", RECORDED, "shared"),
    _of_item("closing_form", "amber", UNSIGNED, "shared"),
    _of_item("archive_cover", "amber", UNSIGNED, "shared"),
    _of_item("archive_list", "amber", UNSIGNED, "shared"),
)  # fmt: skip

# 证据序 (papers.md 7.2): as it happened; 归档序 (7.1): the conclusion first, then its grounds, the record before them.
EVIDENCE: tuple[str, ...] = (
    "opinion_sheet", "survey_facts", "notice", "delivery_list", "agenda", "theme_plan", "lecture_text", "owner_list",
    "written_opinion_form", "exclusion_papers", "proxy_form", "sign_in_sheet", "leave_list", "record", "supplement",
    "ballot", "appraisal_ballots", "tally_sheet", "result", "resolution", "summary", "decision_posting", "posting",
    "posting_photo", "objections", "task_list", "task_evidence", "rectification_list", "satisfaction_form",
    "satisfaction_count", "outcome_posting", "told", "closing_form", "photo", "audio", "other", "reception_log",
    "duty_roster", "archive_cover", "archive_list",
)  # fmt: skip
ARCHIVE: tuple[str, ...] = (
    "archive_cover", "archive_list", "resolution", "summary", "record", "supplement", "result", "tally_sheet",
    "ballot", "appraisal_ballots", "written_opinion_form", "exclusion_papers", "proxy_form", "sign_in_sheet",
    "leave_list", "notice", "delivery_list", "agenda", "owner_list", "theme_plan", "lecture_text", "opinion_sheet",
    "survey_facts", "decision_posting", "outcome_posting", "posting", "posting_photo", "objections", "task_list",
    "task_evidence", "rectification_list", "satisfaction_count", "satisfaction_form", "told", "closing_form",
    "reception_log",
    "duty_roster", "photo", "audio", "other",
)  # fmt: skip
ORDERS: Mapping[Order, tuple[str, ...]] = MappingProxyType({"evidence": EVIDENCE, "archive": ARCHIVE})
_STAGES = tuple(STAGES)


def needs_of_meeting(kind: str, traits: Iterable[str]) -> tuple[FileNeed, ...]:
    """What the file of a meeting of this kind must hold."""
    known = frozenset(traits)
    return _first(
        need for need in NEEDS
        if need.about == "meeting" and (not need.kinds or kind in need.kinds.split())
        and (not need.trait or need.trait in known)
    )  # fmt: skip


def needs_of_item(stage: str, traits: Iterable[str]) -> tuple[FileNeed, ...]:
    """What the file of an item at this stage must hold; stages before it are asked too."""
    known, reached = frozenset(traits), _STAGES.index(stage)
    return _first(
        need for need in NEEDS
        if need.about == "item" and _STAGES.index(need.stage) <= reached and (not need.trait or need.trait in known)
    )  # fmt: skip


def _first(needs: Iterable[FileNeed]) -> tuple[FileNeed, ...]:
    found: dict[str, FileNeed] = {}
    for need in needs:
        found.setdefault(need.paper, need)
    return tuple(found.values())


def place(paper: str, order: Order = "evidence") -> int:
    """Where a paper lies in a file; what nobody knows lies last."""
    known = ORDERS[order]
    return known.index(paper) if paper in known else len(known)


def title_of(paper: str) -> str:
    """The Chinese title, as printed."""
    return PAPERS[paper].title if paper in PAPERS else OTHERS[paper].title if paper in OTHERS else paper


def name_of(paper: str) -> str:
    """The English source of its name, for screens."""
    return PAPERS[paper].name if paper in PAPERS else OTHERS[paper].name if paper in OTHERS else paper


def keep_of(paper: str) -> Keep:
    """How long it is kept, before a unit has said otherwise."""
    return PAPERS[paper].keep if paper in PAPERS else OTHERS[paper].keep if paper in OTHERS else OTHERS["other"].keep
