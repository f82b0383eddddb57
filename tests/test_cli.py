"""The commands as a script sees them: exit status, standard output, standard error."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deliberation_app import cli, language
from deliberation_app.app import main, reach_input_method
from deliberation_app.errors import AppError, FileFaults, RuleBroken

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo"
CONSULTATION = DEMO / "shandalu194-consultation.json"


@pytest.fixture(autouse=True)
def _own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings and data of a computer on which the program was never used, and no screen."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    before = language.current()
    yield
    language.use(before)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the program in English: status, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main(["--language", "en", *map(str, words)])
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


Say = Callable[..., tuple[int, str, str]]


def test_help_tells_what_is_built(say: Say) -> None:
    """Every command that works, and none that does not yet."""
    status, out, _ = say("--help")
    assert status == 0
    for name in cli.COMMANDS:
        assert f"    {name} " in out
    assert "backup" not in out
    assert say("export", "--help")[0] == 0


@pytest.mark.parametrize("tongue", ["zh_CN", "zh_TW"])
def test_help_speaks_chinese(tongue: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The first language is that of the people who use it."""
    with pytest.raises(SystemExit):
        main(["--language", tongue, "--help"])
    assert ("数据库" if tongue == "zh_CN" else "資料庫") in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("import",), ("list", "people"), ("export", "latest"), ("--language", "tlh")],
)
def test_wrong_usage_ends_in_2(say: Say, words: tuple[str, ...]) -> None:
    """Nothing is printed where a script would read an answer."""
    status, out, err = say(*words)
    assert status == 2
    assert out == ""
    assert err


def test_global_options_stand_before_or_after(tmp_path: Path) -> None:
    """People write them where they remember them."""
    for words in (["--database", "x", "--debug", "check"], ["check", "--database", "x", "--debug"]):
        told = cli.parser().parse_args(words)
        assert (told.command, told.database, told.debug, told.language) == ("check", "x", True, None)


@pytest.mark.parametrize("what", ["papers", "rules", "kinds", "duties"])
def test_tables_are_listed(say: Say, what: str) -> None:
    """Each line of a table has an id and a title."""
    status, out, err = say("list", what, "--json")
    assert (status, err) == (0, "")
    rows = json.loads(out)
    assert rows
    assert all(row["id"] and row["title"] for row in rows)
    _, text, _ = say("list", what)
    assert len(text.splitlines()) == len(rows)


def test_a_meeting_goes_in_and_comes_out(say: Say, tmp_path: Path) -> None:
    """Import, list, export by latest, by id and by its beginning; the second import says that nothing changed."""
    database = tmp_path / "a.sqlite"
    status, out, err = say("--database", database, "import", CONSULTATION)
    assert (status, err) == (0, "")
    assert CONSULTATION.name in out
    assert "unchanged" in say("import", CONSULTATION)[1]  # the database of the last use
    rows = json.loads(say("list", "meetings", "--json")[1])
    told = json.loads(CONSULTATION.read_text(encoding="utf-8"))
    assert [row["id"] for row in rows] == [told["meeting"]["id"]]
    assert told["meeting"]["title"] in say("list", "meetings")[1]
    assert len(json.loads(say("list", "items", "--json")[1])) == len(told["items"])
    files = []
    for number, name in enumerate(("latest", rows[0]["id"], rows[0]["id"][:3].upper())):
        file = tmp_path / f"{number}.json"
        assert say("export", name, "--to", file)[0] == 0
        files.append(file.read_bytes())
    assert files[0] == files[1] == files[2]
    assert json.loads(files[0])["meeting"]["title"] == told["meeting"]["title"]
    assert say("check")[0] == 0


def test_a_refused_file_names_each_place(say: Say, tmp_path: Path) -> None:
    """One line a fault, nothing on standard output, nothing changed; the next file is taken all the same."""
    told = json.loads(CONSULTATION.read_text(encoding="utf-8"))
    told["meeting"]["surprise"] = 1
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(told), encoding="utf-8")
    for words in (("import", bad, "--check"), ("import", bad)):
        status, out, err = say(*words)
        assert (status, out) == (1, "")
        assert [line.partition(": ")[0] for line in err.splitlines()] == ["/meeting"]
    assert json.loads(say("list", "meetings", "--json")[1]) == []
    status, out, err = say("import", bad, CONSULTATION)
    assert status == 1
    assert str(bad) in err
    assert "taken in" in out


