"""The branch assemblies to choose from: own unit first, the latest first, never a cancelled one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from deliberation_app.services import meetings, units
from deliberation_app.services.agenda_party import assemblies
from deliberation_app.services.work import open_work

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)


def test_own_assemblies_stand_first_and_cancelled_ones_are_left_out(database_url: str) -> None:
    work = open_work(database_url, clock=lambda: NOW)
    own, other = (
        units.set_up(work, name=name, kind="branch", parents=(), chair_name=chair)
        for name, chair in (("山大路194号院党支部", "范例安"), ("和睦里第二党支部", "韩明远"))
    )

    def call(unit_id, title: str, days: int, kind: str = "branch_assembly"):
        return meetings.call(work, unit_id, kind=kind, title=title, starts_at=NOW + timedelta(days=days))

    call(own, "第一次", 1)
    call(own, "第二次", 9)
    call(own, "支委会", 3, kind="branch_committee")
    call(other, "邻院", 20)
    meetings.cancel(work, call(own, "取消的", 12), "改期")
    found = assemblies(work, own)
    assert [one.title for one in found] == ["第二次", "第一次", "邻院"]
    assert [one.unit for one in found] == ["山大路194号院党支部", "山大路194号院党支部", "和睦里第二党支部"]
    assert [one.title for one in assemblies(work, own, limit=1)] == ["第二次"]
    work.close()
