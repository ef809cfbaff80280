"""The conditions of this video against those the weights were really tested on."""

from collections.abc import Iterable

import numpy as np

from lav_gui.records import EnvelopeCheck, EnvelopeStatus, MediaInfo, TrackSeries
from model_zoo.weights_record import Envelope

FACE_CHECKS = ("face_px", "sharpness")
"""Names of the checks that belong to a face; the others belong to the file."""

UNKNOWN = "unknown"
"""Stands for a value that this file does not tell."""


def video_checks(media: MediaInfo, envelope: Envelope | None) -> tuple[EnvelopeCheck, ...]:
    """The conditions of the file: compressed bits per pixel and frame, and codec.

    Without an envelope, or where the file does not tell the value, the status is `UNTESTED`.
    """
    bits = media.bits_per_pixel
    tested_bits = None if envelope is None else envelope.bits_per_pixel
    return (_range_check("bits_per_pixel", "bit", bits, tested_bits), _codec_check(media.codec, envelope))


def track_checks(series: TrackSeries, envelope: Envelope | None) -> tuple[EnvelopeCheck, ...]:
    """The conditions of one face: the medians over its frames of size (display pixels) and sharpness."""
    tested = (None, None) if envelope is None else (envelope.face_px, envelope.sharpness)
    return (
        _range_check(FACE_CHECKS[0], "px", float(np.median(series.face_px)), tested[0]),
        _range_check(FACE_CHECKS[1], "", float(np.median(series.sharpness)), tested[1]),
    )


def first_outside(checks: Iterable[EnvelopeCheck]) -> EnvelopeCheck | None:
    """The first of the conditions that lies outside the tested range; None where none does."""
    return next((check for check in checks if check.status is EnvelopeStatus.OUTSIDE), None)


def _range_check(name: str, unit: str, value: float | None, tested: tuple[float, float] | None) -> EnvelopeCheck:
    low, high = tested if tested is not None else (None, None)
    status = EnvelopeStatus.UNTESTED
    if value is not None and low is not None and high is not None:
        status = EnvelopeStatus.INSIDE if low <= value <= high else EnvelopeStatus.OUTSIDE
    return EnvelopeCheck(name, unit, UNKNOWN if value is None else value, low, high, status)


def _codec_check(codec: str, envelope: Envelope | None) -> EnvelopeCheck:
    status = EnvelopeStatus.UNTESTED
    if envelope is not None:
        status = EnvelopeStatus.INSIDE if codec in envelope.codecs else EnvelopeStatus.OUTSIDE
    return EnvelopeCheck("codec", "", codec, None, None, status)
