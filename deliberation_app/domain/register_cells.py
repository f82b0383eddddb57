"""One cell of a register at a time: what it says, or the sentence that tells what would be right."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from deliberation_app.domain import people
from deliberation_app.domain.register import Formula, Value, Wrong
from deliberation_app.errors import N_, AppError

_LONGEST_NAME, _LONGEST_DOOR, _LONGEST_POST, _LONGEST_NOTE = 100, 40, 200, 2000
_MOST_AREA = 10_000_000  # 100,000 m² in 0.01 m²
_SUMS = frozenset({"合计", "总计", "小计", "共计", "总人数", "汇总"})
_NOBODY = frozenset({"无", "不详", "未知", "空", "空户", "空置", "无人", "待定", "/", "-", "—", "——", "户主", "同上"})
# What people write in a cell in order not to leave it empty.
NOTHING = frozenset({"无", "没有", "暂无", "不详", "未知", "/", "\\", "-", "--", "—", "——", "－", "／", "空"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_UNREADABLE = re.compile("[\ufffd\ud800-\udfff\ue000-\uf8ff]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}")
_IDENTITY_WITHIN = re.compile(
    r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
_LATIN = re.compile(r"[A-Za-z]")
_PLAIN_CELL = re.compile("[\u4e00-\u9fff]{2,4}")
_PLAIN_MOBILE = re.compile("1[3-9][0-9]{9}")
_SPLIT = re.compile(r"[/、,，;；|\n]|\s{2,}|和|或")
_UNIT = re.compile(r"(平方米|平米|㎡|m²|m2|平)$")
_NEUTRAL = re.compile(r"'(?='*[=+\-@])")


class Door(NamedTuple):
    """A flat as a list writes it; the courtyard may be empty, where the whole list is of one."""

    courtyard: str
    building: str
    entrance: str | None
    room: str


def text(value: Value) -> str:
    """What a cell says as text; refused when it computes, shows an error or holds a date."""
    if value is None:
        return ""
    if isinstance(value, str):
        said = value.strip().strip("\u3000\u200b\ufeff")
        if said[:1] == "'":  # what an export put before a text that spreadsheets would compute
            return _readable(_NEUTRAL.sub("", said, count=1))
        if said[:1] in "=@" and said:
            raise AppError(N_("“{text}” is written like a formula. Write the value itself, without {sign} before it."),
                           text=said[:40], sign=said[0])  # fmt: skip
        return _readable(said)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    return _of_number(value)


def _of_number(value: Value) -> str:
    if isinstance(value, Formula):
        raise AppError(N_("The cell holds a formula ({formula}). Copy the column and paste it as values only."),
                       formula=f"={value.text}"[:60])  # fmt: skip
    if isinstance(value, Wrong):
        raise AppError(N_("The spreadsheet shows the error {code} here. Write the value, or leave the cell empty."),
                       code=value.code)  # fmt: skip
    if isinstance(value, date):
        raise AppError(
            N_("The spreadsheet has made a date of this ({day}). Format the cell as text and type it again, "
               "such as 1-2."), day=value.isoformat(),
        )  # fmt: skip
    if isinstance(value, float):
        if not math.isfinite(value):
            raise AppError(N_("This is no number that can be read. Type it again."))
        return str(int(value)) if value == int(value) else repr(value)
    raise AppError(N_("This is no number that can be read. Type it again."))


def _readable(said: str) -> str:
    if said.isalnum() and said.isprintable():
        return said
    if _UNREADABLE.search(said):
        raise AppError(
            N_("“{text}” holds characters that cannot be read: the file was saved in another encoding, or a font of "
               "its own was used. Type it again, or save the file as .xlsx or CSV UTF-8."), text=_shown(said),
        )  # fmt: skip
    if _CONTROL.search(said):
        raise AppError(N_("“{text}” holds invisible control characters. Type it again."), text=_shown(said))
    return said


def _shown(said: str) -> str:
    return _CONTROL.sub("·", _UNREADABLE.sub("·", said))[:40]


def name(value: Value) -> str:
    """A person's name; empty where the cell is."""
    if isinstance(value, str) and _PLAIN_CELL.fullmatch(value) and value not in _NOBODY and value not in _SUMS:
        return value
    if isinstance(value, bool):
        raise AppError(N_("A yes or no stands where a name belongs. Are the columns matched rightly?"))
    if isinstance(value, (int, float)):
        raise AppError(N_("The number {number} stands where a name belongs. Are the columns matched rightly?"),
                       number=value)  # fmt: skip
    said = people.normalise_name(_joined(text(value)))
    _fits(said, _LONGEST_NAME)
    if "\n" in said or _SPLIT.search(said) or _TWO_HAN.fullmatch(said):
        raise AppError(N_("“{text}” looks like several names. Give every person a row of their own."), text=said[:40])
    if said in _SUMS or any(said.startswith(word) for word in ("合计", "总计", "小计")):
        raise AppError(N_("This row is a sum, not a person. Take the row out."))
    if said in _NOBODY:
        raise AppError(N_("“{text}” is no name. Write the name, or take the row out."), text=said)
    if any(sign.isdigit() for sign in said):
        raise AppError(N_("The name “{text}” holds digits. Write it as on the identity card."), text=said[:40])
    if said and said[0] in "+-":
        raise AppError(N_("“{text}” is written like a formula. Write the value itself, without {sign} before it."),
                       text=said[:40], sign=said[0])  # fmt: skip
    if said and not any(sign.isalpha() for sign in said):
        raise AppError(N_("“{text}” is no name. Write the name, or take the row out."), text=said[:40])
    return said


