"""Slips that go along with work: a service order for the volunteer (F6), a dispatch of a voice handed on (F3)."""

from __future__ import annotations

from dataclasses import dataclass

from deliberation_app.papers.document import Document, Field, Fields, Slips


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """One service order."""

    unit: str
    number: str
    kind: str
    text: str
    who: str
    home: str
    phone: str
    due: str
    volunteer: str


@dataclass(frozen=True, kw_only=True)
class DispatchFacts:
    """One voice that is handed on."""

    unit: str
    number: str
    day: str
    text: str
    to: str
    due: str
    by: str


def compose_order(facts: OrderFacts) -> Document:
    """The slip that the volunteer takes along and the resident signs."""
    form = Fields(
        rows=(
            (Field(label="单号", text=facts.number), Field(label="服务", text=facts.kind),
             Field(label="期限", text=facts.due)),
            (Field(label="点单人", text=facts.who), Field(label="住处", text=facts.home),
             Field(label="电话", text=facts.phone)),
            (Field(label="事项", text=facts.text, lines=2),),
            (Field(label="接单人", text=facts.volunteer), Field(label="完成时间"),),
            (Field(label="居民确认（签名）", share=2), Field(label="评分（1至5）")),
        )
    )  # fmt: skip
    return _slip(f"{facts.unit}服务单", form)


def compose_dispatch(facts: DispatchFacts) -> Document:
    """The dispatch slip, with room for what was done."""
    form = Fields(
        rows=(
            (Field(label="编号", text=facts.number), Field(label="收到日期", text=facts.day)),
            (Field(label="事项", text=facts.text, lines=3),),
            (Field(label="承办", text=facts.to), Field(label="办结期限", text=facts.due)),
            (Field(label="办理情况", lines=4),),
            (Field(label="派单人", text=facts.by), Field(label="承办人（签名）"), Field(label="回复日期")),
        )
    )
    return _slip(f"{facts.unit}群众意见转办单", form)


def _slip(title: str, form: Fields) -> Document:
    return Document(
        paper="", layout="table", title="", blocks=(Slips(slips=((form,),), titles=(title,)),), coded=False
    )  # fmt: skip
