"""Kill -9 at five hundred random moments: what the window showed as noted is there, and the meeting goes on from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.live.scenario import WHOLE

ROOT = Path(__file__).resolve().parent.parent.parent
# Two meetings are killed at the same time, each so often.
SEEDS, KILLS = {20261024: "called", 194: "half"}, 250


def test_nothing_noted_is_lost(rehearsed: Path) -> None:
    """Item, speaker, time left, queue, attendance and words are as before each kill; file and log are sound."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.live.killed", str(rehearsed), str(seed), str(KILLS), beginning],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed, beginning in SEEDS.items()
    ]
    for process in running:
        said, mishaps = process.communicate(timeout=600)
        assert (said, process.returncode) == ("", 0), mishaps[-2000:]
    places = {place for seed in SEEDS for place in json.loads((rehearsed / f"places-{seed}.json").read_text())}
    # The moments lie everywhere: four of five acts at least, fewer only because a slow machine gets less far in a life.
    assert len(places) > 0.8 * len(WHOLE)