def _joined(said: str) -> str:
    """A name as lists write it: 王　伟 stretched to the width of three, 王伟（户主）, 王伟*."""
    said = _BESIDE.sub("", said)
    parts = said.split()
    short = len(parts) > 1 and all(_HAN_ONLY.fullmatch(part) for part in parts) and sum(map(len, parts)) <= 4
    if short and (len(parts[0]) == 1 or len(parts[-1]) == 1 or parts[0] in _COMPOUND):
        return "".join(parts)
    return said


# A remark on who of the household it is, which is no part of the name.
_BESIDE = re.compile(r"\s*(?:[（(](?:户主|房主|业主|产权人|本人|租户|承租人)[）)]|[*＊☆★]+)\s*$")
_HAN_ONLY = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_TWO_HAN = re.compile("[\u3400-\u9fff]+(?: [\u3400-\u9fff]+)+")
_COMPOUND = frozenset({"欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒",
                       "轩辕", "宇文", "长孙", "端木", "独孤", "南宫"})  # fmt: skip


def gender(value: Value) -> str | None:
    """男 or 女."""
    said = text(value)
    if not said or said in NOTHING:
        return None
    found = {"男": "男", "女": "女", "男性": "男", "女性": "女", "m": "男", "f": "女", "male": "男",
             "female": "女"}.get(said.casefold())  # fmt: skip
    if found is None:
        raise AppError(N_("“{text}” is no gender. Write 男 or 女, or leave the cell empty."), text=said[:40])
    return found


def phone(value: Value) -> str | None:
    """A telephone that can be dialled, also where the spreadsheet made a number of it."""
    said = text(value)
    if not said or said in NOTHING:
        return None
    if _PLAIN_MOBILE.fullmatch(said):
        return said
    if _SCIENTIFIC.fullmatch(said):
        raise AppError(N_("The spreadsheet has rounded this telephone to {text}. Format the column as text and type "
                          "the number again."), text=said)  # fmt: skip
    if isinstance(value, float) and not value.is_integer():
        raise AppError(N_("{number} is no telephone: it has a decimal point."), number=value)
    if _IDENTITY.fullmatch(said):
        raise AppError(N_("This is an identity number, not a telephone. The register keeps none: take it out."))
    parts = [part for part in _SPLIT.split(said) if part.strip()]
    if len(parts) > 1 and all(len(re.sub(r"\D", "", part)) >= 7 for part in parts):
        raise AppError(N_("Two telephones stand in one cell. Keep one here and write the other into the notes (备注)."))
    return people.check_phone(said) or None


def owner(value: Value) -> bool | None:
    """Whether the person owns the flat."""
    if isinstance(value, bool):
        return value
    said = text(value)
    if not said or said in NOTHING - {"无"}:
        return None
    found = _OWNERS.get(unicodedata.normalize("NFKC", said).casefold())
    if found is None:
        raise AppError(N_("“{text}” says neither yes nor no. Write 是 or 否 (owner of the flat or not)."),
                       text=said[:40])  # fmt: skip
    return found


_OWNERS: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "☑", "对", "业主", "产权人", "房主", "户主",
                     "本人", "共有", "共有人"), True),
    **dict.fromkeys(("否", "无", "n", "no", "false", "0", "×", "x", "✗", "☐", "非", "不是", "租户", "租客", "承租人",
                     "非业主", "家属", "租住"), False),
}  # fmt: skip


def area(value: Value) -> int | None:
    """Square metres as whole 0.01 m²."""
    said = unicodedata.normalize("NFKC", _UNIT.sub("", text(value))).replace(",", "").strip()
    if not said or said in NOTHING:
        return None
    try:
        # What a spreadsheet computed carries a tail behind the ninth digit.
        metres = Decimal(str(round(value, 6))) if isinstance(value, float) else Decimal(said)
    except InvalidOperation:
        raise AppError(N_("“{text}” is no area. Write square metres, such as 98.76."), text=said[:40]) from None
    if not metres.is_finite() or metres <= 0:
        raise AppError(N_("An area is more than 0. Write square metres, such as 98.76, or leave the cell empty."))
    if metres * 100 >= _MOST_AREA:
        raise AppError(N_("{area} m² is larger than any flat. Write square metres, such as 98.76."), area=said[:40])
    if metres * 100 != int(metres * 100):
        raise AppError(N_("The area {area} has more than two decimals; the deed has two, such as 98.76."),
                       area=said[:40])  # fmt: skip
    return int(metres * 100)


