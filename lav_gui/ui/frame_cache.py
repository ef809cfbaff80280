"""Decoded frames kept in memory, bounded in bytes; the longest unused goes first."""

import threading
from collections import OrderedDict

from lav_gui.records import Frame, Gap

GAP_BYTES = 200


class FrameCache:
    """Frames and gaps by frame index; safe to use from two threads.

    Parameters
    ----------
    limit_bytes : int
        Upper bound of the pixels held; at least one frame is always kept.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, Frame | Gap] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def used_bytes(self) -> int:
        """Bytes of pixels held now."""
        return self._bytes

    @property
    def limit_bytes(self) -> int:
        """Upper bound of the pixels held."""
        return self._limit

    def get(self, index: int) -> Frame | Gap | None:
        """The frame with this index, or None; it counts as used now."""
        with self._lock:
            found = self._kept.get(index)
            if found is not None:
                self._kept.move_to_end(index)
            return found

    def __contains__(self, index: int) -> bool:
        return index in self._kept

    def put(self, item: Frame | Gap) -> None:
        """Keep a frame or gap; drop the longest unused ones beyond the bound."""
        with self._lock:
            old = self._kept.pop(item.index, None)
            self._bytes += _size(item) - (0 if old is None else _size(old))
            self._kept[item.index] = item
            while self._bytes > self._limit and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= _size(dropped)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def indices(self) -> list[int]:
        """Frame indices held now, increasing."""
        with self._lock:
            return sorted(self._kept)


def _size(item: Frame | Gap) -> int:
    return item.image.nbytes if isinstance(item, Frame) else GAP_BYTES
