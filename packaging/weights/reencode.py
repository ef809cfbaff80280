"""Copies of clips as the net hands them on: other codecs, lower rates, fewer pixels.

The weights say "out of scope" beyond the conditions they were tested on; so they are tested on these too. A fake is
treated like its original: how a copy was coded must not tell which it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

SECONDS = 5


@dataclass(frozen=True)
class Treatment:
    """A codec with its options, the container, and the share of both sides that is kept."""

    codec: str
    suffix: str
    options: Mapping[str, str]
    scale: float

    @property
    def name(self) -> str:
        """As a table prints it."""
        quality = self.options.get("crf") or f"q{self.options['qmin']}"
        return f"{self.codec} {quality} x{self.scale:g}"


def _treatments() -> list[Treatment]:
    found = []
    for step, scale in enumerate((1.0, 0.75, 0.5)):
        vp9 = {"crf": ("32", "40", "48")[step], "b": "0", "deadline": "realtime", "cpu-used": "7"}
        av1 = {"crf": ("32", "42", "50")[step], "preset": "10"}
        hevc = {"crf": ("24", "30", "34")[step], "preset": "veryfast", "x265-params": "log-level=none"}
        mpeg4 = {"qmin": ("3", "5", "8")[step], "qmax": ("3", "5", "8")[step]}
        h264 = {"crf": ("18", "26", "32")[step], "preset": "veryfast"}
        found += [
            Treatment("libvpx-vp9", ".webm", vp9, scale),
            Treatment("libsvtav1", ".mp4", av1, scale),
            Treatment("libx265", ".mp4", hevc, scale),
            Treatment("mpeg4", ".mp4", mpeg4, scale),
            Treatment("libx264", ".mp4", h264, scale),
        ]
    return found


TREATMENTS = _treatments()


def reencode(source: Path, treatment: Treatment, target: Path) -> None:
    """Write the first seconds of a clip anew; a finished copy is left as it is."""
    if target.exists():
        return
    partial = target.with_name(f"partial_{target.name}")
    with av.open(str(source)) as given, av.open(str(partial), "w") as made:
        stream = given.streams.video[0]
        rate = stream.average_rate or Fraction(25)
        width, height = (max(2, round(side * treatment.scale / 2) * 2) for side in (stream.width, stream.height))
        out = made.add_stream(treatment.codec, rate=rate, options=dict(treatment.options))
        assert isinstance(out, av.VideoStream)
        out.width, out.height, out.pix_fmt = width, height, "yuv420p"
        for number, frame in enumerate(given.decode(stream)):
            if number >= SECONDS * rate:
                break
            picture = frame.reformat(width, height, "yuv420p")
            picture.pts, picture.time_base = number, 1 / rate
            made.mux(out.encode(picture))
        made.mux(out.encode(None))
    partial.rename(target)
