"""The layers as a wall: what each module may import, and the house rules that can be read off the source.

`complaints(root)` reads a tree; the last tests plant one fault each in a small tree and expect to hear of it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "deliberation_app"

# A layer and what it may import besides itself; single modules of the package count as layers. `app` knows them all.
MAY_IMPORT = {
    "errors": set(),
    "settings": {"errors"},
    "language": {"errors", "settings"},
    "domain": {"errors", "settings"},
    "storage": {"domain", "errors", "settings"},
    "papers": {"domain", "errors", "settings"},
    "services": {"domain", "storage", "papers", "errors", "settings"},
    "ui": {"domain", "services", "errors", "settings", "language"},
    "cli": {"errors", "settings", "language"},
    "call": {"services", "errors", "settings", "language", "cli"},
    "commands_demo": {"domain", "services", "errors", "settings", "language", "cli", "call"},
    "commands_register": {"services", "errors", "language", "cli", "call"},
    "commands": {
        "domain",
        "services",
        "errors",
        "settings",
        "language",
        "cli",
        "call",
        "commands_demo",
        "commands_register",
    },
}
ONLY_IN = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "qtawesome": {"ui"},
    "sqlalchemy": {"storage", "services"},
    "alembic": {"storage", "services"},
    "psycopg": {"storage", "services"},
    "reportlab": {"papers"},
}
# The only imports that may wait until they are needed, for the sake of the first frame.
DOORS = {
    "app.py": (
        "deliberation_app.ui",
        "deliberation_app.commands",
        "deliberation_app.call",
        "deliberation_app.services.work",
    ),
    "domain/script.py": ("opencc",),
    "domain/search_sounds.py": ("deliberation_app.domain.pinyin",),
    "storage/database.py": ("deliberation_app.storage.migrations",),
    "services/papers.py": ("deliberation_app.papers",),
    "services/signing_paper.py": ("deliberation_app.papers",),
    "ui/main_window.py": ("importlib",),
    "ui/shell.py": ("importlib",),
    "ui/kit/forms.py": ("importlib",),
    "ui/kit/icons.py": ("qtawesome",),
}
# Here a variable called kind is one of a widget or of a database; the kinds of meetings are known by their words.
OTHER_KINDS = ("ui/kit/", "storage/")
MAY_CATCH_ALL = {"ui/kit/run.py"}
MOST_LINES, MOST_FUNCTION_LINES = 350, 40

# Put together here so that this file does not complain of itself.
MACHINE = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + "home/", "pypi" + r"\.org", "pythonhosted" + r"\.")))
TEXT_SUFFIXES = {".py", ".ui", ".qss", ".sh", ".cmd", ".md", ".toml", ".po", ".ini", ".mako"}
UNFINISHED = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
NOT_RUN = re.compile("mark" + r"\.(skip|xfail)|pytest" + r"\.(skip|xfail|importorskip)\b")


class Source(NamedTuple):
    """One module of the package, read."""

    place: str
    tree: ast.Module
    text: str
    nodes: tuple[ast.AST, ...]

    @property
    def layer(self) -> str:
        """The folder below the package, or the module itself."""
        return self.place.split("/")[0].removesuffix(".py")

    @property
    def in_package(self) -> list[str]:
        """The package the module lies in, as names."""
        return [PACKAGE, *self.place.split("/")[:-1]]


def sources(root: Path) -> Iterator[Source]:
    """Every module of the package below `root`."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        # Walked once for all rules: the walk is most of the work.
        yield Source(path.relative_to(root / PACKAGE).as_posix(), tree, text, tuple(ast.walk(tree)))


def imported(node: ast.AST) -> list[str]:
    """The modules that one node imports, by statement or by call."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" if node.module else alias.name for alias in node.names]
    if isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
        return [
            a.value.partition(":")[0] for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
    return []


def called(node: ast.Call) -> str:
    """The last name of what a call calls."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def layer_complaints(source: Source) -> Iterator[str]:
    """Imports that go up, sideways or to a library of another layer; wherever they stand."""
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{source.place}:{node.lineno} imports relatively"
        for name in imported(node):
            parts = name.split(".")
            if parts[0] == PACKAGE and len(parts) > 1:
                if parts[1] != source.layer and parts[1] not in MAY_IMPORT.get(source.layer, set(MAY_IMPORT)):
                    yield f"{source.place}:{node.lineno} {source.layer} must not import {parts[1]}"
            elif source.layer not in ONLY_IN.get(parts[0], {source.layer}):
                yield f"{source.place}:{node.lineno} {source.layer} must not import {parts[0]}"


