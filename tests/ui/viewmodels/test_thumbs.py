"""The small picture of each face."""

import threading
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.faces.geometry import crop_affine
from lav_gui.media.reader import VideoReader
from lav_gui.records import FaceResult
from lav_gui.settings import ColorPolicy
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.faces import THUMB_ROLE
from lav_gui.ui.viewmodels.thumbs import SIDE, Thumb, _Wish, thumb_steps
from tests.ui.conftest import is_judged

BOX = (150.0, 130.0, 250.0, 270.0)


def test_a_thumb_shows_what_the_crop_shows(demo_clip: Path) -> None:
    heat = np.zeros((19, 19), np.float16)
    wished = FaceResult(1, BOX, 0.9, crop_affine(BOX, 299, 1.35), 100.0, 1.0, 0.0, 0.5, heat, None)
    (thumb,) = thumb_steps(demo_clip, ColorPolicy.AUTO, [_Wish(1, 4, wished, 299)])
    assert (thumb.track_id, thumb.frame_index, thumb.image.shape) == (1, 4, (SIDE, SIDE, 3))
    with VideoReader(demo_clip) as reader:
        image = reader.frame(4).image
    left, side = round(200 - 189 / 2), 189  # the square of the crop: 1.35 times the box's height
    around = image[round(200 - side / 2) :, left:][:side, :side].astype(float)
    blocks = np.array([[part.mean() for part in np.array_split(row, 6, axis=1)] for row in np.array_split(around, 6)])
    shown = thumb.image.astype(float).reshape(6, 16, 6, 16, 3).mean(axis=(1, 3, 4))
    assert np.abs(shown - blocks).max() < 6


def thumbs(desk: Desk) -> list[Thumb | None]:
    faces = desk.faces
    return [faces.data(faces.index(row, 0), THUMB_ROLE) for row in range(faces.rowCount())]


def test_each_face_gets_the_picture_of_its_strongest_frame(qtbot: QtBot, opened: Desk) -> None:
    opened.running.start()
    qtbot.waitUntil(lambda: is_judged(opened), timeout=10_000)

    def complete() -> bool:
        strongest = {row.track_id: row.strongest_frame for row in opened.faces.rows}
        return (
            bool(strongest)
            and {thumb.track_id: thumb.frame_index for thumb in thumbs(opened) if thumb is not None} == strongest
        )

    qtbot.waitUntil(complete, timeout=10_000)
    assert thumbs(opened)[0] is not None
    opened.thumbs.cleared.emit()
    assert thumbs(opened) == [None, None]


def test_another_run_forgets_the_pictures(qtbot: QtBot, opened: Desk) -> None:
    opened.running.start()
    qtbot.waitUntil(lambda: None not in (thumbs(opened) or [None]), timeout=10_000)
    with qtbot.waitSignal(opened.thumbs.cleared):
        opened.opening.close()


def test_a_case_that_is_opened_again_shows_the_pictures(qtbot: QtBot, opened: Desk) -> None:
    opened.running.start()
    qtbot.waitUntil(lambda: is_judged(opened), timeout=10_000)
    assert opened.casefile.case is not None
    path = opened.casefile.case.path
    opened.opening.leave()
    qtbot.waitUntil(lambda: opened.casefile.case is None, timeout=10_000)
    opened.open(path)
    qtbot.waitUntil(lambda: None not in (thumbs(opened) or [None]), timeout=10_000)


def test_a_picture_that_comes_late_is_not_shown_at_a_run_of_the_same_number_in_another_case(
    qtbot: QtBot, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow_steps(path: Path, color: ColorPolicy, wishes: list[_Wish]) -> Generator[Thumb, None, None]:
        gate.wait(20)
        yield from thumb_steps(path, color, wishes)

    monkeypatch.setattr("lav_gui.ui.viewmodels.thumbs.thumb_steps", slow_steps)
    opened.running.start()
    qtbot.waitUntil(lambda: is_judged(opened), timeout=10_000)
    facts = opened.results.facts
    assert facts is not None
    made: list[Thumb] = []
    opened.thumbs.made.connect(made.append)
    opened.results.clear()
    opened.results.begin(facts, lambda _: None)
    gate.set()
    qtbot.waitUntil(lambda: not opened.thumbs._busy, timeout=10_000)
    assert made == []
