"""Makes the catalogues of translations: `build.py` compiles them, `build.py --update` collects the sentences first.

`--update` reads the English sentences of the package and of the forms, keeps the Chinese
that the catalogue has for them, and makes the Traditional Chinese from the Simplified.
"""

from __future__ import annotations

import argparse
import functools
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
DOMAIN = "deliberation"
LANGUAGES = ("zh_CN", "zh_TW")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext_": (1, 2)}

# Words of this field that the computing words of the general conversion would spoil: only their characters change.
OF_THE_FIELD = (
    "社区",
    "支持",
    "项目",
    "审核",
    "权限",
    "对象",
    "保存",
    "发布",
    "程序问题",
    "表决程序",
    "法定程序",
    "会议程序",
    "议事程序",
    "民主程序",
    "规范性文件",
    "上级文件",
    "存档文件",
    "批准文件",
    "依据文件",
    "归档文件",
    "卷内文件",
    "类型",
    "人数据此",
    "年内核实",
    "查看",
    "菜单",
    "设置小组",
    "参数",
)
# 文件 is a paper where the English source speaks of papers; of a file on a disk it is 檔案, and 文件夹 is a folder.
PAPER = "文件(?!夹)"
OF_PAPERS = re.compile(r"\b(paper|document)s?\b", re.IGNORECASE)
OF_FILES = re.compile(r"\bfiles?\b", re.IGNORECASE)
# What Taiwan writes otherwise than the conversion does, and the words that it cuts apart wrongly.
IN_TAIWAN = {"臺": "台", "數據庫": "資料庫", "“": "「", "”": "」"}
# Characters of other words (a bamboo slip, hair, one of a pair, flour, a watch), put there where two words meet:
# 证书|签名, 结束|发言, 最多只|能, 和|面积, 每名|表决. This program never speaks of those things.
CUT_APART = (
    (re.compile("(?<![標抽])籤"), "簽"),
    *((re.compile(one), other) for one, other in ("髮發", "隻只", "麵面", "錶表")),
)

MessageId = str | tuple[str, str]


def catalogue_path(language: str) -> Path:
    """The catalogue of one language."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(path: Path) -> Catalog:
    """The entries of a .po file; a file that is not there is empty."""
    if not path.exists():
        return Catalog(domain=DOMAIN)
    return read_po(io.BytesIO(path.read_bytes()), domain=DOMAIN, abort_invalid=True)


def words_of_code(path: Path) -> Iterator[MessageId]:
    """The sentences a module marks with _, N_ or ngettext_."""
    for _line, found, _comments, _context in extract("python", io.BytesIO(path.read_bytes()), KEYWORDS):
        if isinstance(found, str):
            yield found
        elif found[0]:
            yield found[0], found[1]


def words_of_form(path: Path) -> Iterator[str]:
    """The translatable texts of a Designer form."""
    for element in ElementTree.parse(path).getroot().iter("string"):
        if element.text and element.text.strip() and element.get("notr") != "true":
            yield element.text


def words_in_use(root: Path = ROOT) -> dict[MessageId, set[str]]:
    """Every sentence of the program with the files that say it."""
    found: dict[MessageId, set[str]] = {}
    for path in sorted((root / "deliberation_app").rglob("*.py")):
        for message in words_of_code(path):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    for path in sorted((root / "forms").glob("*.ui")):
        for message in words_of_form(path):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return join_plurals(found)


def join_plurals(found: dict[MessageId, set[str]]) -> dict[MessageId, set[str]]:
    """A sentence that stands alone and also as a singular is one entry of a catalogue."""
    for message in [key for key in found if isinstance(key, tuple)]:
        found[message] |= found.pop(message[0], set())
    return found


def translations(catalogues: list[Catalog]) -> dict[str, tuple[str, ...]]:
    """Translations by English sentence (the singular); later catalogues win, empty ones do not count."""
    known: dict[str, tuple[str, ...]] = {}
    for catalogue in catalogues:
        for message in catalogue:
            if message.id and text_of(message):
                known[singular(message)] = (text_of(message),)
    return known


def text_of(message: Message) -> str:
    """The translation of an entry; Chinese has one form for all counts."""
    return message.string if isinstance(message.string, str) else message.string[0]


def singular(message: Message) -> str:
    """The English sentence an entry is known by."""
    return message.id if isinstance(message.id, str) else message.id[0]


@functools.cache
def converter(table: str) -> Callable[[str], str]:
    """The converter of one table; making one reads its dictionaries, so each is made once."""
    # Only who updates the catalogues needs the converter; compiling in the set-up does not wait for it.
    from opencc import OpenCC

    return OpenCC(table).convert


def to_taiwan(text: str, source: str = "") -> str:
    """Simplified Chinese in the characters and words of Taiwan; the English source tells a paper from a file."""
    words, characters = converter("s2twp"), converter("s2tw")
    papers = OF_PAPERS.search(source) is not None and OF_FILES.search(source) is None
    kept = re.compile("|".join((*OF_THE_FIELD, *((PAPER,) if papers else ()))))
    parts = re.split(f"({kept.pattern})", text)
    told = "".join(characters(part) if kept.fullmatch(part) else words(part) for part in parts)
    for wrong, right in CUT_APART:
        told = wrong.sub(right, told)
    return functools.reduce(lambda said, pair: said.replace(*pair), IN_TAIWAN.items(), told)


def filled(language: str, used: dict[MessageId, set[str]], known: dict[str, tuple[str, ...]]) -> Catalog:
    """The catalogue of exactly the sentences in use."""
    catalogue = Catalog(locale=language, domain=DOMAIN, project="deliberation-app", fuzzy=False)
    for message_id, places in used.items():
        key = message_id if isinstance(message_id, str) else message_id[0]
        text = known.get(key, ("",))[0]
        string = text if isinstance(message_id, str) else (text,)
        catalogue.add(message_id, string, locations=[(place, None) for place in sorted(places)])
    return catalogue


def save(catalogue: Catalog, language: str) -> None:
    """Write a catalogue so that the same entries give the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=120, sort_output=True, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + out.getvalue())


def update() -> list[str]:
    """Bring both catalogues up to date; returns the sentences that still have no Chinese."""
    used = words_in_use()
    known = translations([read(catalogue_path("zh_CN"))])
    save(filled("zh_CN", used, known), "zh_CN")
    taiwan = {key: (to_taiwan(texts[0], key),) for key, texts in known.items()}
    save(filled("zh_TW", used, taiwan), "zh_TW")
    keys = (message if isinstance(message, str) else message[0] for message in used)
    return sorted(key for key in keys if key not in known)


def compile_all() -> None:
    """Write the .mo file of each catalogue; an entry without translation is left to the English source."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = read(path)
        # Left in, an empty plural would be compiled as its English singular, for every count.
        for empty in [message.id for message in catalogue if message.id and not text_of(message)]:
            catalogue.delete(empty)
        out = io.BytesIO()
        write_mo(out, catalogue)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".mo").write_bytes(out.getvalue())


def main() -> int:
    """Compile, after an update if that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="collect the sentences first")
    missing = update() if parser.parse_args().update else []
    for message in missing:
        sys.stderr.write(f"no Chinese yet: {message!r}\n")
    compile_all()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