def late_import_complaints(source: Source) -> Iterator[str]:
    """Imports inside functions and imports by name, except through the named doors."""
    doors = DOORS.get(source.place, ())
    indented = any(isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset for node in source.nodes)
    for function in source.nodes if indented else ():
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    for name in imported(node):
                        if not name.startswith(doors or ("\0",)):
                            yield f"{source.place}:{node.lineno} imports {name} inside a function"
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) in ("import_module", "__import__") and "importlib" not in doors:
            yield f"{source.place}:{node.lineno} imports by name"


def strings(node: ast.AST) -> set[str]:
    """The text constants in an expression."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def kind_complaints(source: Source, meeting_kinds: frozenset[str]) -> Iterator[str]:
    """Decisions by the kind of a meeting that belong into a line of a table of the domain."""
    if source.layer == "domain":
        return
    for node in source.nodes:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            said = set().union(*map(strings, sides))
            by_name = any("kind" in (getattr(s, "id", ""), getattr(s, "attr", "")) for s in sides) and said
            if said & meeting_kinds or (by_name and not source.place.startswith(OTHER_KINDS)):
                yield f"{source.place}:{node.lineno} decides by kind"
        elif isinstance(node, ast.match_case) and strings(node.pattern) & meeting_kinds:
            yield f"{source.place}:{node.pattern.lineno} decides by kind"


def except_complaints(source: Source) -> Iterator[str]:
    """Handlers that swallow what nobody foresaw."""
    if source.place in MAY_CATCH_ALL:
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"Exception"}
        elif isinstance(node, ast.Call) and called(node) == "suppress":
            names = {a.id for a in node.args if isinstance(a, ast.Name)}
        else:
            continue
        if names & {"Exception", "BaseException"}:
            yield f"{source.place}:{node.lineno} catches everything"


def size_complaints(source: Source) -> Iterator[str]:
    """Files and functions that hold more than one idea; a migration is a record of the past and stays as it was."""
    if source.place.startswith("storage/migrations/versions/"):
        return
    lines = source.text.count("\n")
    if lines > MOST_LINES:
        yield f"{source.place} has {lines} lines"
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{source.place}:{node.lineno} {node.name} has {length} lines"


def docstring_complaints(source: Source) -> Iterator[str]:
    """Modules and public names that do not say what they are; Qt's own names say it themselves."""
    if not ast.get_docstring(source.tree):
        yield f"{source.place} has no docstring"
    owners: list[ast.Module | ast.ClassDef] = [source.tree]
    while owners:
        for node in owners.pop().body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                if isinstance(node, ast.ClassDef):
                    owners.append(node)
                overrides_qt = isinstance(node, ast.FunctionDef) and re.search("[a-z][A-Z]", node.name)
                if not (node.name.startswith("_") or overrides_qt or ast.get_docstring(node)):
                    yield f"{source.place}:{node.lineno} {node.name} has no docstring"


def form_complaints(root: Path, modules: Iterable[Source]) -> Iterator[str]:
    """Forms without a module of the same stem, and modules that load a form that is not theirs or not there."""
    forms = {path.stem for path in (root / "forms").glob("*.ui")}
    ui = {source.place.rpartition("/")[2].removesuffix(".py"): source for source in modules if source.layer == "ui"}
    for stem in sorted(forms - set(ui)):
        yield f"forms/{stem}.ui has no module of its name"
    loaded = {stem: set(loaded_forms(source)) for stem, source in ui.items()}
    for stem in sorted(forms & set(ui)):
        if stem not in loaded[stem]:
            yield f"forms/{stem}.ui is not loaded by {ui[stem].place}"
    for stem, names in loaded.items():
        for name in sorted(names):
            if name not in forms or name != stem:
                yield f"{ui[stem].place} loads forms/{name}.ui, which is not its own or is not there"