@pytest.mark.parametrize("name", ["absent.json", "people.xlsx", "notes.txt", "folder.json"])
def test_what_is_no_meeting_file_is_refused(say: Say, tmp_path: Path, name: str) -> None:
    """A file that is not there, an empty one, one of another kind, a folder."""
    (tmp_path / "people.xlsx").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "folder.json").mkdir()
    status, out, err = say("import", tmp_path / name)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_a_register_goes_in_and_doubles_nobody(say: Say, tmp_path: Path) -> None:
    """CSV in GB 18030; the same list again changes nothing; every wrong cell is a line, and nothing was changed."""
    good, bad = tmp_path / "名册.csv", tmp_path / "错.csv"
    good.write_bytes(
        "姓名,手机,小区,楼栋,房号,业主\n范例安,13900000001,大院,1,101,是\n石䶮,,大院,1,102,否\n".encode("gb18030")
    )
    bad.write_text("姓名,手机\n张3,1390\n" + "李四,x\n" * 120, encoding="utf-8")
    assert "2 would be added" in say("import", good, "--check")[1]
    status, out, err = say("import", good)
    assert (status, "2 added" in out, err) == (0, True, "")
    assert "0 added, 0 changed, 2 as they were" in say("import", good)[1]
    status, out, err = say("import", bad)
    lines = err.splitlines()
    assert (status, out, len(lines)) == (1, "", 101)
    assert [line.partition(": ")[0] for line in lines[:3]] == ["错!A2", "错!B2", "错!B3"]
    assert "22" in lines[-1]


def test_a_check_needs_no_database(say: Say, tmp_path: Path) -> None:
    """--check changes nothing, not even by making a file."""
    status, out, _ = say("--database", tmp_path / "a.sqlite", "import", *sorted(DEMO.glob("*.json")), "--check")
    assert status == 0
    assert out.count("good") == 5
    assert not (tmp_path / "a.sqlite").exists()


def test_a_check_asks_the_database_and_changes_nothing_in_it(say: Say, tmp_path: Path) -> None:
    """An older revision is good by itself and refused where a newer one is."""
    database = tmp_path / "a.sqlite"
    say("--database", database, "import", CONSULTATION)
    before = json.loads(say("list", "meetings", "--json")[1])
    told = json.loads(CONSULTATION.read_text(encoding="utf-8"))
    told["meeting"]["title"] = "改过的标题"
    other = tmp_path / "other.json"
    for written, status in (("2020-01-01T00:00:00+08:00", 1), ("2030-01-01T00:00:00+08:00", 0)):
        other.write_text(json.dumps({**told, "written_at": written}, ensure_ascii=False), encoding="utf-8")
        found, out, err = say("import", "--check", other)
        assert found == status
        assert ("good" in out) == (status == 0)
        assert ("2020-01-01 00:00" in err) == (status == 1)
    assert json.loads(say("list", "meetings", "--json")[1]) == before


@pytest.mark.parametrize(
    "words",
    [
        ("list", "meetings"),
        ("export", "latest", "--to", "x.json"),
        ("paper", "latest", "record", "--to", "x.pdf"),
        ("verify", "x.pdf"),
        ("check",),
    ],
)
def test_who_reads_makes_no_database(say: Say, tmp_path: Path, words: tuple[str, ...]) -> None:
    """A mistyped name is refused, and the database of the last use stays what it was."""
    real, wrong = tmp_path / "real.sqlite", tmp_path / "wrong" / "raal.sqlite"
    say("--database", real, "import", DEMO / "theme-day.json")
    for place in (wrong, f"sqlite:///{wrong}"):
        status, out, err = say("--database", place, *words)
        assert (status, out) == (1, "")
        assert str(wrong) in err
    assert not wrong.parent.exists()
    assert len(json.loads(say("list", "meetings", "--json")[1])) == 1


def test_on_a_new_computer_there_is_nothing_and_nothing_is_left(say: Say, tmp_path: Path) -> None:
    """Reading does not begin a database of its own."""
    assert say("list", "meetings", "--json") == (0, "[]\n", "")
    assert say("export", "latest", "--to", tmp_path / "x.json")[0] == 1
    assert list(tmp_path.rglob("*.sqlite*")) == []


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("postgresql://me:secret@localhost:notaport/x", "postgresql://me:***@localhost:notaport/x"),
        ("postgresql://me:secret@localhost:1/x", "postgresql://me:***@localhost:1/x"),
        ("oracle://me:secret@localhost/x?password=secret", "oracle://me:***@localhost/x?password=***"),
    ],
)
def test_a_server_that_cannot_be_is_named_without_its_password(say: Say, place: str, shown: str) -> None:
    """As it was typed but for that; one line."""
    status, out, err = say("--database", place, "check")
    assert (status, out) == (1, "")
    assert shown in err
    assert "secret" not in err
    assert len(err.splitlines()) == 1


