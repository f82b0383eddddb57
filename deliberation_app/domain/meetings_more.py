"""MORE_KINDS: meetings that the law asks for and a meeting file holds as a meeting of another kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from deliberation_app.domain.meetings_kinds import KINDS, Kind, StandingEntry
from deliberation_app.domain.votes_law import RESIDENTS, VILLAGERS
from deliberation_app.errors import N_

# 述职、测评、公布: what the yearly appraisal is made of; the oversight body presides, not the committee appraised.
_AGENDA = (
    StandingEntry("说明评议办法，推选监票、计票人员", 10),
    StandingEntry("委员会成员逐人述职", 40, required=True),
    StandingEntry("代表询问、评议", 30, required=True),
    StandingEntry("民主测评（称职、基本称职、不称职）", 15, required=True),
    StandingEntry("公布测评结果", 10, required=True),
)
_FREQUENCY = N_("At least once a year; the result is published.")
_FIELDS = frozenset({"place", "mode", "number"})
_OVERSIGHT = frozenset({"oversight_member"})

_ENTRIES = (
    replace(
        KINDS["residents_representatives"], id="residents_appraisal", base="residents_representatives",
        title="居民委员会成员民主评议会", record_title="居民委员会成员民主评议会记录",
        name=N_("Appraisal of the residents' committee"), presides=N_("The residents' oversight committee."),
        presides_clause=f"{RESIDENTS}第三十七条", chairs=_OVERSIGHT, stand_ins=frozenset(), standing_agenda=_AGENDA,
        fields=_FIELDS, frequency=_FREQUENCY, party_first=False,
    ),
    replace(
        KINDS["villagers_representatives"], id="villagers_appraisal", base="villagers_representatives",
        title="村民委员会成员民主评议会", record_title="村民委员会成员民主评议会记录",
        name=N_("Appraisal of the villagers' committee"), presides=N_("The villagers' oversight body."),
        presides_clause=f"{VILLAGERS}第三十八条", chairs=_OVERSIGHT, stand_ins=frozenset(), standing_agenda=_AGENDA,
        fields=_FIELDS, frequency=_FREQUENCY, party_first=False,
    ),
)  # fmt: skip

_BY_ID: dict[str, Kind] = {kind.id: kind for kind in _ENTRIES}
MORE_KINDS: Mapping[str, Kind] = MappingProxyType(_BY_ID)
