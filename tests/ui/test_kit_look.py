"""The look: contrast of every pair, no unknown token, nothing too small, theme changes without noise."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from deliberation_app import settings
from deliberation_app.ui.kit import icons, theme, tokens
from deliberation_app.ui.kit.gallery import Gallery

# The figures that the design states for the worst ground, light and dark.
STATED = {
    ("text", "hover"): (12.8, 11.3), ("text2", "hover"): (6.4, 7.4), ("text3", "hover"): (4.7, 5.0),
    ("onAccent", "accent"): (7.9, 5.5), ("onAccent", "accentHover"): (9.7, 4.5),
    ("onAccent", "accentPress"): (11.8, 6.8),
    ("accentText", "accentTint"): (6.8, 6.8), ("accentFill", "track"): (6.0, 3.7), ("field", "bg"): (3.2, None),
    ("field", "surface"): (None, 4.1), ("tick", "track"): (3.4, 4.7),
}  # fmt: skip


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "grounds", "least"), tokens.PAIRS)
def test_every_pair_has_its_contrast(name: str, ink: str, grounds: tuple[str, ...], least: float) -> None:
    colours = tokens.THEMES[name]
    for ground in grounds:
        assert tokens.contrast(colours[ink], colours[ground]) >= least, f"{ink} on {ground}"


@pytest.mark.parametrize(("pair", "stated"), STATED.items())
def test_contrast_is_what_the_design_states(pair: tuple[str, str], stated: tuple[float | None, float | None]) -> None:
    for colours, figure in zip((tokens.LIGHT, tokens.DARK), stated, strict=True):
        if figure is not None:
            assert tokens.contrast(colours[pair[0]], colours[pair[1]]) == pytest.approx(figure, abs=0.06)


def test_contrast_of_black_and_white_is_21() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#777777") == 1


def test_both_themes_name_the_same_tokens() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_stylesheet_is_filled_in_completely(app_dressed) -> None:
    source = settings.path("resources", "style", "style.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"QWidget#\w+", "", source)), "a hex value outside the tokens"
    filled = theme.stylesheet().partition("*/")[2]
    assert not re.findall(r"@px|\$\w", filled)
    assert filled.count("{") == filled.count("}") > 100


def test_unknown_token_in_the_stylesheet_is_an_error(app_dressed, monkeypatch) -> None:
    colours = {name: value for name, value in tokens.LIGHT.items() if name != "badTint"}
    monkeypatch.setattr(theme, "_look", theme.Look("light", 100, "comfortable", colours))
    with pytest.raises(KeyError, match="badTint"):
        theme.stylesheet()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_marks_are_drawn_in_tokens(name: str) -> None:
    marks = sorted(settings.path("resources", "icons", name).glob("*.svg"))
    assert len(marks) == 6
    for mark in marks:
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", mark.read_text(encoding="utf-8")))
        assert used
        assert used <= set(tokens.THEMES[name].values())


def test_every_icon_named_exists(app_dressed) -> None:
    for name in icons.NAMES:
        assert not icons.outline(name).isEmpty()
    for part in icons.PARTS.values():
        assert not icons.outline(f"{part}-fill").isEmpty()


def test_icon_follows_the_theme(app_dressed) -> None:
    def middle() -> str:
        return icons.icon("dot", "text").pixmap(20, 20).toImage().pixelColor(10, 10).name().upper()

    assert middle() == tokens.LIGHT["text"]
    theme.apply(app_dressed, "dark")
    assert middle() == tokens.DARK["text"]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_set_smaller_than_14_px(app_dressed, qtbot, scale: int) -> None:
    theme.apply(app_dressed, "light", scale)
    page = Gallery()
    qtbot.addWidget(page)
    page.resize(1600, 1000)
    page.show()
    words = [*page.findChildren(QLabel), *page.findChildren(QCheckBox), page]
    assert len(words) > 20
    for widget in words:
        least = 13 if widget.property("type") == "key" else 14
        assert widget.font().pixelSize() >= least * scale / 100, widget.objectName() or type(widget).__name__
    assert min(size for name, (size, _weight) in tokens.TYPES.items() if name != "keycap") >= 14


def test_switching_theme_and_scale_is_silent_and_repaints(app_dressed, qtbot) -> None:
    page = Gallery()
    qtbot.addWidget(page)
    page.resize(1600, 1000)
    page.show()
    light = page.grab().toImage()
    theme.apply(app_dressed, "dark")
    dark = page.grab().toImage()
    assert dark.pixelColor(3, 3).lightness() < 60 < light.pixelColor(3, 3).lightness()
    theme.apply(app_dressed, "light", 150)
    assert theme.px(10) == 15
    assert page.grab().toImage() != light


def test_hairlines_never_vanish(app_dressed) -> None:
    assert theme.px(1) == 1
    assert theme.px(0.2) == 1
    assert theme.px(0) == 0
    theme.apply(app_dressed, "light", 200)
    assert theme.px(1) == 2


def test_rescaled_is_told_only_when_sizes_change(app_dressed, qtbot) -> None:
    with qtbot.assertNotEmitted(theme.changes.rescaled):
        theme.apply(app_dressed, "dark", 100)
    with qtbot.waitSignal(theme.changes.rescaled):
        theme.apply(app_dressed, "dark", 125)


def test_faces_are_our_own(app_dressed) -> None:
    assert theme.load_fonts()
    assert theme.font("body").families()[0] == "Noto Sans SC"
    assert theme.metrics("bold").horizontalAdvance("会议记录") >= theme.metrics("body").horizontalAdvance("会议记录")
    assert theme.metrics("body").inFont("龚")


def test_a_palette_colour_for_every_role_reaches_plain_widgets(app_dressed, qtbot) -> None:
    theme.apply(app_dressed, "dark")
    plain = QWidget()
    qtbot.addWidget(plain)
    assert plain.palette().window().color().name().upper() == tokens.DARK["bg"]
    assert plain.palette().placeholderText().color().alpha() == 255
