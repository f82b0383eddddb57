"""KINDS: every kind of meeting as one entry: who is entitled, which rules, what notice, what the papers are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from deliberation_app.domain.votes_law import BOTH_LAWS, BRANCH, RESIDENTS, VILLAGERS
from deliberation_app.errors import N_

# Ids of PAPERS: what every meeting leaves, what votes add to it.
MEETING_PAPERS = ("notice", "agenda", "sign_in_sheet", "leave_list", "record")
DECIDING_PAPERS = (*MEETING_PAPERS, "summary", "resolution", "ballot", "tally_sheet", "result")
PUBLIC_PAPERS = (*DECIDING_PAPERS, "posting", "task_list")
OWNERS_PAPERS = ("notice", "delivery_list", "ballot", "proxy_form", "tally_sheet", "result", "record", "posting")


class StandingEntry(NamedTuple):
    """A line of the agenda of every such meeting; `each_item` repeats it for each item, `required`: law asks for it."""

    title: str
    minutes: int
    each_item: bool = False
    required: bool = False


@dataclass(frozen=True)
class Entitled:
    """Who counts in 应到: memberships of these roles (empty: any), persons of these Party states (empty: any)."""

    roles: frozenset[str] = frozenset()
    party: frozenset[str] = frozenset()
    chosen: bool = False  # the convener picks from the list, nobody is due by membership alone

    def admits(self, role: str, party: str) -> bool:
        """Whether a membership of this role and Party state makes a person due."""
        return (not self.roles or role in self.roles) and (not self.party or party in self.party)


@dataclass(frozen=True)
class Notice:
    """How many days before the meeting the notice must go out, by which clause and since when."""

    days: int = 0
    clause: str = ""
    since: date = date.min
    urgent_exception: bool = False
    old_clause: str = ""
    urgent_since: date = BOTH_LAWS

    def clause_on(self, day: date) -> str:
        """The clause in force on a day."""
        return self.old_clause if self.old_clause and day < BOTH_LAWS else self.clause

    def urgent(self, day: date, reason: str) -> bool:
        """Whether an urgent reason on record excuses a short notice on this day."""
        return self.urgent_exception and day >= self.urgent_since and bool(reason.strip())


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of meeting; `title` and `record_title` are printed, `name` and the notes are English sources."""

    id: str
    title: str
    name: str
    units: frozenset[str]
    entitled: Entitled
    presides: str
    presides_clause: str
    due_note: str
    chairs: frozenset[str]  # roles that preside, and those that stand in for them
    stand_ins: frozenset[str] = frozenset()
    old_presides_clause: str = ""  # before 2026-01-01, where it was another one
    papers: tuple[str, ...] = MEETING_PAPERS
    base: str = ""  # of a unit's own kind: the kind it is a copy of
    record_title: str = ""
    default_rule: str | None = None
    rules: tuple[str, ...] = ()
    floor: str | None = None  # the rule whose fractions a house rule may not undercut
    floor_passing: bool = True
    notice: Notice = Notice()
    quorum_note: str = ""
    standing_agenda: tuple[StandingEntry, ...] = ()
    fields: frozenset[str] = frozenset({"place", "mode", "number"})
    signatures: tuple[str, ...] = ("主持人", "记录人")
    online_counts_for_attendance: bool = False
    frequency: str = ""
    gong_and_drum: bool = False
    party_first: bool = False  # the Party organisation discusses important matters before the notice (居组法 art. 30)
    committee_first: bool = False  # important matters generally pass the branch committee (支部条例 art. 12)
    prepares: bool = False  # it is that committee
    branch: bool = False  # due and voting are told apart by suffrage

    @property
    def notice_days(self) -> int:
        """Days between notice and meeting that the law asks for, 0 where it is silent."""
        return self.notice.days

    @property
    def file_kind(self) -> str:
        """The kind that a meeting file says, also for a unit's own kind."""
        return self.base or self.id

    def presides_by(self, day: date) -> str:
        """The clause on who presides, in the text of a day."""
        return self.old_presides_clause if self.old_presides_clause and day < BOTH_LAWS else self.presides_clause


