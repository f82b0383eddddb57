"""How papers and their states are said on screens."""

from __future__ import annotations

from deliberation_app.domain.archive import PAPERS, Paper
from deliberation_app.errors import N_
from deliberation_app.language import _, ngettext_, render
from deliberation_app.services.papers_list import PaperRow
from deliberation_app.settings import DISPLAY_ZONE

# Icon and tone of a state.
LOOKS = {
    "ready": ("print", "accent"),
    "lacking": ("to_do", "text2"),
    "printed": ("done", "ok"),
    "changed": ("late", "warn"),
    "signed": ("sign", "ok"),
    "filed": ("archive", "ok"),
}
PHASES = {"before": N_("Before the meeting"), "at": N_("At the meeting"), "after": N_("After the meeting")}
# The same where there is little room.
SHORT = {"before": N_("Before"), "at": N_("During"), "after": N_("After")}
# Who signs, as the papers say it; on screens in the language of the screens.
SIGNERS = {
    "召集人": N_("convener"),
    "送达人": N_("who delivers"),
    "签收人": N_("who receives"),
    "到会人": N_("everybody who comes"),
    "核对人": N_("who checks"),
    "请假人": N_("who is excused"),
    "批准人": N_("who approves"),
    "主持人": N_("chair"),
    "记录人": N_("recorder"),
    "各方代表": N_("one for each party"),
    "签发人": N_("who issues it"),
    "监票人": N_("scrutineer"),
    "计票人": N_("teller"),
    "唱票人": N_("caller of the ballots"),
    "发布人": N_("publisher"),
    "张贴人": N_("who posts it"),
    "提出人": N_("who raised it"),
    "受理人": N_("who received it"),
    "支部书记": N_("branch secretary"),
    "责任人": N_("who is responsible"),
    "销号人": N_("who closes it"),
    "计算人": N_("who counts"),
    "监督人": N_("who oversees the count"),
    "接访人": N_("who receives visitors"),
    "值班人": N_("who is on duty"),
    "委托人": N_("who gives the proxy"),
    "受托人": N_("who holds the proxy"),
    "党员本人": N_("the member"),
    "更正人": N_("who corrects"),
    "立卷人": N_("who makes the file"),
    "检查人": N_("who inspects the file"),
}
COPIES = {
    "每人1份，存档1份": N_("one each, and one for the file"),
    "每人1份": N_("one each"),
    "1份": N_("one copy"),
    "1份，装订": N_("one copy, bound"),
    "按发放范围": N_("as many as are handed out"),
    "每名表决人1份": N_("one for each voter"),
    "2份": N_("two copies"),
    "2份（含回执）": N_("two copies, one as receipt"),
    "按张贴处数，存档1份": N_("one for each board, and one for the file"),
    "1份，滚动更新": N_("one copy, kept up to date"),
    "按发放份数": N_("as many as are handed out"),
}
KEPT = {
    "永久": N_("for ever"),
    "30年": N_("30 years"),
    "10年": N_("10 years"),
    "随会议记录": N_("with the record"),
    "随表决材料": N_("with the papers of the vote"),
}


def name(paper: str) -> str:
    """What a paper is called."""
    return _(PAPERS[paper].name)


def state_words(row: PaperRow) -> str:
    """The state of a paper in words."""
    if row.state == "lacking":
        return _("Still missing: {what}").format(what=lacks_words(row))
    if row.state == "printed" and row.printed_at is not None:
        return _("Printed {at}").format(at=f"{row.printed_at.astimezone(DISPLAY_ZONE):%Y-%m-%d %H:%M}")
    if row.state == "filed":
        return ngettext_("{count} scan filed", "{count} scans filed", row.scans).format(count=row.scans)
    return {
        "ready": _("Ready to print"), "changed": _("Changed since it was printed: print it again"),
        "signed": _("Signed and locked"),
    }[row.state]  # fmt: skip


def lacks_words(row: PaperRow) -> str:
    """What is missing: the first thing, and how many more."""
    first = render(row.lacks[0]).rstrip("。.") if row.lacks else ""
    if len(row.lacks) > 1:
        return _("{first} and {count} more").format(first=first, count=len(row.lacks) - 1)
    return first


def copies_words(paper: Paper, count: int) -> str:
    """How many copies are usual, and how many that is."""
    usual = _(COPIES.get(paper.copies, paper.copies))
    if count > 2:
        return _("{usual} ({count})").format(usual=usual, count=count)
    return usual


def signs_words(paper: Paper) -> str:
    """Who signs by hand."""
    return _(", ").join(_(SIGNERS.get(one, one)) for one in paper.signs) if paper.signs else _("Nobody signs")


def kept_words(paper: Paper) -> str:
    """How long it is kept; practice that was not checked says so."""
    period = _(KEPT.get(paper.keep.period, paper.keep.period))
    return _("{period} (to be checked)").format(period=period) if paper.keep.verify else period
