from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lav_gui.report.record import Attachment, FacePictures, Report


def test_the_other_faces_of_a_frame_are_all_but_the_shown_one(report: Report) -> None:
    shown = report.faces[0]
    assert [face.track_id for face in shown.other_faces] == [2]


def test_pictures_are_checked_and_read_only() -> None:
    frame, crop = np.zeros((4, 6, 3), np.uint8), np.zeros((5, 5, 3), np.uint8)
    residual = np.zeros((5, 5, 3), np.float32)
    pictures = FacePictures(frame, crop, residual)
    assert not pictures.frame.flags.writeable
    with pytest.raises(ValueError, match="residual"):
        FacePictures(frame, crop, residual[:4])


def test_times_of_key_frames_are_checked(make_report: Callable[..., Report]) -> None:
    with pytest.raises(ValueError, match="keyframe_seconds"):
        replace(make_report(), keyframe_seconds=np.zeros((2, 2)))


def test_an_attachment_knows_its_digest() -> None:
    empty = Attachment("a.txt", "text/plain", "Nothing", b"")
    assert empty.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
