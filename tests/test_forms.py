"""Forms open in Designer without complaint: every class is Qt's own or declared, and stands where the form says."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from deliberation_app import settings

FORMS = sorted(settings.path("forms").glob("*.ui"))


def complaints(form: Path) -> list[str]:
    """What Designer would stumble over."""
    root = ElementTree.parse(form).getroot()
    declared = {one.findtext("class", ""): one for one in root.iter("customwidget")}
    used = {widget.get("class", "") for widget in root.iter("widget")}
    found = [f"{name} is not declared" for name in sorted(used) if not name.startswith("Q") and name not in declared]
    found += [f"{name} is declared but not used" for name in sorted(declared.keys() - used)]
    for name, one in declared.items():
        if not one.findtext("extends", "").startswith("Q"):
            found.append(f"{name} does not say what it extends")
        spec = importlib.util.find_spec(one.findtext("header", "?"))
        source = Path(spec.origin).read_text("utf-8") if spec and spec.origin else ""
        if f"class {name}(" not in source:
            found.append(f"{name} is not in {one.findtext('header')}")
    names = [thing.get("name") for kind in ("widget", "layout", "spacer") for thing in root.iter(kind)]
    found += [f"the name {name} stands twice" for name in {name for name in names if names.count(name) > 1}]
    return found


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_is_whole(form: Path) -> None:
    """Nothing to stumble over."""
    assert complaints(form) == []


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    """The check can fail."""
    form = tmp_path / "x.ui"
    text = '<ui version="4.0"><widget class="Card" name="a"><widget class="QLabel" name="a"/></widget></ui>'
    form.write_text(text, "utf-8")
    assert complaints(form) == ["Card is not declared", "the name a stands twice"]