def loaded_forms(source: Source) -> Iterator[str]:
    """The stems of the forms that a module names."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) in ("load", "load_form"):
            owner = getattr(getattr(node.func, "value", None), "id", "forms")
            if owner == "forms":
                yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def text_complaints(root: Path) -> Iterator[str]:
    """Words that do not belong into the repository: places of one machine, unfinished work, tests that do not run."""
    for path in text_files(root):
        place = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if MACHINE.search(line):
                yield f"{place}:{number} names a machine or a registry"
            if UNFINISHED.search(line):
                yield f"{place}:{number} is unfinished"
            if NOT_RUN.search(line):
                yield f"{place}:{number} is a test that does not run"


def text_files(folder: Path) -> Iterator[Path]:
    """The files written by people, without what the set-up and the tools put beside them."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name == "__pycache__" or path.suffix == ".egg-info":
            continue
        if path.is_dir():
            yield from text_files(path)
        elif path.suffix in TEXT_SUFFIXES:
            yield path


def complaints(root: Path) -> list[str]:
    """Everything that is against the house rules below `root`."""
    modules = list(sources(root))
    schema = json.loads((ROOT / "resources" / "meeting-file.schema.json").read_text(encoding="utf-8"))
    kinds = frozenset(kinds_of(schema))
    found = [*form_complaints(root, modules), *text_complaints(root)]
    for source in modules:
        found += layer_complaints(source)
        found += late_import_complaints(source)
        found += kind_complaints(source, kinds)
        found += except_complaints(source)
        found += size_complaints(source)
        found += docstring_complaints(source)
    return list(dict.fromkeys(found))


def kinds_of(schema: object) -> Iterator[str]:
    """The kinds of meetings of the schema, wherever it lists them."""
    if isinstance(schema, dict):
        if "branch_assembly" in schema.get("enum", ()):
            yield from schema["enum"]
        for part in schema.values():
            yield from kinds_of(part)


def test_the_house_keeps_its_rules() -> None:
    """No complaint in the whole repository."""
    assert complaints(ROOT) == []


def test_the_walk_sees_the_house() -> None:
    """The checks read every layer, and know the kinds of meetings."""
    assert {source.layer for source in sources(ROOT)} >= {"domain", "storage", "papers", "services", "ui", "app"}
    schema = json.loads((ROOT / "resources" / "meeting-file.schema.json").read_text(encoding="utf-8"))
    assert len(set(kinds_of(schema))) == 15