def test_refusals_are_sentences(say: Say, tmp_path: Path) -> None:
    """Meetings that are not there or not one, papers of which there are none, files of another kind."""
    assert say("export", "latest", "--to", tmp_path / "x.json")[0] == 1
    for file in sorted(DEMO.glob("*.json")):
        assert say("import", file)[0] == 0
    for words, part in (
        (("export", "", "--to", "x.json"), "No meeting"),
        (("export", "zzz", "--to", "x.json"), "zzz"),
        (("export", "latest", "--to", "x.txt"), ".json"),
        (("export", "latest", "--to", tmp_path / "no" / "x.json"), "x.json"),
        (("paper", "latest", "nonsense", "--to", "x.pdf"), "record"),
        (("paper", "latest", "ballot", "--to", "x.pdf"), "表决票"),
    ):
        status, out, err = say(*words)
        assert (status, out) == (1, ""), words
        assert part in err


def test_an_ambiguous_beginning_is_refused(say: Say, tmp_path: Path) -> None:
    """The answer says how many there are."""
    told = json.loads(CONSULTATION.read_text(encoding="utf-8"))
    rows = [json.loads(file.read_text(encoding="utf-8"))["meeting"]["id"] for file in DEMO.glob("*.json")]
    shared = [first[0] for first in rows if sum(other[0] == first[0] for other in rows) > 1]
    for file in sorted(DEMO.glob("*.json")):
        say("import", file)
    assert shared, told["meeting"]["id"]
    status, _, err = say("export", shared[0], "--to", tmp_path / "x.json")
    assert status == 1
    assert shared[0] in err


def test_the_record_is_written_and_verified(say: Say, tmp_path: Path) -> None:
    """As a PDF, by export and by paper, whole and masked; a stranger's PDF is unknown."""
    say("import", CONSULTATION)
    assert say("export", "latest", "--to", tmp_path / "a.pdf")[0] == 0
    assert say("paper", "latest", "record", "--to", tmp_path / "b.pdf")[0] == 0
    assert say("paper", "latest", "record", "--posted", "--to", tmp_path / "c.pdf")[0] == 0
    a, b, c = ((tmp_path / f"{name}.pdf").read_bytes() for name in "abc")
    assert a[:5] == b"%PDF-"
    assert a == b
    assert a != c
    status, out, err = say("verify", tmp_path / "c.pdf")
    assert (status, err) == (0, "")
    assert "same content, another file" in out
    assert say("--database", tmp_path / "other.sqlite", "import", DEMO / "theme-day.json")[0] == 0
    status, out, err = say("--database", tmp_path / "other.sqlite", "verify", tmp_path / "a.pdf")
    assert (status, out) == (1, "")
    assert "unknown" in err
    (tmp_path / "d.pdf").write_bytes(b"no PDF")
    assert say("verify", tmp_path / "d.pdf")[0] == 1


def test_the_demonstration_leaves_its_papers_where_there_is_no_screen(say: Say, tmp_path: Path) -> None:
    """Its database is its own and not that of the last use; a second time it does the same."""
    for _ in range(2):
        status, out, err = say("demo", "--to", tmp_path / "papers")
        assert (status, err) == (0, "")
        assert "no screen" in out.splitlines()[-1]
        papers = list((tmp_path / "papers").glob("*.pdf"))
        assert sorted({paper.stem.rpartition(" ")[2] for paper in papers}) == ["公示件", "存档件"]
        assert all(paper.read_bytes()[:5] == b"%PDF-" for paper in papers)
    assert json.loads(say("list", "meetings", "--json")[1]) == []


def test_the_demonstration_does_not_mix_with_real_records(say: Say, tmp_path: Path) -> None:
    """A database in use is refused by name, an empty one is filled, a broken-off filling leaves nothing."""
    real, fresh = tmp_path / "real.sqlite", tmp_path / "fresh.sqlite"
    assert say("--database", real, "import", CONSULTATION)[0] == 0
    before = say("--database", real, "list", "meetings", "--json")[1]
    status, out, err = say("--database", real, "demo", "--to", tmp_path / "papers")
    assert (status, out) == (1, "")
    assert str(real) in err
    assert say("--database", real, "list", "meetings", "--json")[1] == before
    (tmp_path / "fresh-unfinished.sqlite").write_bytes(b"half a filling")
    assert say("--database", fresh, "demo", "--to", tmp_path / "papers")[0] == 0
    assert sorted(path.name for path in tmp_path.glob("fresh*")) == ["fresh.sqlite", "fresh.sqlite.head"]
    assert say("--database", fresh, "check")[0] == 0