PARTY_UNITS = frozenset({"branch", "courtyard", "community", "village", "street"})
BRANCHES = frozenset({"branch", "courtyard", "community", "village"})
COURTYARDS = frozenset({"branch", "courtyard", "community", "village", "street", "owners"})
PARTY_MEMBERS = Entitled(party=frozenset({"full", "probationary"}))
COMMITTEE = frozenset({"branch_secretary", "deputy_secretary", "committee_member"})
WITH_ITEMS = frozenset({"place", "mode", "number", "items"})
SECRETARY = N_("The secretary; if prevented a deputy or a committee member, with the delegation on record.")
SECRETARIES, DEPUTIES = frozenset({"branch_secretary"}), frozenset({"deputy_secretary", "committee_member"})
RESIDENTS_COMMITTEE = frozenset({"residents_committee_member"})
VILLAGERS_COMMITTEE = frozenset({"villagers_committee_member"})
DUE_MEMBERS = N_("All members of the branch, probationary ones too; only those with a vote are counted in votes.")
DUE_BASE = N_("All residents of 18 and over, or one representative a household: one base for the whole meeting.")
DUE_REPRESENTATIVES = N_("Members of the committee and the representatives; representatives are at least four fifths.")
OPENING = StandingEntry("核对到会人数，宣布议程", 5)
SUMMARY = StandingEntry("主持人小结", 10)
STUDY = StandingEntry("学习", 30)

