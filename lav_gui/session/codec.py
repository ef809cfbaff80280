"""Records to plain text and bytes, and back, exactly: floats bit for bit, fractions as fractions, any Unicode."""

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lav_gui.records import ColorFacts, Evidence, FileHashes, MediaInfo, MediaKind, Software, StreamInfo
from lav_gui.settings import AnalysisSettings, Sampling, SamplingMode
from model_zoo.weights_record import Weights

_FLOAT_TAG = "$float"
_MAX_GRID = 1024
_MAX_PLANNED = 1 << 30


def canonical_json(value: Any) -> str:
    """JSON with one spelling per value: sorted keys, no spaces, ASCII, shortest exact floats.

    NaN and the infinities, which JSON lacks, are written as ``{"$float":"nan"}``. ASCII keeps file names whole
    that are not valid Unicode (lone surrogates).

    Raises
    ------
    TypeError
        If a value is neither text, number, truth value, None, list, tuple nor mapping of text.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def parse_json(text: str) -> Any:
    """Read what `canonical_json` wrote; tuples come back as lists."""
    return json.loads(text, object_hook=_untag)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {_FLOAT_TAG: repr(float(value))}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _untag(plain: dict[str, Any]) -> Any:
    if plain.keys() == {_FLOAT_TAG} and plain[_FLOAT_TAG] in ("nan", "inf", "-inf"):
        return float(plain[_FLOAT_TAG])
    return plain


def utc_text() -> str:
    """The time now, UTC, as in ``2026-05-09T07:35:25.123456+00:00``."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def evidence_to_text(evidence: Evidence) -> str:
    """JSON of an evidence record."""
    media = asdict(evidence.media)
    media["kind"] = str(evidence.media.kind)
    media["sample_aspect_ratio"] = str(evidence.media.sample_aspect_ratio)
    media["time_base"] = str(evidence.media.time_base)
    return canonical_json(
        {
            "path": str(evidence.path),
            "file_name": evidence.file_name,
            "bytes": evidence.bytes,
            "modified": evidence.modified.isoformat(),
            "hashes": asdict(evidence.hashes),
            "media": media,
        }
    )


def evidence_from_text(text: str) -> Evidence:
    """Read what `evidence_to_text` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the text is damaged.
    """
    plain = parse_json(text)
    media = dict(plain["media"])
    media["kind"] = MediaKind(media["kind"])
    for name in ("sample_aspect_ratio", "time_base"):
        media[name] = Fraction(media[name])
    for name in ("frame_seconds", "gop_frames"):
        media[name] = tuple(media[name])
    media["color"] = ColorFacts(**media["color"])
    media["streams"] = tuple(StreamInfo(**stream) for stream in media["streams"])
    media["metadata"] = tuple((key, value) for key, value in media["metadata"])
    return Evidence(
        path=Path(plain["path"]),
        file_name=plain["file_name"],
        bytes=plain["bytes"],
        modified=datetime.fromisoformat(plain["modified"]),
        hashes=FileHashes(**plain["hashes"]),
        media=MediaInfo(**media),
    )


def settings_to_text(settings: AnalysisSettings) -> str:
    """JSON of the settings. The sampling is kept as a number: its text form has six digits only (29.97002997 fps)."""
    plain = settings.to_dict()
    sampling = settings.sampling
    plain["sampling"] = None if sampling is None else [str(sampling.mode), sampling.value]
    return canonical_json(plain)


def settings_from_text(text: str) -> AnalysisSettings:
    """Read what `settings_to_text` wrote.

    Raises
    ------
    SettingsError, ValueError, KeyError, TypeError
        If the text is damaged or holds a setting that this version does not know.
    """
    plain = parse_json(text)
    sampling = plain.pop("sampling")
    settings = AnalysisSettings.from_dict(plain)
    return (
        settings if sampling is None else replace(settings, sampling=Sampling(SamplingMode(sampling[0]), sampling[1]))
    )


def weights_to_text(weights: Weights) -> str:
    """JSON of a weights record."""
    return canonical_json(weights.to_dict())


def weights_from_text(text: str) -> Weights:
    """Read what `weights_to_text` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the text is damaged.
    """
    return Weights.from_dict(parse_json(text))


def software_to_text(software: Software) -> str:
    """JSON of a software record."""
    return canonical_json(asdict(software))


def software_from_text(text: str) -> Software:
    """Read what `software_to_text` wrote.

    Raises
    ------
    ValueError, KeyError, TypeError
        If the text is damaged.
    """
    plain = parse_json(text)
    plain["versions"] = tuple((name, version) for name, version in plain["versions"])
    return Software(**plain)


def planned_to_bytes(planned: NDArray[np.int64]) -> bytes:
    """Frame indices, shape (P,), increasing: their steps as little-endian int64, deflated (an even stride is tiny)."""
    steps = np.diff(planned.astype("<i8"), prepend=np.int64(0))
    return len(planned).to_bytes(8, "little") + zlib.compress(steps.astype("<i8").tobytes())


def planned_from_bytes(data: bytes) -> NDArray[np.int64]:
    """Read what `planned_to_bytes` wrote.

    Raises
    ------
    ValueError
        If the bytes are damaged.
    """
    count = int.from_bytes(data[:8], "little")
    if count > _MAX_PLANNED:
        raise ValueError("the plan of frames is damaged")
    steps = np.frombuffer(_inflate(data[8:], 8 * count), dtype="<i8")
    return np.cumsum(steps, dtype=np.int64)


def heatmap_to_bytes(heatmap: NDArray[np.float16]) -> bytes:
    """A heatmap, shape (G, G): little-endian float16, rows first, deflated."""
    return zlib.compress(heatmap.astype("<f2").tobytes(), 6)


def heatmap_from_bytes(data: bytes, grid: int) -> NDArray[np.float16]:
    """Read what `heatmap_to_bytes` wrote, as shape (grid, grid).

    Raises
    ------
    ValueError
        If the bytes are damaged.
    """
    if not 0 <= grid <= _MAX_GRID:
        raise ValueError("a heatmap is damaged")
    values = np.frombuffer(_inflate(data, 2 * grid * grid), dtype="<f2")
    return values.astype(np.float16, copy=False).reshape(grid, grid)


def _inflate(data: bytes, size: int) -> bytes:
    """Inflate to exactly `size` bytes and never to more: a forged file must not fill the memory."""
    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(data, size + 1)
    except zlib.error as error:
        raise ValueError("compressed data is damaged") from error
    if len(plain) != size or not (stream.eof or size == 0):
        raise ValueError("compressed data is damaged")
    return plain
