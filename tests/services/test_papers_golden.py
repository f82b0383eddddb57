"""Every paper looks as it looked when somebody last looked at it (tests/papers/golden)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from deliberation_app.papers.document import Document
from tests.services import golden

# Another build of the page renderer may shade an edge otherwise; a line that moved is told by many dark points.
DARKER, MOST_POINTS = 72, 0.0015


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Every paper by its name."""
    return dict(golden.documents(tmp_path_factory.mktemp("golden")))


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of points that differ, of pictures seen with half-closed eyes."""
    soft = [picture.convert("L").filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    histogram = ImageChops.difference(*soft).histogram()
    return sum(histogram[DARKER:]) / (one.width * one.height)


def test_every_paper_looks_as_it_did(kept: dict[str, Document]) -> None:
    """The same pages, none missing, none new, each the same picture."""
    seen = {}
    for name, document in kept.items():
        for number, picture in golden.pictures(document):
            seen[f"{name}-{number}.png"] = picture
    assert sorted(seen) == sorted(file.name for file in golden.FOLDER.glob("*.png"))
    changed = []
    for name, picture in seen.items():
        with Image.open(golden.FOLDER / name) as before:
            if before.size != picture.size or differing(before, picture) > MOST_POINTS:
                changed.append(name)
    assert changed == []


def test_the_comparison_sees_a_line_that_moved(kept: dict[str, Document]) -> None:
    """The test above can fail: the same page a line lower is another picture."""
    _, page = next(golden.pictures(kept["notice"]))
    lower = ImageChops.offset(page, 0, 4)
    assert differing(page, page) == 0
    assert differing(page, lower) > 4 * MOST_POINTS


def test_the_pictures_are_small() -> None:
    sizes = [file.stat().st_size for file in Path(golden.FOLDER).glob("*.png")]
    assert sizes
    assert max(sizes) <= golden.LARGEST
