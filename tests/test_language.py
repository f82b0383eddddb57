"""Every sentence of the program is said in every language, with the same values in it."""

from __future__ import annotations

import gettext
import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

from deliberation_app import language
from deliberation_app.errors import AppError

ROOT = Path(__file__).resolve().parent.parent


def load_build() -> ModuleType:
    """The script that makes the catalogues, which is no module of the package."""
    spec = importlib.util.spec_from_file_location("build", ROOT / "resources" / "translations" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load_build()


def values_in(sentence: str) -> set[str]:
    """The placeholders of a sentence, without what formats them."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def entries(tongue: str) -> dict[str, str]:
    """English sentence → translation, as the catalogue has them."""
    catalogue = build.read(build.catalogue_path(tongue))
    return {build.singular(m): m.string if isinstance(m.string, str) else m.string[0] for m in catalogue if m.id}


def used() -> set[str]:
    """The English sentences of the program."""
    return {message if isinstance(message, str) else message[0] for message in build.words_in_use()}


@pytest.mark.parametrize("tongue", build.LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(tongue: str) -> None:
    """What is missing is listed; `build.py --update` brings a catalogue up to date."""
    translated = {message for message, text in entries(tongue).items() if text}
    assert sorted(used() - translated) == []
    assert sorted(set(entries(tongue)) - used()) == []


@pytest.mark.parametrize("tongue", build.LANGUAGES)
def test_translations_hold_the_same_values(tongue: str) -> None:
    """A placeholder lost in translation would be a number nobody sees, a wrong one would break the sentence."""
    different = [
        (message, text) for message, text in entries(tongue).items() if text and values_in(message) != values_in(text)
    ]
    assert different == []


@pytest.mark.parametrize("tongue", build.LANGUAGES)
def test_an_entry_stands_once(tongue: str) -> None:
    """Two entries for one sentence would hide one another."""
    path = build.catalogue_path(tongue)
    lines = path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []
    heads = ["".join(part.partition("msgid ")[2].partition("\nmsgstr")[0].split('"\n"')) for part in lines]
    assert len(heads) == len(set(heads))


def test_sentences_are_found_in_code_and_forms(tmp_path: Path) -> None:
    """Marked sentences, joined strings, plurals, and the texts of a form that are meant for people."""
    (tmp_path / "deliberation_app").mkdir()
    (tmp_path / "forms").mkdir()
    code = (
        '_("One")\nraise_(N_("Two "\n   "lines {x}"))\nngettext_("{n} page", "{n} pages", 2)\n_("{n} page")\n_(name)\n'
    )
    (tmp_path / "deliberation_app" / "a.py").write_text(code, encoding="utf-8")
    form = '<ui><p><string>Take &amp;over</string><string notr="true">x</string><string/><string> </string></p></ui>'
    (tmp_path / "forms" / "a.ui").write_text(form, encoding="utf-8")
    found = build.words_in_use(tmp_path)
    assert set(found) == {"One", "Two lines {x}", ("{n} page", "{n} pages"), "Take &over"}
    assert found["Take &over"] == {"forms/a.ui"}


def test_catalogues_are_written_the_same_way_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that finds nothing new changes nothing, and nothing is lost on the way."""
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    messages = {"Save": {"a.py"}, ("{n} page", "{n} pages"): {"b.py"}, "New": {"a.py"}}
    known = {"Save": ("保存",), "{n} page": ("{n}页",), "Gone": ("不再用",)}
    build.save(build.filled("zh_CN", messages, known), "zh_CN")
    first = build.catalogue_path("zh_CN").read_bytes()
    again = build.translations([build.read(build.catalogue_path("zh_CN"))])
    assert again == {"Save": ("保存",), "{n} page": ("{n}页",)}
    build.save(build.filled("zh_CN", messages, again), "zh_CN")
    assert build.catalogue_path("zh_CN").read_bytes() == first


def test_what_has_no_chinese_yet_stays_english_in_its_own_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty entry is no translation, not of a plural either."""
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    for tongue in build.LANGUAGES:
        build.save(build.filled(tongue, {("{n} page", "{n} pages"): {"a.py"}, "Save": {"a.py"}}, {}), tongue)
    build.compile_all()
    spoken = gettext.translation(build.DOMAIN, tmp_path, ["zh_CN"])
    assert [spoken.ngettext("{n} page", "{n} pages", n) for n in (1, 2)] == ["{n} page", "{n} pages"]
    assert spoken.gettext("Save") == "Save"


def test_traditional_chinese_says_what_taiwan_says() -> None:
    """Characters and words are converted, placeholders are left alone."""
    assert build.to_taiwan("打印{count}份会议记录") == "列印{count}份會議記錄"
    assert build.to_taiwan("社区支持，表决程序合法，程序已保存") == "社區支持，表決程序合法，程式已保存"
    assert build.to_taiwan("这台电脑，查看会议类型：“党课”") == "這台電腦，查看會議類型：「黨課」"
    assert build.to_taiwan("应到人数据此计算，另一个数据库") == "應到人數據此計算，另一個資料庫"
    assert build.to_taiwan("程序问题") == "程序問題"
    assert build.to_taiwan("文件，文件夹", "The paper, the folder") == "文件，資料夾"
    assert build.to_taiwan("批准文件，数据库文件", "The file") == "批准文件，資料庫檔案"


# What a meeting is told in; none of these words may be spoilt by the conversion, wherever it stands in a sentence.
FIELD = (
    "签名 签到 手签 未签 已签 发言 表决 记名 只能 面积 程序问题 批准文件 依据文件 归档文件 卷内文件 存档文件 菜单 核实 "
    "会议 议题 议程 支部 党员 业主 居民 代表 赞成 反对 弃权 票数 计票 选举 候选人 应到 实到 请假 缺席 列席 委托 公示 "
    "决议 记录 纪要 承诺 主持人 社区 项目 类型 对象 支持 权限 监督 程序合法 书面意见 征求 复核 准备 其余 规划"
)


@pytest.mark.parametrize("word", FIELD.split())
def test_words_of_a_meeting_stay_those_words_in_taiwan(word: str) -> None:
    """Of a slip, of hair, a watch or a computer program no sentence speaks only because two words met."""
    characters = build.converter("s2tw")(word).replace("籤", "簽")
    spoilt = [
        (text, told)
        for message, text in entries("zh_CN").items()
        if (told := build.to_taiwan(text, message)).count(characters) < text.count(word)
    ]
    assert spoilt == []


@pytest.mark.parametrize(("tongue", "told"), [("zh_CN", "9月30日"), ("zh_TW", "9月30日"), ("en", "30 Sep")])
def test_a_day_is_said_as_each_language_says_it(tongue: str, told: str) -> None:
    """Nobody has to know whether the month or the day comes first."""
    before = language.current()
    try:
        language.use(tongue)
        assert told in language.render(AppError("Given {month}/{day}", month=9, day=30))
        assert language.render(AppError("page {month} of {day}", month=9, day=30)) == "page 9 of 30"
    finally:
        language.use(before)


@pytest.mark.parametrize(("tongue", "told"), [("zh_CN", ("停留 1 天", "停留 3 天")), ("en", ("1 day", "3 days"))])
def test_a_count_stands_in_its_own_form(tongue: str, told: tuple[str, str]) -> None:
    """One day, three days."""
    before = language.current()
    try:
        language.use(tongue)
        assert tuple(language.ngettext_("{days} day", "{days} days", n).format(days=n) for n in (1, 3)) == told
    finally:
        language.use(before)


@pytest.mark.parametrize("tongue", language.LANGUAGES)
def test_a_refusal_is_rendered_in_each_language(tongue: str) -> None:
    """An error within an error is a sentence within a sentence; unknown sentences stay English."""
    before = language.current()
    try:
        language.use(tongue)
        inner = AppError("line {n}", n=3)
        assert language.render(AppError("Refused: {why}", why=inner)).endswith("3")
        assert language._("") == ""
    finally:
        language.use(before)


@pytest.mark.parametrize("found", [None, b"", b"\xde\x12\x04\x95\0\0", b"no catalogue at all, and long enough"])
def test_a_catalogue_that_is_missing_or_broken_leaves_english(
    found: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A meeting is held in English rather than not at all, and what is wrong is said."""
    spoken = language.current()
    if found is not None:
        file = tmp_path / "resources" / "translations" / "zh_TW" / "LC_MESSAGES" / "deliberation.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(found)
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr("deliberation_app.settings.path", tmp_path.joinpath)
            elsewhere.setattr(gettext, "_translations", {})
            language.use("zh_TW")
            said = language.fault()
            assert said is not None
            assert language.render(said) == str(said)
            assert language.current() == "zh_TW"
        language.use("en")
        assert language.fault() is None
    finally:
        language.use(spoken)


def test_english_has_the_narrow_marks_that_the_window_faces_have() -> None:
    language.use("en")
    assert language._("“{file}” is kept") == '"{file}" is kept'
    assert language.ngettext_("‘{one}’", "‘{one}’ and more", 2) == "'{one}' and more"
