"""A whole consultation as the chair's keyboard sees it: each line is one act, its keys, and what the log calls it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """Words typed into the line that has the focus."""

    words: str


@dataclass(frozen=True)
class Go:
    """Tab until the control of this name has the focus."""

    name: str


@dataclass(frozen=True)
class Choose:
    """Down until this is chosen in the list that has the focus."""

    words: str


Key = str | Type | Go | Choose


@dataclass(frozen=True)
class Step:
    """One act of the chair: `act` is its name in the log, `keys` are pressed one after the other."""

    act: str
    keys: tuple[Key, ...]
    about: str = ""


def _roll(*keys: Key) -> tuple[Key, ...]:
    """Into the roll and back."""
    return ("F3", *keys, "Escape")


def comes(who: str, *, early: bool = True) -> Step:
    """Somebody signs in by initials; before the opening the roll stands open."""
    keys = (Type(who), "Return")
    return Step("floor.sign_in", keys if early else _roll(*keys), who)


def asks(who: str) -> Step:
    """Somebody wishes to speak."""
    return Step("floor.queue", ("F4", Type(who), "Return", "Escape"), who)


def says(side: str, who: str, words: str, *more: Key) -> Step:
    """Words of somebody are noted; without `who` those of the one who has the floor, "-" for no name."""
    whom: tuple[Key, ...] = () if not who else ("Return",) if who == "-" else (Type(who), "Return")
    return Step("floor.note", (f"Ctrl+{side}", "Ctrl+L", *whom, Type(words), *more, "Return"), words)


def gong(who: str, words: str) -> Step:
    """锣: a question is raised."""
    return says("1", who, words)


def drum(who: str, words: str, promised: str = "") -> Step:
    """鼓: it is answered, perhaps with a day."""
    return says("2", who, words, *(("Ctrl+D", Type(promised), "Return") if promised else ()))


def law(who: str, words: str) -> Step:
    """法: what the law says."""
    return says("3", who, words)


def verbatim(who: str, words: str) -> Step:
    """Words that go on record one by one."""
    return Step("floor.note", ("Ctrl+B", "Ctrl+L", Type(who), "Return", Type(words), "Return"), words)


def go_on(act: str, about: str = "") -> Step:
    """The big button."""
    return Step(act, ("Ctrl+Return",), about)


def counted(*numbers: int) -> Step:
    """Numbers are typed, Enter after each, and judged."""
    keys = tuple(key for number in numbers for key in ("Ctrl+A", Type(str(number)), "Return"))
    return Step("votes.count", (*keys, "Ctrl+Return"), " ".join(map(str, numbers)))


def recounted(why: str, *numbers: int) -> Step:
    """The first numbers are typed anew, with the reason."""
    keys = tuple(key for number in numbers for key in ("Ctrl+A", Type(str(number)), "Return"))
    return Step("votes.recount", ("F9", *keys, Go("Why it is counted again"), Type(why), "Ctrl+Return"), why)


def concluded(words: str) -> Step:
    """The big button asks for the conclusion, which is typed."""
    return Step("floor.outcome", ("Ctrl+Return", "Ctrl+A", Type(words), "Ctrl+Return"), words)


# A day that is still to come whenever this runs.
DAY = "2099-11-30"

HALL = (
    *map(comes, ("fla", "yjl", "gy", "sy", "mmt", "oysl", "fj", "lu", "tk", "glne", "qsh", "shm", "lha", "zjw", "wwg")),
    Step("floor.leave", (Type("lqj"), "Down", "Ctrl+K", Type("住院"), "Return"), "林请假"),
    comes("ztj"), comes("wsbd"), comes("lsc"),
    go_on("meetings.open"),
    go_on("floor.next_entry"),
    law("lsc", "收费的事，要全体业主表决。"),
    drum("yjl", "登记的车五十七辆，车位三十一个。"),
    drum("-", "外来的车也不少。"),
    drum("wwg", "夜里看到十四辆外来的车。"),
    comes("zwy", early=False),
    go_on("floor.no_more"),
    go_on("floor.next_entry", "停车"),
)  # fmt: skip

PARKING = (
    asks("fj"), asks("mmt"), asks("lu"),
    go_on("floor.give", "冯㛃"),
    gong("", "五十七辆车抢三十一个位子，怎么停？"),
    Step("floor.extend", ("Shift+F5",)),
    Step("floor.pause", ("F5",), "pause"),
    Step("floor.pause", ("F5",), "on"),
    Step("floor.stop", ("F6",)),
    drum("gy", "先划线，先编号。"),
    drum("yjl", "划四十二个，楼门口两米不划。"),
    go_on("floor.give", "买买提"),
    gong("", "轮椅怎么出去？"),
    Step("floor.stop", ("F6",)),
    drum("tk", "轮椅通道要空出来。"),
    drum("fla", "通道写进方案。"),
    Step("floor.step_out", _roll(Type("qsh"), "Down", "Ctrl+Y"), "钱商户"),
    go_on("floor.give", "陆𬱖"),
    gong("", "收费我认，钱要看得见。"),
    Step("floor.stop", ("F6",)),
    drum("zjw", "账目每月张贴一次。", DAY),
    drum("wwg", "我来复核。"),
    Step("floor.come_back", _roll(Type("qsh"), "Return"), "钱商户"),
    verbatim("oysl", "我没有车，我不同意收费。"),
    drum("lha", "没有车的人家也要照顾。"),
    drum("qsh", "先写错的一句。"),
    Step("undo", ("Ctrl+Z",)),
    drum("qsh", "商户的车夜里不停。"),
    comes("hqj", early=False),
    Step("votes.open", ("F8",), "A案"),
    counted(14, 4, 1),
    go_on("votes.close"),
    Step("votes.open", ("F8",), "B案"),
    counted(3, 14, 2),
    recounted("有人没数到", 2, 15),
    go_on("votes.close"),
    go_on("floor.no_more"),
    concluded("收费的事要业主表决。"),
    go_on("floor.next_entry", "路灯"),
)  # fmt: skip

LAMPS = (
    gong("sy", "三盏路灯，谁来换？"),
    drum("yjl", "物业来换。"),
    drum("shm", "我带人看一看。"),
    drum("lha", "花坛边那盏先换。"),
    drum("glne", "孩子夜里回来看不见路。"),
    drum("ztj", "换好了我来查。"),
    gong("glne", "钱从哪里出？"),
    drum("fla", "从公共收益里出。"),
    drum("zwy", "账目要写清楚。"),
    drum("zjw", "写在每月的账目里。"),
    drum("wwg", "我同意。"),
    drum("lu", "我也同意。"),
    drum("gy", "灯换好了大家都受益。"),
    Step("floor.screen", ("Ctrl+F12", Type("tea is outside"), "Return"), "tea"),
    Step("floor.screen", ("Ctrl+F12",), "away"),
    Step("meetings.recess", ("Ctrl+R", "Ctrl+Return")),
    go_on("meetings.resume"),
    comes("zzz", early=False),
    go_on("floor.no_more"),
    concluded("灯由物业来换。"),
    go_on("floor.next_entry", "第二辆车"),
)  # fmt: skip

SECOND_CAR = (
    gong("zzz", "第二辆车收多少？"),
    drum("fla", "每月一百元。"),
    drum("fj", "一百元我认。"),
    drum("mmt", "一百元不多。"),
    drum("tk", "轮椅的车不收。"),
    drum("qsh", "商户的车呢？"),
    drum("gy", "商户的车也是一百元。"),
    drum("oysl", "我不同意。"),
    drum("zzz", "我的车也是第二辆，一百元我认。"),
    law("lsc", "要写进方案，业主表决了才算。"),
    Step("floor.sign_out", _roll(Type("wsbd"), "Down", "Ctrl+W"), "王双报到"),
    Step("votes.open", ("Shift+F8", "Ctrl+A", Type("第二辆车每月一百元"), Go("Way of voting"), Choose("Secret ballot"),
                        "Ctrl+Return"), "secret"),
    counted(19, 19, 13, 4, 1, 1),
    go_on("votes.close"),
    go_on("floor.no_more"),
    concluded("第二辆车一百元。"),
    go_on("floor.next_entry", "宣读"),
    drum("fla", "方案交全体业主表决。"),
    go_on("floor.no_more"),
    go_on("meetings.close"),
)  # fmt: skip

WHOLE = HALL + PARKING + LAMPS + SECOND_CAR