def door(value: Value) -> str:
    """A part of an address: building, entrance or room."""
    if isinstance(value, float) and not value.is_integer():
        raise AppError(N_("{number} has a decimal point. Format the cell as text and type it again, such as 3-502."),
                       number=value)  # fmt: skip
    if isinstance(value, bool):
        raise AppError(N_("A yes or no stands where a number belongs. Are the columns matched rightly?"))
    said = unicodedata.normalize("NFKC", text(value))
    if isinstance(value, (int, float)) and value < 0:
        raise AppError(N_("{number} is below 0. Write the number on the door, such as 101."), number=value)
    if "\n" in said:
        raise AppError(N_("Two lines stand in one cell. Write one number here."))
    _fits(said, _LONGEST_DOOR)
    return "" if said in NOTHING else said


def words(value: Value, longest: int = _LONGEST_NOTE) -> str | None:
    """Free text; an identity number is never kept."""
    said = text(value)
    _fits(said, longest)
    if _IDENTITY_WITHIN.search(said):
        raise AppError(N_("An identity number stands here. The register keeps none: take it out."))
    return None if said in NOTHING else said or None


def post(value: Value) -> str | None:
    """What somebody does in the courtyard."""
    return words(value, _LONGEST_POST)


def _fits(said: str, longest: int) -> None:
    if len(said) > longest:
        raise AppError(N_("This has {count} characters; at most {most} fit here."), count=len(said), most=longest)


_ADDRESS = re.compile(
    r"(?P<yard>.*?)(?P<building>\d+|[A-Za-z甲乙丙丁东西南北]\d*)\s*(?P<kind>号楼|楼|栋|幢|座|#)\s*"
    r"(?:(?P<entrance>\d+|[一二三四五六七八九十]+)\s*单元)?\s*(?P<room>[A-Za-z]?\d{2,5}[A-Za-z]?)\s*[室号户]?"
)
_DASHED = re.compile(
    r"(?P<yard>(?:.*[^\d\s-])?)\s*(?P<building>\d+)[-—–](?:(?P<entrance>\d+)[-—–])?(?P<room>[A-Za-z]?\d{2,5}[A-Za-z]?)"
)


def address(value: Value) -> Door | None:
    """A whole address in one cell: 3号楼1单元502, 3-1-502, with or without the courtyard before it."""
    said = unicodedata.normalize("NFKC", text(value)).strip()
    if not said:
        return None
    found = _ADDRESS.fullmatch(said) or _DASHED.fullmatch(said)
    if found is None:
        raise AppError(N_("“{text}” is no flat. Write building, entrance and room, such as 3号楼1单元502 or 3-1-502."),
                       text=said[:60])  # fmt: skip
    kind = found.groupdict().get("kind") or "号楼"
    building = found["building"] + ("号楼" if kind == "#" else kind)
    return Door(found["yard"].strip(), building, entrance_word(found["entrance"] or ""), found["room"])


def is_address(said: str) -> bool:
    """Whether this is a whole address and no room alone."""
    return bool(_ADDRESS.fullmatch(said) or _DASHED.fullmatch(said))


def building_word(said: str) -> str:
    """3 is written 3号楼; what has a word already stays."""
    return f"{int(said)}号楼" if said.isdecimal() else f"{said[:-1]}号楼" if re.fullmatch(r"\d+#", said) else said


def entrance_word(said: str) -> str | None:
    """2 is written 2单元; none is None."""
    return f"{int(said)}单元" if said.isdecimal() else said or None


def room_word(said: str) -> str:
    """101室 is written 101, as on the door."""
    return said[:-1] if re.fullmatch(r"\w*\d[室房户]", said) else said


_NUMBERED = re.compile(r"0*(\d+)(?:号楼|栋|幢|座|楼|号|单元)?")
_HAN = str.maketrans("一二三四五六七八九", "123456789")


def door_key(door: Door) -> tuple[str, ...]:
    """What two spellings of one flat have in common: 3号楼, 3栋 and 03 are one building."""
    return door.courtyard, _number(door.building), _number(door.entrance or ""), door.room.upper()


def _number(said: str) -> str:
    found = _NUMBERED.fullmatch(said.translate(_HAN) if len(said) == 3 else said)
    return found[1] if found else said.upper()
