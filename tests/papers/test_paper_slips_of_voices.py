"""The small papers of voices: what goes in comes out, empty ones leave room, several stand on a sheet."""

from __future__ import annotations

from deliberation_app.papers import slip_order, slip_wall, status_wall
from deliberation_app.papers.document import Document
from deliberation_app.services import papers
from tests.papers import reading

HOSTILE = "<b>=1+1</b>\u202e石䶮&amp;"


def text_of(document: Document) -> str:
    """What the PDF says, without blanks."""
    pdf = papers.press([document]).pdf
    return "".join(reading.text_of(pdf).split())


def test_wall_slips_carry_number_and_words() -> None:
    slips = tuple(slip_wall.Slip(number=f"M2026-{at:03d}", channel="心愿墙", day="10月20日", text=HOSTILE,
                                 answer_by="10月27日") for at in range(1, 7))  # fmt: skip
    told = text_of(slip_wall.compose(slip_wall.SlipFacts(unit="194号院党支部", slips=slips)))
    assert told.count("194号院党支部群众心声") == 6
    assert all(one.number in told for one in slips)
    assert told.count("<b>=1+1</b>") == 6
    assert "\u202e" not in told


def test_empty_slips_leave_room() -> None:
    told = text_of(slip_wall.compose(slip_wall.SlipFacts(unit="", slips=())))
    assert told.count("我想说") == slip_wall.EMPTY


def test_status_order_and_dispatch_say_everything() -> None:
    line = status_wall.Line(
        number="M2026-001", day="10月9日", text="路灯坏了", state="已答复：已换灯", answered_on="10月12日"
    )
    facts = status_wall.StatusFacts(unit="194号院党支部", period="十月", lines=(line,))
    told = text_of(status_wall.compose(facts))
    assert all(word in told for word in ("M2026-001", "10月9日", "路灯坏了", "已答复：已换灯", "10月12日", "公示件"))
    order = slip_order.OrderFacts(unit="支部", number="F2026-001", kind="上门理发", text="老人不便", who="石䶮",
                                  home="2号楼402", phone="13900000000", due="10月20日", volunteer="孙和睦")  # fmt: skip
    told = text_of(slip_order.compose_order(order))
    assert all(str(value) in told for value in vars(order).values())
    dispatch = slip_order.DispatchFacts(unit="支部", number="M2026-008", day="10月13日", text="争吵", to="社区民警",
                                        due="10月23日", by="尹记录")  # fmt: skip
    told = text_of(slip_order.compose_dispatch(dispatch))
    assert all(str(value) in told for value in vars(dispatch).values())
