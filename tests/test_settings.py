"""What this computer remembers: written whole, read with patience."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation_app import settings
from deliberation_app.errors import AppError
from deliberation_app.settings import DISPLAY_ZONE, Settings, load


def test_what_is_saved_is_found_again(tmp_path: Path) -> None:
    """All of it, in a folder that was not there; nothing half-written lies beside it."""
    file = tmp_path / "new" / "settings.json"
    Settings(language="en", theme="dark", scale=150, density="compact", user="王芳", unit="x", file=file).save()
    found, fault = load(file)
    assert fault is None
    assert found == Settings(language="en", theme="dark", scale=150, density="compact", user="王芳", unit="x")
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_usual_ones_hold(tmp_path: Path) -> None:
    """The first start says nothing."""
    assert load(tmp_path / "settings.json") == (Settings(), None)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    """The sentence names where it lies now; the next start is silent again."""
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    found, fault = load(file)
    assert found == Settings()
    assert fault is not None
    aside = tmp_path / "settings.json.broken"
    assert str(aside) in str(fault)
    assert aside.read_bytes() == content
    assert load(file) == (Settings(), None)


def test_values_without_sense_fall_back_one_by_one(tmp_path: Path) -> None:
    """The good ones stay."""
    file = tmp_path / "settings.json"
    told = {"language": "tlh", "theme": 3, "scale": 400, "density": None, "user": "李", "unit": True}
    file.write_text(json.dumps(told), encoding="utf-8")
    assert load(file) == (Settings(user="李"), None)


def test_what_a_newer_version_wrote_is_kept(tmp_path: Path) -> None:
    """Saving with this version does not take it away."""
    file = tmp_path / "settings.json"
    file.write_text('{"projector": "HDMI-1", "scale": 125}', encoding="utf-8")
    found, _ = load(file)
    found.theme = "dark"
    found.save()
    assert json.loads(file.read_text(encoding="utf-8")) | {"projector": "HDMI-1", "scale": 125, "theme": "dark"} == (
        json.loads(file.read_text(encoding="utf-8"))
    )


def test_a_folder_that_takes_no_file_is_a_sentence(tmp_path: Path) -> None:
    """Saving is refused with the place; nothing else happens."""
    (tmp_path / "file").touch()
    with pytest.raises(AppError, match="could not be saved") as refused:
        Settings(file=tmp_path / "file" / "settings.json").save()
    assert str(tmp_path) in str(refused.value)


def test_a_folder_in_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    """It is not touched."""
    (tmp_path / "settings.json").mkdir()
    found, fault = load(tmp_path / "settings.json")
    assert found == Settings()
    assert fault is not None
    assert (tmp_path / "settings.json").is_dir()


@given(
    st.dictionaries(
        st.sampled_from(["language", "scale", "user", "window", "x"]), st.none() | st.text() | st.integers()
    )
)
def test_any_object_gives_settings_that_make_sense(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, object]
) -> None:
    """Whatever stands there, each value is one the program can use."""
    file = tmp_path_factory.mktemp("any") / "settings.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    found, fault = load(file)
    assert fault is None
    assert found.language in ("zh_CN", "zh_TW", "en")
    assert found.scale in settings.SCALES
    assert isinstance(found.user, str)
    assert isinstance(found.window, str)


def test_clocks() -> None:
    """The clock says UTC; the demonstration's says its own day at this time of day."""
    assert settings.clock().tzinfo is UTC
    told = settings.demonstration_clock()()
    assert told.tzinfo is UTC
    shown = told.astimezone(DISPLAY_ZONE)
    days_off = (shown.date() - settings.DEMONSTRATION_TODAY).days
    assert days_off in (0, 1)  # 1 when midnight passes while this test runs
    shift = told - settings.clock()
    assert abs(shift - timedelta(days=round(shift / timedelta(days=1)))) < timedelta(minutes=1)


def test_the_demonstration_has_its_own_database() -> None:
    """What is played with never lies where real records lie."""
    assert settings.demonstration_database() != settings.default_database()
    assert settings.path("resources", "meeting-file.schema.json").is_file()
