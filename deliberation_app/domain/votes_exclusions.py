"""EXCLUSIONS: why a member may be left out of those due in an election (gate G13, practice, to be checked)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from deliberation_app.errors import N_


class Exclusion(NamedTuple):
    """A reason as printed and its English source."""

    title: str
    name: str


EXCLUSIONS: Mapping[str, Exclusion] = MappingProxyType({
    "cannot_express": Exclusion("因病等原因不能表达本人意志", N_("Cannot express their own will")),
    "abroad": Exclusion("自费出国半年以上", N_("Abroad at own expense for half a year or more")),
    "punished": Exclusion("受留党察看处分或者正在服刑", N_("On probation in the Party, or serving a sentence")),
    "bedridden": Exclusion("年老体弱卧床不起，生活不能自理", N_("Bedridden")),
    "transfer_due": Exclusion("外出半年以上，应转而未转组织关系", N_("Away half a year, transfer due but not made")),
    "retired_away": Exclusion("离退休后长期在外地居住，未转组织关系", N_("Retired and long since living elsewhere")),
})  # fmt: skip
