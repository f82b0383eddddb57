"""Who sits at the table of a consultation, and who signs which record."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from deliberation_app.domain.minutes_blocks import Signature
from deliberation_app.domain.minutes_facts import MeetingFacts
from deliberation_app.domain.minutes_names import Names, role
from deliberation_app.domain.minutes_words import PAPER_METHODS

# The first line with a word that stands in somebody's post names the party spoken for.
PARTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("居务监督委员会代表", ("监督",)),
    ("业主委员会代表", ("业委会", "业主委员会")),
    ("物业服务企业代表", ("物业",)),
    ("社区居委会代表", ("居委会", "居民委员会")),
    ("村委会代表", ("村委会", "村民委员会")),
    ("党组织代表", ("书记", "支委", "宣传委员", "组织委员", "纪检委员", "党委", "党支部", "组织员")),
    ("楼长代表", ("楼长", "单元长")),
    ("居民小组长代表", ("小组长",)),
    ("有车居民代表", ("有车",)),
    ("无车居民代表", ("无车",)),
    ("车主代表", ("车主",)),
    ("承租人代表", ("承租", "租户", "租客")),
    ("商户代表", ("商户", "商铺", "店主")),
    ("共建单位代表", ("共建", "双报到", "驻区", "单位")),
    ("志愿服务队代表", ("志愿", "服务队", "红色管家")),
    ("网格员", ("网格",)),
    ("人民调解员", ("调解",)),
    ("公安派出所代表", ("民警", "片警")),
    ("消防救援机构代表", ("消防",)),
    ("法律顾问", ("律师", "法律顾问")),
    ("业主代表", ("业主",)),
    ("居民代表", ("居民", "村民")),
)

_COUNTERS = ("监票人", "计票人", "唱票人")
EACH_PARTY = "各方代表"


@lru_cache(maxsize=1024)
def party_of(post: str) -> str:
    """The party for which the holder of this post sits at the table; a post not known stands for itself."""
    return next((party for party, words in PARTIES if any(word in post for word in words)), post)


def parties(facts: MeetingFacts) -> Counter[str]:
    """The parties that took part with a voice of their own, in the order of the roll, and how many people each sent."""
    found: Counter[str] = Counter()
    in_charge = {facts.meeting.get("chair"), facts.meeting.get("recorder")}
    for entry in facts.attending(capacity="voting", status=("present", "online")):
        post = role(facts.person(entry))
        if post or entry["person"] not in in_charge:
            found[party_of(post) or "居民代表"] += 1
    return found


def signatures(facts: MeetingFacts, names: Names) -> tuple[Signature, ...]:
    """Who signs by hand (papers.md 3.2): chair, recorder, counters, each party, whoever wants a dissent kept."""
    if names.posted:
        return ()
    labels = list(facts.kind.signatures)
    if any(vote["method"] in PAPER_METHODS for vote in facts.votes):
        labels += [counter for counter in _COUNTERS if counter not in labels]
    if facts.kind.gong_and_drum:
        labels = [label for label in labels if label != EACH_PARTY] + list(parties(facts))
    labels += [f"保留意见人{names.name(id_)}" for id_ in _dissenters(facts)]
    return (*(Signature(label=f"{label}（签名）") for label in labels), Signature(label="签名日期"))


def _dissenters(facts: MeetingFacts) -> list[str]:
    """Speakers of important statements check them (papers.md 3.2)."""
    found: dict[str, None] = {}
    for entry in facts.agenda:
        for statement in entry.get("statements", ()):
            if statement.get("dissent") and statement.get("speaker"):
                found[statement["speaker"]] = None
    return list(found)
