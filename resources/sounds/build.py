"""Makes the two soft sounds of the speaker's clock, soon.wav and over.wav, from sine waves; run it again at will.

The sounds are computed here and from nothing else; like the program they are under the MIT License.
"""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

RATE = 22050
# Notes (frequency in Hz, start and length in seconds): one soft note thirty seconds before, a falling third at the end.
SOUNDS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "soon": ((659.26, 0.0, 0.9),),
    "over": ((659.26, 0.0, 0.8), (523.25, 0.42, 1.2)),
}
# Overtones of a small bell: multiple of the note, loudness, how fast it dies away.
BELL = ((1.0, 1.0, 4.0), (2.0, 0.28, 7.0), (3.01, 0.1, 11.0))
LOUDEST = 0.55
ATTACK = 0.012
# Seconds of silence ahead: a sleeping sound card, a projector on HDMI more so, swallows what comes first.
LEAD = 0.4


def samples(notes: tuple[tuple[float, float, float], ...]) -> array[int]:
    """The sound as numbers of 16 bits."""
    length = round(RATE * (LEAD + max(start + lasts for _note, start, lasts in notes)))
    heard = [0.0] * length
    for note, start, lasts in notes:
        for at in range(round(lasts * RATE)):
            seconds = at / RATE
            swell = min(seconds / ATTACK, 1) * min((lasts - seconds) / 0.08, 1)
            tone = sum(
                loud * math.exp(-fall * seconds) * math.sin(2 * math.pi * note * times * seconds)
                for times, loud, fall in BELL
            )
            heard[round((LEAD + start) * RATE) + at] += swell * tone
    most = max(abs(one) for one in heard)
    return array("h", (round(one / most * LOUDEST * 32767) for one in heard))


def main() -> None:
    """Write both files beside this one."""
    for name, notes in SOUNDS.items():
        with wave.open(str(Path(__file__).with_name(f"{name}.wav")), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples(notes).tobytes())


if __name__ == "__main__":
    main()
