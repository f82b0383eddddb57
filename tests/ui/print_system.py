"""CUPS with the printer that writes PDF files, for tests that really print: a scheduler of their own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import patience

QUEUE = "paper"
PPD = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd"
_SECONDS = patience.SECONDS

# The socket lies in a folder of the test; nobody is asked for a password there.
SCHEDULER = """Listen {base}/run/socket
LogLevel warn
MaxLogSize 0
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """ServerRoot {base}/etc
RequestRoot {base}/spool
TempDir {base}/spool/tmp
CacheDir {base}/cache
StateDir {base}/run
AccessLog {base}/log/access
ErrorLog {base}/log/error
PageLog {base}/log/page
"""
PRINTER = """Out {base}/out
AnonDirName {base}/out
Spool {base}/work
Log {base}/log
Label 1
"""


def run(*words: str) -> str:
    """What a command of CUPS answers; it must succeed."""
    done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stderr or done.stdout}"
    return done.stdout


@contextmanager
def print_system() -> Iterator[Path]:
    """A scheduler with one queue; gives the folder in which the printed files arrive."""
    # A path of sockets is short, and the scheduler may be confined: pytest's own folders are too deep.
    with TemporaryDirectory(prefix="cups", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o755)
        for name in ("etc", "spool/tmp", "cache", "run", "out", "work", "log"):
            (base / name).mkdir(parents=True)
        (base / "etc" / "cupsd.conf").write_text(SCHEDULER.format(base=base), encoding="utf-8")
        (base / "etc" / "cups-files.conf").write_text(FILES.format(base=base), encoding="utf-8")
        # The printer reads its settings from this one place only; its name is that of this test run alone.
        instance = f"test-{base.name}"
        settings = Path("/etc/cups") / f"cups-pdf-{instance}.conf"
        settings.write_text(PRINTER.format(base=base), encoding="utf-8")
        words = ("cupsd", "-f", "-c", f"{base}/etc/cupsd.conf", "-s", f"{base}/etc/cups-files.conf")
        scheduler = subprocess.Popen(words, env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"})
        before = os.environ.get("CUPS_SERVER")
        os.environ["CUPS_SERVER"] = f"{base}/run/socket"
        try:
            wait_until_it_runs(scheduler, base)
            run("/usr/sbin/lpadmin", "-p", QUEUE, "-E", "-v", f"cups-pdf:/{instance}", "-P", PPD)
            yield base / "out"
        finally:
            scheduler.terminate()
            scheduler.wait(_SECONDS)
            settings.unlink()
            os.environ.pop("CUPS_SERVER")
            if before is not None:
                os.environ["CUPS_SERVER"] = before


def wait_until_it_runs(scheduler: subprocess.Popen[bytes], base: Path) -> None:
    """Until the scheduler answers; what it wrote to its log if it does not."""
    until = time.monotonic() + _SECONDS
    while "is running" not in run("lpstat", "-r"):
        log = base / "log" / "error"
        told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        assert scheduler.poll() is None, f"CUPS did not start: {told[-2000:]}"
        assert time.monotonic() < until, f"CUPS does not answer: {told[-2000:]}"
        time.sleep(0.05)
