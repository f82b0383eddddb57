"""What a list says of Party members: full or probationary, of which branch, left out of those due and by whose word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from deliberation_app.domain.register import Value
from deliberation_app.domain.register_cells import NOTHING, text
from deliberation_app.domain.votes_exclusions import EXCLUSIONS
from deliberation_app.errors import N_, AppError

MEMBERS = ("full", "probationary")
PARTY_WORDS: Mapping[str, str] = {"full": "中共党员", "probationary": "中共预备党员", "none": "群众"}
# What a list writes of somebody of another branch who reports here too, where it does not name that branch.
_BOTH = "双报到"
_LONGEST = 200
_FIRST_DAY = date(1900, 1, 1)
_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2}))?[日月号]?(?:\s.*)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")


@dataclass(frozen=True, slots=True)
class Marks:
    """What only some lists tell of a person; None where the line says nothing."""

    branch: str | None = None
    left_out: str | None = None
    approval: str | None = None
    assembly_on: date | None = None
    superior_on: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True)
class Branch:
    """The unit of a register as a branch: the names it goes by, and whether every Party member listed belongs to it."""

    names: frozenset[str] = frozenset()
    all_listed: bool = False

    def is_named(self, said: str) -> bool:
        """Whether these words mean this branch: its name, or that without the words for a Party body."""
        return bool(self.names) and _bare(said) in {_bare(name) for name in self.names}


NO_BRANCH = Branch()
_BODIES = ("党支部委员会", "党总支部委员会", "党支部", "党总支", "党委", "支部")


def _bare(name: str) -> str:
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    for body in _BODIES:
        if said.endswith(body) and said != body:
            return said.removesuffix(body)
    return said


def party(value: Value) -> str | None:
    """full, probationary or none, out of 政治面貌."""
    said = text(value)
    if not said or said in NOTHING - {"无"}:
        return None
    found = _PARTIES.get(re.sub(r"[\s（）()]", "", said))
    if found is None:
        raise AppError(
            N_("“{text}” is not known as 政治面貌. Write 群众, 共青团员, 中共预备党员 or 中共党员, "
               "or leave the cell empty."), text=said[:40],
        )  # fmt: skip
    return found


_PARTIES: Mapping[str, str] = {
    **dict.fromkeys(("中共党员", "党员", "正式党员", "中共正式党员", "共产党员", "中国共产党党员", "中共", "是", "正式",
                     "中共党员正式", "党员正式", "√"), "full"),
    **dict.fromkeys(("中共预备党员", "预备党员", "预备", "中共党员预备", "党员预备", "预备期"), "probationary"),
    **dict.fromkeys(("群众", "共青团员", "团员", "中国共产主义青年团团员", "少先队员", "无党派", "无党派人士",
                     "民主党派", "民革党员", "民革会员", "民盟盟员", "民建会员", "民进会员", "农工党党员",
                     "致公党党员", "九三学社社员", "台盟盟员", "普通公民", "无", "否", "非党员", "积极分子",
                     "入党积极分子", "发展对象", "入党申请人"), "none"),
}  # fmt: skip


def branch(value: Value) -> str | None:
    """The branch that somebody belongs to; yes means one that is not named, no says nothing."""
    said = text(value)
    if said in NOTHING or said in ("否", "×", "x", "X", "不是"):
        return None
    if said in ("是", "√", "✓"):
        return _BOTH
    if len(said) > _LONGEST:
        raise AppError(N_("This has {count} characters; at most {most} fit here."), count=len(said), most=_LONGEST)
    return said or None


# Words that tell a reason however a list puts it; the first that fits is taken.
_REASONS = (
    ("punished", ("留党察看", "服刑")), ("abroad", ("出国", "出境", "国外", "境外")), ("bedridden", ("卧床", "自理")),
    ("cannot_express", ("意志", "表达")), ("retired_away", ("离退休", "退休后")),
    ("transfer_due", ("应转", "未转", "外出", "流动")),
)  # fmt: skip


def left_out(value: Value) -> str | None:
    """A key of EXCLUSIONS."""
    said = text(value)
    if not said or said in NOTHING or said in ("否", "计入"):
        return None
    for key, one in EXCLUSIONS.items():
        if said == one.title:
            return key
    for key, words in _REASONS:
        if any(word in said for word in words):
            return key
    raise AppError(
        N_("“{text}” is no reason for which a member may be left out. Write one of these: {reasons}."),
        text=said[:40], reasons="；".join(one.title for one in EXCLUSIONS.values()),
    )  # fmt: skip


def approval(value: Value) -> str | None:
    """Who approved it and where that is written."""
    said = text(value) if not isinstance(value, date) else value.isoformat()
    if len(said) > _LONGEST:
        raise AppError(N_("This has {count} characters; at most {most} fit here."), count=len(said), most=_LONGEST)
    return None if said in NOTHING else said or None


def day(value: Value) -> date | None:
    """A day as lists write it: a date, 2026.9.12, 2026年9月12日, 20260912, 2026.9, or a number of the spreadsheet."""
    if isinstance(value, date):
        return _seen(value, value.isoformat())
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text(value))).strip()
    if not said or said in NOTHING or said.startswith(("未", "否", "没")):
        return None
    found = _DAY.fullmatch(said) or _DIGITS.fullmatch(said)
    if found is not None:
        try:
            return _seen(date(int(found[1]), int(found[2]), int(found[3] or 1)), said)
        except ValueError:
            raise _no_day(said) from None
    if said.isascii() and said.isdigit() and 20_000 <= int(said) <= 80_000:
        return _seen(_EPOCH + timedelta(days=int(said)), said)
    raise _no_day(said)


def _seen(found: date, said: str) -> date:
    if found < _FIRST_DAY or found.year > 2200:
        raise _no_day(said)
    return found


def _no_day(said: str) -> AppError:
    return AppError(N_("“{text}” is no day. Write it such as 2026-09-12."), text=said[:40])


_OF_MEMBERS = re.compile(r"党员(花名册|名册|名单|信息|登记|台账|基本|统计|一览)|支部(花名册|名册|名单)")


def members_listed(words: str) -> bool:
    """Whether a list is that of a branch by its title, such as 党员花名册."""
    return bool(_OF_MEMBERS.search("".join(words.split())))
