"""Where a typed text leads: a frame number, a time or a presentation time stamp."""

import re

from PySide6.QtCore import QObject, Signal

from lav_gui.errors import LavError
from lav_gui.records import FrameIndex
from lav_gui.ui.viewmodels.playback import PlaybackModel
from lav_gui.ui.wording import exact_clock, say

HALF_MILLISECOND = 0.0005
"""A shown time is rounded to milliseconds; typed back, it must lead to the frame that showed it."""

_FRAME = re.compile(r"#?\s*(\d+)")
_STAMP = re.compile(r"pts\s*[:=]?\s*(-?\d+)", re.IGNORECASE)
_CLOCK = re.compile(r"(-)?(?:(\d+):)?(\d+):([0-5]?\d(?:[.,]\d+)?)")
_SECONDS = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*s|(-?\d+[.,]\d+)", re.IGNORECASE)


class PlaceError(LavError):
    """A text that leads to no frame of the video."""


def find_place(text: str, index: FrameIndex) -> int:
    """The frame that a text means.

    Parameters
    ----------
    text : str
        A frame number (``123``, ``#123``), a time as the file states it (``1:02.5``, ``0:01:02.500``, ``62.5s``), or a
        presentation time stamp in units of the time base (``pts 12345``).
    index : FrameIndex
        The frames of the video.

    Returns
    -------
    int
        Frame index; for a time or time stamp between two frames that of the one on screen then.

    Raises
    ------
    PlaceError
        If the text means nothing, or a place outside of the video.
    """
    plain = text.strip()
    if found := _FRAME.fullmatch(plain):
        return _at_number(int(found[1]), index)
    if found := _STAMP.fullmatch(plain):
        return _at_stamp(int(found[1]), index)
    if found := _CLOCK.fullmatch(plain):
        sign, hours, minutes, seconds = found.groups()
        total = int(hours or 0) * 3600 + int(minutes) * 60 + _number(seconds)
        return _at_time(-total if sign else total, index)
    if found := _SECONDS.fullmatch(plain):
        return _at_time(_number(found[1] or found[2]), index)
    raise PlaceError(say("Type a frame (123), a time (1:02.5 or 62.5 s) or a time stamp (pts 12345)."))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _at_number(number: int, index: FrameIndex) -> int:
    if number >= len(index):
        raise PlaceError(say("The last frame is {last}; type a number up to it.", last=len(index) - 1))
    return number


def _at_stamp(stamp: int, index: FrameIndex) -> int:
    first, last = int(index.pts[0]), int(index.pts[-1])
    if not first <= stamp <= last + int(index.duration[-1]):
        raise PlaceError(say("Time stamps run from {first} to {last}; type one of them.", first=first, last=last))
    return index.at_seconds(float(stamp * index.time_base))


def _at_time(seconds: float, index: FrameIndex) -> int:
    last = len(index) - 1
    end = index.seconds(last) + float(int(index.duration[last]) * index.time_base)
    if not index.seconds(0) - HALF_MILLISECOND <= seconds <= end + HALF_MILLISECOND:
        first, final = (exact_clock(int(index.pts[place]), index.time_base) for place in (0, last))
        raise PlaceError(say("The video runs from {first} to {last}; type a time within.", first=first, last=final))
    return index.at_seconds(seconds + HALF_MILLISECOND)


class PlacesModel(QObject):
    """Goes where a typed text leads, or says why it leads nowhere.

    Parameters
    ----------
    playback : PlaybackModel
    """

    refused = Signal(str)
    """One sentence."""
    went = Signal(int)
    """Frame index."""

    def __init__(self, playback: PlaybackModel) -> None:
        super().__init__(playback)
        self._playback = playback

    def go(self, text: str) -> None:
        """Go to the frame that the text means; answered by `went` or `refused`."""
        index = self._playback.index
        if index is None:
            return
        try:
            place = find_place(text, index)
        except PlaceError as error:
            self.refused.emit(str(error))
            return
        self._playback.seek(place)
        self.went.emit(place)
