"""The pages that every paper is held against, as small pictures; `python -m tests.services.golden` makes them anew.

Look at each before it is kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

from deliberation_app.domain.archive import PAPERS
from deliberation_app.errors import NotFound
from deliberation_app.papers.document import Document
from deliberation_app.services import meeting_file, papers, papers_made, work
from deliberation_app.services.papers_asked import Asked
from tests.services import invented
from tests.services.test_papers_all import NOW

FOLDER = Path(__file__).resolve().parents[1] / "papers" / "golden"
DPI, SHADES, LARGEST = 50, 16, 40_000
# left, top, right, bottom in millimetres, of odd and of even pages
CODE_AT = ((27, 263.5, 110, 285), (100, 263.5, 185, 285))
CONSULTATION, ADMISSION, OWNERS = "shandalu194-consultation", "branch-assembly-admission", "shandalu194-owners-vote"
# Of which meeting a paper is shown, where it is not the consultation.
OF = {"ballot": ADMISSION, "resolution": ADMISSION, "written_opinion_form": ADMISSION, "proxy_form": OWNERS,
      "result": OWNERS}  # fmt: skip


def documents(folder: Path) -> Iterator[tuple[str, Document]]:
    """Each paper by name: filled in, posted where it may be, and empty."""
    with closing(work.open_work(folder / "papers.sqlite", clock=lambda: NOW)) as kept:
        ids = {
            name: meeting_file.import_bytes(kept, invented.changed(str, name)).meeting_id
            for name in (CONSULTATION, ADMISSION, OWNERS)
        }
        with kept.read() as session:
            for paper in PAPERS.values():
                meeting = ids[OF.get(paper.id, CONSULTATION)]
                if paper.id == "record":
                    for posted in (False, True):
                        record = papers.source(session, meeting).record(posted=posted)
                        yield "record" + ("-posted" if posted else ""), papers.as_paper(record)
                    yield "record-empty", papers_made.compose(session, Asked(paper="record", empty=True))[0]
                    continue
                asked = {
                    paper.id: Asked(paper=paper.id, meeting=meeting),
                    f"{paper.id}-empty": Asked(paper=paper.id, empty=True),
                }
                if paper.posted:
                    asked[f"{paper.id}-posted"] = Asked(paper=paper.id, meeting=meeting, posted=True)
                for name, question in asked.items():
                    try:
                        yield name, papers_made.compose(session, question)[0]
                    except NotFound:
                        continue


def pictures(document: Document) -> Iterator[tuple[int, Image.Image]]:
    """The first and the last page of a paper in shades of grey, without its code, which changes with every word."""
    with closing(pypdfium2.PdfDocument(papers.press((document,)).pdf)) as file:
        for number in sorted({0, len(file) - 1}):
            page = file[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            if document.coded and number == len(file) - 1:
                left, top, right, bottom = (round(edge / 25.4 * DPI) for edge in CODE_AT[number % 2])
                page.paste(255, (left, top, right, bottom))
            yield number + 1, page


def small(picture: Image.Image) -> bytes:
    """The picture as a small PNG."""
    out = BytesIO()
    picture.quantize(SHADES).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, document in documents(Path(folder)):
            for number, picture in pictures(document):
                (FOLDER / f"{name}-{number}.png").write_bytes(small(picture))


if __name__ == "__main__":
    main()
