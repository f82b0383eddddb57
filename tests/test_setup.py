"""The set-up: quick and silent when done, a sentence when it cannot be done, made anew when it was broken off.

Stand-ins for Python, uv and the system's commands take the place of what would need a network or rights.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ("run.sh", "test.sh", "setup.sh", "main.py", "uv.lock", "pyproject.toml")
SAYS_ITS_WORDS = '#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\n'
MAKES_PYTHON = (
    "#!/bin/sh\n"
    'mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"\n'
    'echo "$@" >>"$UV_PROJECT_ENVIRONMENT/../uv-was-called"\n'
    'cp "$UV_PROJECT_ENVIRONMENT/../python" "$UV_PROJECT_ENVIRONMENT/bin/python"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout in a folder with a space in its name, where uv makes a Python that repeats its words."""
    folder = tmp_path / "check out"
    (folder / "resources" / "translations").mkdir(parents=True)
    for name in SCRIPTS:
        shutil.copy(ROOT / name, folder / name)
    executable(folder / "python", SAYS_ITS_WORDS)
    executable(folder / ".uv" / "bin" / "uv", MAKES_PYTHON)
    (folder / ".uv" / f"ready-{uv_version()}").touch()
    # Whatever this machine has or lacks, the libraries of the windows are there.
    every = "".join(f"printf '%s ()\\n' {name}\n" for name in libraries())
    executable(tmp_path / "bin" / "ldconfig", "#!/bin/sh\n" + every)
    return folder


def executable(path: Path, text: str) -> None:
    """A stand-in for a command."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def assigned(name: str) -> str:
    """A value that setup.sh sets."""
    text = (ROOT / "setup.sh").read_text(encoding="utf-8")
    value = text.split(f"\n{name}=")[1]
    return value[1:].split("'")[0] if value.startswith("'") else value.split("\n")[0]


def uv_version() -> str:
    """The version of uv the set-up installs."""
    return assigned("uv_version")


def libraries() -> list[str]:
    """The files of the libraries the windows need."""
    return [line.split()[0] for line in assigned("window_libraries").splitlines()]


def start(folder: Path, *words: str, locale: str = "C", user: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run run.sh from another folder, as somebody would."""
    path = f"{folder.parent / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(folder / "run.sh"), *words],
        cwd="/",
        env={"PATH": path, "HOME": str(folder.parent), "LC_ALL": locale},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        user=user,
        stdin=subprocess.DEVNULL,
    )


def test_the_first_start_prepares_and_the_second_does_not(folder: Path) -> None:
    """uv is asked once; the words reach the program as they were given, and nothing else reaches standard output."""
    first = start(folder, "list", "two words", "*", "")
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"<{folder}/main.py><list><two words><*><>"
    assert "once" in first.stderr
    second = start(folder, "demo")
    assert (second.returncode, second.stdout, second.stderr) == (0, f"<{folder}/main.py><demo>", "")
    called = (folder / "uv-was-called").read_text(encoding="utf-8").splitlines()
    assert len(called) == 1
    assert "--frozen" in called[0]
    assert "--compile-bytecode" in called[0]