_PARTY = (
    Kind(
        id="branch_assembly", title="支部党员大会", name=N_("Branch assembly"), branch=True, committee_first=True,
        units=BRANCHES, entitled=PARTY_MEMBERS, presides=SECRETARY,
        due_note=DUE_MEMBERS, chairs=SECRETARIES, stand_ins=DEPUTIES,
        papers=(*DECIDING_PAPERS, "written_opinion_form"), presides_clause=f"{BRANCH}第十四条",
        default_rule="branch_resolution", floor="branch_resolution",
        rules=("branch_resolution", "branch_admission", "branch_election", "four_discussions"),
        quorum_note=N_("At least half of the members with a vote; more than half for admissions, 4/5 for elections."),
        standing_agenda=(OPENING, STUDY, StandingEntry("讨论并表决", 25, each_item=True), SUMMARY),
        fields=WITH_ITEMS, frequency=N_("Generally once a quarter."),
    ),
    Kind(
        id="branch_committee", title="支部委员会会议", name=N_("Branch committee"), branch=True, prepares=True,
        units=BRANCHES, entitled=Entitled(COMMITTEE), presides=SECRETARY,
        due_note=N_("The secretary, deputies and members of the branch committee."), chairs=SECRETARIES,
        stand_ins=DEPUTIES, papers=(*MEETING_PAPERS, "summary", "resolution"), presides_clause=f"{BRANCH}第十四条",
        default_rule="committee_resolution", rules=("committee_resolution", "house_rule"),
        floor="committee_resolution", floor_passing=False,
        quorum_note=N_("At least half of the committee members."),
        standing_agenda=(OPENING, StandingEntry("研究讨论", 20, each_item=True), SUMMARY),
        fields=WITH_ITEMS, frequency=N_("Generally once a month."),
    ),
    Kind(
        id="party_group", title="党小组会", name=N_("Party group"), branch=True,
        units=BRANCHES, entitled=PARTY_MEMBERS, presides=N_("The group leader."),
        due_note=N_("The members of the group."), chairs=frozenset({"group_leader"}),
        presides_clause=f"{BRANCH}第十四条",
        rules=("straw_poll",), standing_agenda=(OPENING, STUDY, StandingEntry("谈心交流", 20), SUMMARY),
        fields=frozenset({"place", "mode", "number", "group", "topic"}), frequency=N_("Generally once a month."),
        online_counts_for_attendance=True,
    ),
    Kind(
        id="party_lecture", title="党课", name=N_("Party lecture"), branch=True,
        units=PARTY_UNITS, entitled=PARTY_MEMBERS, presides=SECRETARY,
        due_note=DUE_MEMBERS, chairs=SECRETARIES, stand_ins=DEPUTIES,
        presides_clause=f"{BRANCH}第十六条",
        rules=("straw_poll",), online_counts_for_attendance=True,
        standing_agenda=(OPENING, StandingEntry("授课", 45), StandingEntry("交流讨论", 20)),
        fields=frozenset({"place", "mode", "number", "lecturer", "topic"}),
        frequency=N_("No number in the text; by practice once a quarter."),
    ),
    Kind(
        id="theme_day", title="主题党日", name=N_("Theme day"), branch=True,
        units=PARTY_UNITS, entitled=PARTY_MEMBERS, presides=SECRETARY,
        due_note=DUE_MEMBERS, chairs=SECRETARIES, stand_ins=DEPUTIES,
        presides_clause=f"{BRANCH}第十六条",
        rules=("straw_poll",), online_counts_for_attendance=True,
        standing_agenda=(OPENING, STUDY, StandingEntry("主题活动", 60), SUMMARY),
        fields=frozenset({"place", "mode", "number", "topic"}), frequency=N_("Every month on one fixed day."),
    ),
    Kind(
        id="organisational_life", title="组织生活会", name=N_("Organisational life meeting"), branch=True,
        units=BRANCHES, entitled=PARTY_MEMBERS, presides=SECRETARY,
        due_note=DUE_MEMBERS, chairs=SECRETARIES, stand_ins=DEPUTIES,
        presides_clause=f"{BRANCH}第十七条",
        rules=("straw_poll",),
        standing_agenda=(
            OPENING, StandingEntry("通报会前学习和征求意见情况", 15), StandingEntry("对照检查", 30, required=True),
            StandingEntry("批评和自我批评", 60, required=True),
            StandingEntry("提出整改清单", 15, required=True), SUMMARY,
        ),
        fields=frozenset({"place", "mode", "number", "topic"}),
        frequency=N_("At least once a year, generally in the fourth quarter."),
    ),
    Kind(
        id="member_appraisal", title="民主评议党员", name=N_("Democratic appraisal of members"), branch=True,
        units=BRANCHES, entitled=PARTY_MEMBERS, presides=SECRETARY,
        due_note=DUE_MEMBERS, chairs=SECRETARIES, stand_ins=DEPUTIES,
        presides_clause=f"{BRANCH}第十八条",
        standing_agenda=(
            OPENING, StandingEntry("个人自评", 40, required=True), StandingEntry("党员互评", 40, required=True),
            StandingEntry("民主测评", 20, required=True), StandingEntry("组织评定", 15, required=True),
        ),
        frequency=N_("Generally once a year."),
        quorum_note=N_("Ratings, no vote: “excellent” generally for at most a third of the members."),
    ),
)  # fmt: skip

_CONSULTATIONS = (
    Kind(
        id="courtyard_consultation", title="庭院民主协商会", name=N_("Courtyard consultation"), gong_and_drum=True,
        units=COURTYARDS, entitled=Entitled(chosen=True),
        presides=N_("The residents' committee organises; the branch secretary usually chairs."),
        due_note=N_("The convener chooses the parties to the matter; nobody is due by membership alone."),
        chairs=SECRETARIES | RESIDENTS_COMMITTEE, stand_ins=DEPUTIES, papers=PUBLIC_PAPERS,
        old_presides_clause="本单位议事规则", presides_clause=f"{RESIDENTS}第三十二条",
        default_rule="straw_poll", rules=("straw_poll", "house_rule"), online_counts_for_attendance=True,
        quorum_note=N_("By house rules: two thirds of those entitled; the result is an intention without legal force."),
        standing_agenda=(
            StandingEntry("核对到会人数，宣读协商规则", 10), StandingEntry("通报摸底情况和党员大会讨论结果", 10),
            StandingEntry("当面锣对面鼓", 60, each_item=True), StandingEntry("宣读会议结果，各方代表签字", 15),
        ),
        fields=WITH_ITEMS | {"options", "parties"}, signatures=("主持人", "记录人", "各方代表"),
        frequency=N_("As matters come up."),
    ),
    Kind(
        id="council_meeting", title="党群议事会", name=N_("Council of Party and residents"), gong_and_drum=True,
        units=COURTYARDS, entitled=Entitled(frozenset({"council_member"})),
        presides=N_("The branch secretary or whom the council elects."),
        due_note=N_("The members of the council."), chairs=SECRETARIES,
        stand_ins=frozenset({"council_member"}), papers=PUBLIC_PAPERS, presides_clause="议事会规则",
        default_rule="straw_poll", rules=("straw_poll", "house_rule"), online_counts_for_attendance=True,
        quorum_note=N_("By house rules: two thirds of the council members."),
        standing_agenda=(OPENING, StandingEntry("议题讨论", 40, each_item=True), StandingEntry("宣读会议结果", 10)),
        fields=WITH_ITEMS | {"options"}, frequency=N_("By house rules, usually once a month."),
    ),
)  # fmt: skip

