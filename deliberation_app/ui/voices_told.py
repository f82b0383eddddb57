"""What the pane says of a voice, and which acts fit where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from deliberation_app.domain import voices as rules
from deliberation_app.language import _, ngettext_
from deliberation_app.services.voices_list import VoiceCard, VoiceView
from deliberation_app.ui.voices_side import Do, Line, Shown
from deliberation_app.ui.voices_words import channel_words, day, moment, state_look, who_words


def shown(view: VoiceView) -> Shown:
    """One voice for the pane."""
    return Shown(view.card.voice.number or "", state_look(view.card), view.card.voice.text, tuple(_lines(view)),
                 tuple(_sections(view)), tuple(acts(view)))  # fmt: skip


def _lines(view: VoiceView) -> Iterator[Line]:
    card, kept = view.card, view.card.voice
    place = " ".join(one for one in (kept.courtyard, kept.grid) if one)
    where = " · ".join(one for one in (channel_words(kept.channel), place, kept.room or "", kept.contact or "") if one)
    yield Line("lock" if kept.confidential else "person", who_words(card), where)
    about = [one for one in (kept.category, _(rules.URGENCIES[kept.urgency].name) if kept.urgency else "") if one]
    due = _("Answer by {day}").format(day=day(kept.due_on)) if kept.due_on else ""
    tone = "bad" if card.late_days and card.state == "open" else "text2"
    yield Line("calendar", " · ".join([_("Received {moment}").format(moment=moment(kept.received_at)), *about]), due,
               tone)  # fmt: skip
    if kept.wish:
        yield Line("first_time", _("Wishes: {wish}").format(wish=kept.wish))
    if view.pictures:
        count = view.pictures
        words = ngettext_("{count} picture attached", "{count} pictures attached", count).format(count=count)
        yield Line("eye", words, act="picture_open", act_words=_("Look"))
    yield from _outcome(card)


def _outcome(card: VoiceCard) -> Iterator[Line]:
    kept = card.voice
    if kept.handed_at is not None:
        by = _("handed on {day}, answer back by {due}").format(day=day(kept.handed_at), due=day(kept.handed_due))
        yield Line("go_on", card.handed_to, by, "bad" if card.late_days else "text2", "slip", _("Slip"))
    if kept.answer:
        yield Line("note", kept.answer, _("Answered {day}").format(day=day(kept.answered_at)))
    if kept.refused_reason:
        yield Line("missing", kept.refused_reason, _("Not accepted {day}").format(day=day(kept.refused_at)))
    if card.item_title:
        yield Line("agenda", card.item_title, _("Item {number}").format(number=card.item_number), act="to_item",
                   act_words=_("Open"))  # fmt: skip
    if card.order_number:
        yield Line("tasks", _("Service order {number}").format(number=card.order_number), act="to_order",
                   act_words=_("Open"))  # fmt: skip
    if card.head_number:
        yield Line("merge", _("Goes with {number}").format(number=card.head_number), act="to_head",
                   act_words=_("Open"))  # fmt: skip
    if kept.told_at is not None:
        how = _(rules.TOLD_HOW[kept.told_how].name) if kept.told_how else ""
        by = " · ".join(one for one in (day(kept.told_at), how, kept.told_by or "", kept.told_words or "") if one)
        yield Line("done", _("Told"), by, "ok")


def _sections(view: VoiceView) -> Iterator[tuple[str, list[Line]]]:
    if view.like:
        yield _("Like this one"), [
            Line("merge", f"{one.card.voice.number} {one.card.voice.text}",
                 _("The same words: {words}").format(words="　".join(one.words)), act=f"join:{one.card.voice.id}",
                 act_words=_("Join"))
            for one in view.like
        ]  # fmt: skip
    if view.joined:
        count = len(view.joined)
        head = ngettext_("Joined to it: {count}", "Joined to it: {count}", count).format(count=count)
        yield head, [
            Line("person", f"{one.voice.number} {one.voice.text}",
                 f"{who_words(one)} · {channel_words(one.voice.channel)} · {day(one.voice.received_at)}",
                 act=f"part:{one.voice.id}", act_words=_("Take apart"))
            for one in view.joined
        ]  # fmt: skip
    if view.card.state != "grouped":
        yield _("Clock of the red express"), [
            _step(view, name, _(words.name))
            for name, words in rules.STEPS.items()
            if name in view.clock or name in ("verified", "fed_back", "closed")
        ]  # fmt: skip


def _step(view: VoiceView, name: str, words: str) -> Line:
    if name not in view.clock:
        return Line("to_do", words)
    return Line("done", f"{words}　{moment(view.clock[name])}", tone="ok")


def acts(view: VoiceView) -> Iterator[Do]:
    """The acts that fit, those that help first."""
    card = view.card
    if card.state == "grouped":
        yield Do(f"part:{card.voice.id}", _("Take apart"), "merge")
    elif card.to_tell:
        yield Do("tell", _("They were told"), "check", "Ctrl+T")
    if card.state in ("open", "handed"):
        yield Do("item", _("Make it an item"), "agenda", "Ctrl+I")
        yield Do("order", _("Order a service"), "tasks")
        yield Do("answer", _("Answer"), "note", "Ctrl+R")
        yield Do("hand_on", _("Hand it on"), "go_on", more=card.state == "handed")
        yield Do("join", _("Join with another"), more=True)
        yield Do("refuse", _("Do not accept"), more=True)
    elif card.state == "answered" and not card.told:
        yield Do("item", _("Make it an item"), more=True)
    if "closed" not in view.clock:
        yield Do("step", _("Note a step"), more=True)
    if card.state in ("refused", "answered", "handed"):
        yield Do("take_up", _("Take up again"), more=True)
    yield Do("edit", _("Change"), more=True, keys="F2")
    yield Do("picture", _("Attach a picture"), more=True)
    yield Do("print", _("Print its slip"), more=True)