@pytest.mark.parametrize("changed", ["uv.lock", "setup.sh", "pyproject.toml"])
def test_a_change_of_what_is_needed_prepares_again(folder: Path, changed: str) -> None:
    """The checksum notices a new lock file; a moved checkout too, because environments know their place."""
    start(folder)
    with (folder / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert "once" in start(folder).stderr
    assert start(folder).stderr == ""
    moved = folder.rename(folder.parent / "moved")
    assert "once" in start(moved).stderr


def test_a_broken_off_set_up_starts_with_a_fresh_environment(folder: Path) -> None:
    """What was half written is not trusted."""
    executable(folder / ".uv" / "bin" / "uv", "#!/bin/sh\nkill -KILL $PPID\n")
    assert start(folder).returncode != 0
    executable(folder / ".venv" / "bin" / "python", "#!/bin/sh\n")
    (folder / ".venv" / "half").touch()
    executable(folder / ".uv" / "bin" / "uv", MAKES_PYTHON)
    again = start(folder)
    assert again.returncode == 0, again.stderr
    assert not (folder / ".venv" / "half").exists()


def test_without_the_network_a_sentence_and_no_mark_of_success(folder: Path) -> None:
    """uv says why; the next start tries again."""
    executable(folder / ".uv" / "bin" / "uv", "#!/bin/sh\necho 'no route' >&2\nexit 2\n")
    failed = start(folder)
    assert failed.returncode == 1
    assert "nothing is lost" in failed.stderr
    assert "没有取全" in start(folder, locale="zh_CN.UTF-8").stderr
    executable(folder / ".uv" / "bin" / "uv", MAKES_PYTHON)
    assert start(folder).returncode == 0


def test_without_rights_one_line_says_what_to_install(folder: Path) -> None:
    """The whole line for the administrator, and nothing else."""
    executable(folder.parent / "bin" / "ldconfig", "#!/bin/sh\nprintf 'libGL.so.1 ()\\nlibEGL.so.1 ()\\n'\n")
    executable(folder.parent / "bin" / "id", "#!/bin/sh\necho 1000\n")
    refused = start(folder)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert len(refused.stderr.splitlines()) == 1
    line = refused.stderr.partition("run: ")[2].split()
    assert line[:4] == ["apt-get", "install", "-y", "--no-install-recommends"]
    assert "libxcb-cursor0" in line
    assert not {"libgl1", "libegl1"} & set(line)


def test_root_installs_what_is_missing(folder: Path) -> None:
    """The lists of packages are fetched first; the program then starts as usual."""
    executable(folder.parent / "bin" / "ldconfig", "#!/bin/sh\n")
    executable(folder.parent / "bin" / "id", "#!/bin/sh\necho 0\n")
    executable(folder.parent / "bin" / "dpkg", "#!/bin/sh\n")
    executable(folder.parent / "bin" / "apt-get", f'#!/bin/sh\necho "$@" >>"{folder}/installed"\n')
    started = start(folder, "check")
    assert started.returncode == 0, started.stderr
    asked = (folder / "installed").read_text(encoding="utf-8").splitlines()
    assert asked[0].startswith("update")
    assert asked[1].startswith("install -y --no-install-recommends ")
    assert "libfontconfig1" in asked[1]


@pytest.fixture
def open_folder(folder: Path) -> Iterator[Path]:
    """The same folder where any account of this computer may look."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(folder.parent, Path(place) / "x")
        for path in (Path(place), Path(place) / "x"):
            path.chmod(0o755)
        yield Path(place) / "x" / folder.name


def as_a_reader(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start where the folder may be read only, and by somebody whom that binds."""
    folder.chmod(0o555)
    try:
        return start(folder, *words, user="nobody" if os.geteuid() == 0 else None)
    finally:
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_named(open_folder: Path) -> None:
    """Before the set-up one sentence says so; a prepared folder needs no writing."""
    refused = as_a_reader(open_folder)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert str(open_folder) in refused.stderr
    assert start(open_folder).returncode == 0
    prepared = as_a_reader(open_folder, "list")
    assert (prepared.returncode, prepared.stderr) == (0, "")


def test_the_scripts_are_plain_shell() -> None:
    """shellcheck has nothing to say."""
    scripts = [str(ROOT / name) for name in ("run.sh", "test.sh", ".ci/run")]
    found = subprocess.run(
        ["shellcheck", "--external-sources", *scripts], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (0, "")


def test_windows_scripts_have_windows_line_ends() -> None:
    """The command interpreter of Windows loses its labels otherwise."""
    for name in ("run.cmd", "test.cmd", "setup.cmd"):
        text = (ROOT / name).read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n") > 5