def test_a_seeded_database_does_not_replace_one(say: Say, tmp_path: Path) -> None:
    """It is made where nothing was."""
    file = tmp_path / "big.sqlite"
    assert say("seed-benchmark", "--to", file, "--scale", "0.0005")[0] == 0
    before = file.read_bytes()
    status, _, err = say("seed-benchmark", "--to", file)
    assert status == 1
    assert str(file) in err
    assert file.read_bytes() == before
    assert say("seed-benchmark", "--to", tmp_path / "none.sqlite", "--scale", "0")[0] == 1
    assert json.loads(say("--database", file, "list", "meetings", "--json")[1])


def test_without_a_screen_the_window_is_refused_in_a_sentence(say: Say) -> None:
    """Nobody waits for a window that cannot come."""
    status, out, err = say()
    assert (status, out) == (1, "")
    assert "no screen" in err


def test_a_screen_is_knocked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name alone is no screen; one in memory is none that anybody sees."""
    monkeypatch.setattr(sys, "platform", "linux")
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{number}.0")
        assert cli.has_display()
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        assert not cli.has_display()
        cli.require_display()
        monkeypatch.delenv("QT_QPA_PLATFORM")
    assert not cli.has_display()
    for name in ("", "nonsense", ":", ":987"):
        monkeypatch.setenv("DISPLAY", name)
        assert not cli.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert cli.has_display()


def test_many_faults_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A hundred lines and then how many more; a sentence of several lines stays one."""
    language.use("en")
    faults = tuple((f"/{n}", AppError("one\ntwo")) for n in range(103))
    cli.refuse(FileFaults("refused", faults, more=4))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "/0: one two"
    assert len(lines) == 101
    assert lines[-1] == "and 7 more"


def test_every_reason_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Not the first only."""
    cli.refuse(RuleBroken("Not yet", reasons=(AppError("one"), AppError("two {n}", n=2))))
    assert capsys.readouterr().err.splitlines() == ["Not yet", "- one", "- two 2"]


def run_python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A whole process, as a shell would start it."""
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_mishap_is_a_sentence_unless_debug_is_given() -> None:
    """Exit status 1 both ways; the traceback only for who asked for it."""
    code = "import sys; from deliberation_app import cli; cli.speak('zh_CN')\n{}\nraise KeyError('x')"
    quiet = run_python("-c", code.format("cli.say_mishaps_in_a_sentence()"), LC_ALL="C")
    assert quiet.returncode == 1
    assert "Traceback" not in quiet.stderr
    assert "KeyError" in quiet.stderr
    assert "没有保存半截内容" in quiet.stderr
    assert "Traceback" in run_python("-c", code.format("")).stderr


def test_a_reader_that_goes_away_is_no_mishap() -> None:
    """`list rules | head -1` says nothing on standard error."""
    command = f'"{sys.executable}" main.py list rules --json | head -c 10'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) == 10


@pytest.mark.parametrize(
    ("words", "closing", "status"),
    [
        ("--help", "| head -c 0", 0),
        ("list nonsense", ">&-  2>&-", 2),
        ("list rules --json", ">&-", 0),
        ("--help", ">&-", 0),
        ("list nonsense", "2>&-", 2),
        ("export nothing --to x.txt", "2>&-", 1),
    ],
)
def test_a_closed_door_is_no_mishap(words: str, closing: str, status: int) -> None:
    """Nobody listens on standard output or standard error: the status is the answer, and nothing is said elsewhere."""
    command = f'"{sys.executable}" main.py --language en {words} {closing}'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


def test_a_reader_that_is_gone_is_answered_with_1_and_silence() -> None:
    """The status of the program itself, not that of the reader."""
    read, write = os.pipe()
    os.close(read)
    told = [sys.executable, "main.py", "list", "rules", "--json"]
    with subprocess.Popen(told, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True) as process:
        os.close(write)
        assert process.communicate()[1] == ""
    assert process.returncode == 1


def test_wrong_usage_is_said_in_the_chosen_language(capsys: pytest.CaptureFixture[str]) -> None:
    """What argparse says by itself too, in whatever language the computer speaks."""
    with pytest.raises(SystemExit):
        main(["--language", "zh_CN", "list"])
    said = capsys.readouterr().err
    assert "用法" in said
    assert "usage" not in said
    assert "required" not in said


@pytest.mark.parametrize(("told", "becomes"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("xim", "xim")])
def test_fcitx_is_reached_through_ibus(monkeypatch: pytest.MonkeyPatch, told: str, becomes: str) -> None:
    """Without it nobody with Fcitx could type Chinese."""
    monkeypatch.setenv("QT_IM_MODULE", told)
    reach_input_method()
    assert os.environ["QT_IM_MODULE"] == becomes