_PUBLIC = (
    Kind(
        id="residents_assembly", title="居民会议", name=N_("Residents' assembly"), party_first=True,
        units=frozenset({"community"}), entitled=Entitled(frozenset({"resident", "household_representative"})),
        presides=N_("The residents' committee."), due_note=DUE_BASE, chairs=RESIDENTS_COMMITTEE, papers=PUBLIC_PAPERS,
        old_presides_clause=f"{RESIDENTS}（2018年修正）第十条", presides_clause=f"{RESIDENTS}第二十六条",
        default_rule="residents_assembly", floor="residents_assembly",
        rules=("residents_assembly", "residents_election"),
        notice=Notice(10, f"{RESIDENTS}第二十六条", BOTH_LAWS, urgent_exception=True),
        quorum_note=N_(
            "More than half of the residents or of the household representatives: choose before the notice."
        ),
        standing_agenda=(OPENING, StandingEntry("审议并表决", 40, each_item=True), StandingEntry("宣布结果", 10)),
        fields=WITH_ITEMS | {"base"}, frequency=N_("When the committee or a tenth of the residents ask for it."),
    ),
    Kind(
        id="residents_representatives", title="居民代表会议", name=N_("Residents' representatives' meeting"),
        party_first=True,
        units=frozenset({"community"}),
        entitled=Entitled(frozenset({"residents_representative", "residents_committee_member"})),
        presides=N_("The residents' committee."),
        due_note=DUE_REPRESENTATIVES, chairs=RESIDENTS_COMMITTEE, papers=PUBLIC_PAPERS,
        old_presides_clause="当时没有全国性条款，按当地规定办理", presides_clause=f"{RESIDENTS}第二十八条",
        default_rule="residents_representatives", floor="residents_representatives",
        rules=("residents_representatives", "residents_representatives_election"),
        quorum_note=N_("At least two thirds of the members; more than two thirds take part in an election."),
        standing_agenda=(OPENING, StandingEntry("审议并表决", 30, each_item=True), StandingEntry("宣布结果", 10)),
        fields=WITH_ITEMS, frequency=N_("At least once every half-year."),
    ),
    Kind(
        id="owners_assembly", title="业主大会", record_title="业主大会会议记录", name=N_("Owners' assembly"),
        units=frozenset({"courtyard", "community", "owners"}), entitled=Entitled(frozenset({"owner"})),
        presides=N_("The owners' committee; it must convene when a fifth of the owners propose it."),
        due_note=N_(
            "All owners of the register by heads and by area: several flats are one head, a co-owned flat is one head."
        ),
        chairs=frozenset({"owners_committee_member"}), papers=OWNERS_PAPERS,
        presides_clause="《物业管理条例》第十三条",
        default_rule="owners_ordinary", rules=("owners_ordinary", "owners_special", "affected_owners_unanimous"),
        floor="owners_ordinary", notice=Notice(15, "《物业管理条例》第十四条", date(2007, 10, 1)),
        quorum_note=N_("At least two thirds of the owners by heads and by area take part."),
        standing_agenda=(
            StandingEntry("公布方案，送达表决票", 0, required=True), StandingEntry("表决", 0, each_item=True),
            StandingEntry("开箱计票，公布结果", 60, required=True),
        ),
        fields=WITH_ITEMS | {"delivery"}, signatures=("主持人", "记录人", "监票人", "计票人", "唱票人"),
        frequency=N_("By the owners' rules of procedure."),
    ),
    Kind(
        id="villagers_assembly", title="村民会议", name=N_("Villagers' assembly"), party_first=True,
        units=frozenset({"village"}), entitled=Entitled(frozenset({"villager", "household_representative"})),
        presides=N_("The villagers' committee."), due_note=DUE_BASE, chairs=VILLAGERS_COMMITTEE, papers=PUBLIC_PAPERS,
        old_presides_clause=f"{VILLAGERS}（2018年修正）第二十一条", presides_clause=f"{VILLAGERS}第二十五条",
        default_rule="villagers_assembly", floor="villagers_assembly",
        rules=("villagers_assembly", "villagers_assembly_households", "residents_election"),
        notice=Notice(
            10, f"{VILLAGERS}第二十五条", date(2010, 10, 28), urgent_exception=True,
            old_clause=f"{VILLAGERS}（2018年修正）第二十一条",
        ),
        quorum_note=N_("More than half of the adults, or two thirds of the households by one representative each."),
        standing_agenda=(OPENING, StandingEntry("审议并表决", 40, each_item=True), StandingEntry("宣布结果", 10)),
        fields=WITH_ITEMS | {"base"}, frequency=N_("At least once a year."),
    ),
    Kind(
        id="villagers_representatives", title="村民代表会议", name=N_("Villagers' representatives' meeting"),
        party_first=True,
        units=frozenset({"village"}),
        entitled=Entitled(frozenset({"villagers_representative", "villagers_committee_member"})),
        presides=N_("The villagers' committee."),
        due_note=DUE_REPRESENTATIVES, chairs=VILLAGERS_COMMITTEE, papers=PUBLIC_PAPERS,
        old_presides_clause=f"{VILLAGERS}（2018年修正）第二十六条", presides_clause=f"{VILLAGERS}第三十条",
        default_rule="villagers_representatives", rules=("villagers_representatives",),
        floor="villagers_representatives", quorum_note=N_("At least two thirds of the members."),
        standing_agenda=(OPENING, StandingEntry("审议并表决", 30, each_item=True), StandingEntry("宣布结果", 10)),
        fields=WITH_ITEMS, frequency=N_("Once a quarter."),
    ),
    Kind(
        id="villagers_group", title="村民小组会议", name=N_("Villagers' group meeting"),
        units=frozenset({"village"}), entitled=Entitled(frozenset({"villager", "household_representative"})),
        presides=N_("The head of the villagers' group."),
        due_note=DUE_BASE, chairs=frozenset({"villagers_group_head"}), papers=PUBLIC_PAPERS,
        old_presides_clause=f"{VILLAGERS}（2018年修正）第二十八条", presides_clause=f"{VILLAGERS}第三十二条",
        default_rule="villagers_group", rules=("villagers_group",), floor="villagers_group",
        quorum_note=N_("At least two thirds of the adults or households of the group."),
        standing_agenda=(OPENING, StandingEntry("审议并表决", 30, each_item=True), StandingEntry("宣布结果", 10)),
        fields=WITH_ITEMS | {"base", "group"}, frequency=N_("As matters come up."),
    ),
)  # fmt: skip


def _with_record_title(kind: Kind) -> Kind:
    return kind if kind.record_title else replace(kind, record_title=f"{kind.title}记录")


_BY_ID = {kind.id: _with_record_title(kind) for kind in (*_PARTY, *_CONSULTATIONS, *_PUBLIC)}
KINDS: Mapping[str, Kind] = MappingProxyType(_BY_ID)
