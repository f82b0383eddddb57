"""The sign that an option carries on its disc, in the console and in the room."""

from __future__ import annotations

import re

from deliberation_app.services.board_picture import Option

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGN = r"[A-Z]|\d{1,2}|[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛壬癸]"
# 甲案, 第一方案, A 案, 2号方案; 方案一, 选项A; Option 2.
_OWN_SIGN = re.compile(
    rf"第?({_SIGN})\s*号?(?:方案|案|项)|(?:方案|选项|办法)\s*({_SIGN})|(?:Option|Plan|Proposal)\s+({_SIGN})|([A-Z])\d?"
)


def own_sign(option: Option) -> str:
    """What the option's own name says it is, 甲 of 甲案 or 一 of 方案一; empty where it says nothing of the kind."""
    found = _OWN_SIGN.fullmatch(option.name)
    if found:
        return next(filter(None, found.groups()))
    lettered = option.name != option.title and option.name[:1] in _LETTERS
    return option.name[0] if lettered else ""


def option_sign(option: Option, place: int) -> str:
    """The sign on the disc of an option: its own, else the letter of its place."""
    return own_sign(option) or _LETTERS[place % len(_LETTERS)]