# Where a fault is planted, its text, and words of the complaint that must follow.
PLANTED = {
    "domain imports storage": ("domain/a.py", "from deliberation_app.storage import base\n", "must not import storage"),
    "domain imports papers whole": ("domain/a.py", "import deliberation_app.papers.sheet\n", "must not import papers"),
    "domain imports the language": ("domain/a.py", "from deliberation_app.language import _\n", "import language"),
    "package imported by its name": ("domain/a.py", "from deliberation_app import services\n", "import services"),
    "papers imports storage": ("papers/a.py", "from deliberation_app.storage.base import Kept\n", "import storage"),
    "storage imports services": ("storage/a.py", "import deliberation_app.services.work\n", "import services"),
    "services imports ui": ("services/a.py", "from deliberation_app.ui.kit import theme\n", "import ui"),
    "ui imports storage": ("ui/a.py", "from deliberation_app.storage import records\n", "import storage"),
    "for the checker only": (
        "domain/a.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from deliberation_app.storage.base import Kept\n",
        "must not import storage",
    ),
    "inside a function": ("domain/a.py", "def _f():\n    import sqlalchemy.orm\n", "must not import sqlalchemy"),
    "Qt in services": ("services/a.py", "from PySide6.QtCore import QObject\n", "must not import PySide6"),
    "ReportLab in services": ("services/a.py", "import reportlab.pdfgen\n", "must not import reportlab"),
    "Alembic in ui": ("ui/a.py", "import alembic\n", "must not import alembic"),
    "icons in papers": ("papers/a.py", "import qtawesome\n", "must not import qtawesome"),
    "relative import": ("domain/a.py", "from . import votes\n", "imports relatively"),
    "late import": ("services/a.py", "def _f():\n    import json\n", "inside a function"),
    "late import in a lambda's method": (
        "ui/a.py",
        "class _A:\n    def f(self):\n        import json\n",
        "inside a function",
    ),
    "import by name": ("services/a.py", "import importlib\n_m = importlib.import_module('json')\n", "imports by name"),
    "layer by name": (
        "domain/a.py",
        "import importlib\n_m = importlib.import_module('deliberation_app.ui.kit')\n",
        "must not import ui",
    ),
    "kind by name": ("services/a.py", "def _f(kind):\n    if kind == 'x':\n        return 1\n", "decides by kind"),
    "kind of a record": ("papers/a.py", "def _f(m):\n    return m.kind in ('a', 'b')\n", "decides by kind"),
    "kind by value": ("ui/kit/b.py", "def _f(w):\n    return w == 'party_lecture'\n", "decides by kind"),
    "kind by match": (
        "ui/a.py",
        "def _f(w):\n    match w:\n        case 'theme_day':\n            return 1\n",
        "decides by kind",
    ),
    "broad except": ("ui/a.py", "try:\n    _a = 1\nexcept Exception:\n    _a = 2\n", "catches everything"),
    "bare except": ("ui/a.py", "try:\n    _a = 1\nexcept:\n    _a = 2\n", "catches everything"),
    "one of several": (
        "ui/a.py",
        "try:\n    _a = 1\nexcept (OSError, BaseException):\n    _a = 2\n",
        "catches everything",
    ),
    "suppress": (
        "ui/a.py",
        "from contextlib import suppress\nwith suppress(Exception):\n    _a = 1\n",
        "catches everything",
    ),
    "long file": ("domain/a.py", "_a = 1\n" * 351, "has 352 lines"),
    "long function": ("domain/a.py", "def _f():\n" + "    a = 1\n" * 40, "_f has 41 lines"),
    "no docstring": ("domain/a.py", "def f():\n    return 1\n", "f has no docstring"),
    "method without docstring": (
        "domain/a.py",
        "class _A:\n    def f(self):\n        return 1\n",
        "f has no docstring",
    ),
    "place on a machine": ("domain/a.py", "_A = '/" + "root/x'\n", "names a machine"),
    "registry": ("domain/a.py", "# see pypi" + ".org\n", "names a machine"),
    "unfinished": ("domain/a.py", "# TO" + "DO later\n", "is unfinished"),
    "form without module": ("../forms/b.ui", "<ui/>\n", "forms/b.ui has no module"),
    "form not loaded": ("../forms/a.ui", "<ui/>\n", "is not loaded by ui/a.py"),
    "form not there": ("ui/a.py", "from deliberation_app.ui.kit import forms\n_w = forms.load('a')\n", "not there"),
    "skipped test": (
        "../tests/test_a.py",
        "import pytest\n@pytest.mark" + ".skip\ndef test_a(): ...\n",
        "does not run",
    ),
}


def plant(root: Path, place: str, text: str) -> None:
    """A small sound tree with one fault in it."""
    for sound in ("domain/a", "storage/a", "papers/a", "services/a", "ui/a", "ui/kit/k"):
        module = root / PACKAGE / f"{sound}.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text('"""Sound."""\n', encoding="utf-8")
    path = root / PACKAGE / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path = path.resolve()
    path.write_text(('"""Planted."""\n' if path.suffix == ".py" else "") + text, encoding="utf-8")


@pytest.mark.parametrize(("place", "text", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, place: str, text: str, words: str) -> None:
    """Each check can fail, and says nothing about the rest of the tree."""
    plant(tmp_path, place, text)
    found = complaints(tmp_path)
    assert any(words in line for line in found), found
    assert all(place.removeprefix("../") in line for line in found), found


def test_a_sound_tree_is_silent(tmp_path: Path) -> None:
    """What the rules allow is allowed: going down, the doors, a form with its module."""
    plant(tmp_path, "domain/a.py", "import json\nfrom deliberation_app.errors import N_\n")
    services = "from deliberation_app.storage import base\nfrom sqlalchemy.orm import Session\n"
    (tmp_path / PACKAGE / "services/a.py").write_text('"""Sound."""\n' + services, encoding="utf-8")
    door = '"""Sound."""\ndef _f():\n    from deliberation_app.papers import record\n'
    (tmp_path / PACKAGE / "services/papers.py").write_text(door, encoding="utf-8")
    form = '"""Sound."""\nfrom deliberation_app.ui.kit import forms\n_W = forms.load("page")\n'
    (tmp_path / PACKAGE / "ui/page.py").write_text(form, encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/page.ui").write_text("<ui/>", encoding="utf-8")
    assert complaints(tmp_path) == []
