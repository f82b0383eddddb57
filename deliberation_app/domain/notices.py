"""What may be posted: masks of names, telephones, flats and plates by code point, and how long a notice hangs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache

from deliberation_app.domain.calendar_days import day_off
from deliberation_app.domain.people import DOTS, MIDDLE_DOT

COMPOUND_SURNAMES = frozenset(
    (  # noqa: SIM905 - words in lines can be read and sorted, quoted ones not
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 "
        "申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 "
        "宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五 公输 贺兰 纳兰 "
        "完颜 叶赫 那拉 富察 钮祜禄 爱新觉罗 歐陽 司馬 東方 萬俟 聞人 諸葛 尉遲 赫連 濮陽 公孫 鍾離 長孫 鮮于 "
        "閭丘 東郭 軒轅 納蘭 完顏"
    ).split()
)

# 居组法 art. 34 and 个人信息保护法 art. 13(3): who acts for the public in a post is named with it; a part played in a
# discussion (有车居民代表, 党员, 发展对象) is no post.
PUBLIC_POSTS = tuple(
    (  # noqa: SIM905 - as above
        "书记 委员 主任 楼长 网格员 网格长 组长 队长 经理 民警 片警 律师 法律顾问 调解员 组织员 站长 所长 社工 "
        "专职工作者 主持人 记录人"
    ).split()
)
_SHORTEST_PART = 3  # characters; a shorter part of a name may be a word of its own
_WHOLE_POSTS = frozenset({"居民代表", "村民代表"})

_D = "[0-9０-９]"
_DASH = "[-‐‑–—－]"
_GAP = "[ .·‐‑–—－-]?"
# 5号楼120平方米, 6号楼1500元 and 3号楼120户居民 are no rooms; no sign that is a surname too may stand here
# (2单元602张师傅). A room is one of at most a score on its floor, so 3号楼148户 counts households.
_NO_AMOUNT = (
    r"(?!\d|\*|户(?:居民|村民|人家|家庭|群众)|(?<=[2-9]\d)户(?!主)|(?<=00)户(?!主)"
    r"|[.,]\d|[ ]?(?:元|块|米|平方|平米|㎡|人(?!家)|名|位|辆|台|个|处|盏|年(?!轻|纪)|天(?!天)|次|票|份|条|件"
    r"|万元|千元|分钟|小时|度(?!假)|吨|[%％]))"
)
_ROOMS = rf"\d{{3,4}}{_NO_AMOUNT}(?:[、/,，和及与]\d{{3,4}}{_NO_AMOUNT}(?![-–—－]))*"
_PLATE = re.compile(
    rf"(?P<head>[\u4e00-\u9fff][A-HJ-Za-hj-zＡ-ＨＪ-Ｚ][·•・‧．.—\- ]?)"
    rf"(?P<serial>(?:[A-HJ-NP-Za-hj-np-z]|[Ａ-ＨＪ-ＮＰ-Ｚ]|{_D}){{5,6}}|{_D}{{4}}[学警港澳挂领使试超])(?![A-Za-z0-9])"
)
_LEAST_DIGITS = 3  # of the serial of a plate; what has fewer is a word
_SHORTEST_ACCOUNT = 15  # digits: identity numbers of 15 and 18, bank accounts of 16 to 19


def _account(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    return "*" * len(found[0]) if digits >= _SHORTEST_ACCOUNT else found[0]


def _plate(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found["serial"])
    return found["head"] + _starred(found["serial"]) if digits >= _LEAST_DIGITS else found[0]


def _rooms(found: re.Match[str]) -> str:
    return found["house"] + re.sub(r"\d+", "***", found["rooms"])


def _starred(serial: str) -> str:
    return "".join("*" if place in (0, 3) else sign for place, sign in enumerate(serial))


_SUBSTITUTES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?<![0-9０-９A-Za-z.]){_D}{{4,}}(?:[ -]{_D}{{3,8}})*[Xx]?(?![0-9０-９A-Za-z])"), _account),
    (
        re.compile(
            rf"(?<!{_D})((?:86{_GAP})?[1１][3-9３-９]{_D}){_GAP}(?:{_D}{{4}}{_GAP}|{_D}{{3}}{_GAP}{_D})({_D}{{4}})(?!{_D})"
        ),
        r"\1****\2",
    ),
    (
        re.compile(rf"(?<![0-9０-９.])([(（]?[0０]{_D}{{2,3}}[)）]?{_GAP}){_D}{{3,4}}{_GAP}({_D}{{4}})(?!{_D})"),
        r"\1****\2",
    ),
    (re.compile(rf"((?:电话|座机|固话)(?:号码)?[是为：: ]?){_D}{{3,4}}{_GAP}({_D}{{4}})(?!{_D})"), r"\1****\2"),
    (_PLATE, _plate),
    (
        re.compile(rf"(?<![\d-])(?P<house>\d{{1,3}}(?:{_DASH}|[#＃])\d{{1,2}}{_DASH})(?P<rooms>{_ROOMS})(?!{_DASH})"),
        _rooms,
    ),
    (re.compile(rf"(?<![\d.-])(?P<house>\d{{1,2}}{_DASH})(?P<rooms>\d{{3,4}})(?=室|房|户|住户|业主)"), _rooms),
    (
        re.compile(
            r"(?P<house>(?:单元|门洞|号楼|栋|幢|[\d一二三四五六七八九十][门#])\s*(?:\d{1,2}[层楼])?)"
            rf"(?P<rooms>{_ROOMS})"
        ),
        _rooms,
    ),
)


_SIGNS = "一二三四五六七八九十百〇零○"
# 六〇二, 一一〇一, 六百零二
_ONE = "[一二三四五六七八九]"
_IN_WORDS = f"(?<![{_SIGNS}]){_ONE}(?:[一二三四五六七八九〇零○]{{2,3}}|百[{_SIGNS}]{{0,3}})"
_ROOM_SUBSTITUTES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"(?P<house>(?:单元|门洞|号楼|栋|幢)[ ]?){_IN_WORDS}(?![{_SIGNS}年元块户人名位])"),
        r"\g<house>***",
    ),
    (re.compile(rf"(?<![0-9０-９A-Za-z.*]){_D}{{3,4}}(?=(?:[、和及与/]{_D}{{3,4}})*室)|{_IN_WORDS}(?=室)"), "***"),
)


def mask_name(name: str) -> str:
    """The name as it may be posted (rules.md 6.2): 冯*, 范*安, 欧阳**, 买**·吐**; counted by code point."""
    if MIDDLE_DOT in name:
        parts = [part[:1] + "*" * (len(part) - 1) for part in name.split(MIDDLE_DOT)]
        masked = MIDDLE_DOT.join(parts)
    elif len(name) == 3 and name[:2] not in COMPOUND_SURNAMES:
        masked = f"{name[0]}*{name[2]}"
    else:
        kept = next((size for size in (4, 3, 2) if len(name) > size and name[:size] in COMPOUND_SURNAMES), 1)
        masked = name[:kept] + "*" * (len(name) - kept)
    return masked if masked != name else name[:-1] + "*"


def mask_phone(phone: str) -> str:
    """All but the first three and the last four digits starred: 139****0001; short numbers keep their last two."""
    digits = [place for place, sign in enumerate(phone) if sign.isdigit()]
    count = len(digits)
    area_code = 4 if count == 12 else 3  # 0531-88880000 · 139, 010
    first, last = (area_code, 4) if count >= 11 else (0, 4) if count >= 7 else (0, min(2, count // 2))
    hidden = set(digits[first : len(digits) - last])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(phone))


def mask_flat(building: str, entrance: str = "") -> str:
    """A flat as it may be posted: building and entrance, never the room."""
    return building + entrance


def mask_plate(plate: str) -> str:
    """鲁A·*23*5: the first and the fourth sign of the serial starred."""
    found = re.fullmatch(r"(.?[A-Z][^A-Z0-9]?)([A-Z0-9]{4,6}\D?)", plate)
    return "*" * len(plate) if found is None else found[1] + _starred(found[2])


def is_public_post(post: str) -> bool:
    """Whether a post is one under which its holder is named in public."""
    return any(part in _WHOLE_POSTS or part.endswith(PUBLIC_POSTS) for part in _parts(post))


def _parts(post: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、，,；;/（(）)]", post) if part.strip()]


@lru_cache(maxsize=64)
def _by_first_sign(names: frozenset[str], keep: frozenset[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[str, str]] = {}
    for name in keep | names:
        for form in _written(name):
            if len(form) > 1:  # one character is no full name, and starring it everywhere would spoil every text
                found.setdefault(form[0], {})[form] = form if name in keep else mask_name(name)
    for name in names - keep:  # 买买提 is known to everybody as 买买提·吐尔逊
        for part in name.split(MIDDLE_DOT) if MIDDLE_DOT in name else ():
            if len(part) >= _SHORTEST_PART:
                found.setdefault(part[0], {}).setdefault(part, part[:1] + "*" * (len(part) - 1))
    return {sign: tuple(sorted(forms.items(), key=lambda pair: -len(pair[0]))) for sign, forms in found.items()}


def _written(name: str) -> set[str]:
    """The ways in which a name is typed: other dots or none, and 冯　例 with a gap so that it is as long as others."""
    if MIDDLE_DOT in name:
        around = {MIDDLE_DOT, "", *DOTS}
        return {name.replace(MIDDLE_DOT, dot) for dot in around | {f" {dot} " for dot in around if dot}}
    if len(name) == 2:
        return {name} | {gap.join(name) for gap in (" ", "  ", "\u3000", "\u3000\u3000")}
    return {name}


def mask_text(text: str, names: Collection[str], keep: Iterable[str] = (), *, office: str = "") -> str:
    """Free text with every known name masked, longest first, and telephones, plates and rooms starred.

    `office` is the telephone of an office, which is no personal data: it stays where it stands by itself.
    """
    if office and office in text:
        alone = re.compile(rf"(?<![0-9０-９*-])(?<![0-9０-９*][ -]){re.escape(office)}(?![ -]?[0-9０-９])")
        return office.join(mask_text(piece, names, keep) for piece in alone.split(text))
    table = _by_first_sign(frozenset(names), frozenset(keep))
    pieces: list[str] = []
    place = 0
    while place < len(text):
        for form, masked in table.get(text[place], ()):
            if text.startswith(form, place):
                pieces.append(masked)
                place += len(form)
                break
        else:
            pieces.append(text[place])
            place += 1
    return mask_numbers("".join(pieces))


def mask_numbers(text: str) -> str:
    """Free text with telephones, identity numbers, number plates and rooms starred."""
    for pattern, replacement in _SUBSTITUTES:
        text = pattern.sub(replacement, text)
    for pattern, stars in _ROOM_SUBSTITUTES:
        text = pattern.sub(stars, text)
    return text


def period_ends(posted_on: date, days: int, is_day_off: Callable[[date], bool] = day_off) -> date:
    """The last day of a publication: the day of posting is not counted, the last day is, and it rolls over a day off.

    民法典 arts 201, 203; the holidays are those of the table unless a unit has its own.
    """
    last = posted_on + timedelta(days=days)
    while is_day_off(last):
        last += timedelta(days=1)
    return last
