"""The overview: silhouette and window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from lav_gui.media.reader import VideoReader
from lav_gui.ui.colors import LIGHT
from lav_gui.ui.viewmodels.lanes.scale import Axis, AxisKind, Scale, axis_of
from lav_gui.ui.viewmodels.results import Judged
from lav_gui.ui.viewmodels.timeline_state import TimelineState
from lav_gui.ui.views.overview import OVERVIEW_HEIGHT, OverviewStrip, ZoomWindow


@pytest.fixture
def image(qapp: object) -> QImage:
    made = QImage(560, OVERVIEW_HEIGHT, QImage.Format.Format_RGB32)
    made.fill(0xFFFFFFFF)
    return made


def paint(item: OverviewStrip | ZoomWindow, image: QImage) -> None:
    painter = QPainter(image)
    item.paint(painter)
    painter.end()


def test_the_silhouette_is_as_high_as_the_highest_curve(image: QImage, demo_clip: Path, judged: Judged) -> None:
    with VideoReader(demo_clip) as reader:
        index = reader.index
    strip = OverviewStrip()
    strip.renew(TimelineState(theme=LIGHT).with_video(index).with_judged(judged))
    strip.place(0, 560, OVERVIEW_HEIGHT, 1.0)
    axis = axis_of(index, AxisKind.FRAMES)
    strip.show_whole(Scale(axis, *axis.ends, 560))
    paint(strip, image)
    heights = [
        sum(image.pixelColor(10 * frame + 5, y).name() != "#ffffff" for y in range(8, OVERVIEW_HEIGHT - 3))
        for frame in (4, 40)
    ]
    assert heights[0] > 2 * heights[1] > 0


def test_it_is_painted_anew_for_another_video_only(qapp: object) -> None:
    strip, axis = OverviewStrip(), Axis(100)
    strip.show_whole(Scale(axis, *axis.ends, 200))
    first = strip._scale
    strip.show_whole(Scale(axis, *axis.ends, 200))
    assert strip._scale is first
    strip.show_whole(Scale(axis, *axis.ends, 300))
    assert strip._scale is not first


def test_the_window_can_be_taken_at_its_edges_and_its_middle(qapp: object) -> None:
    window, axis = ZoomWindow(), Axis(56)
    window.place((560.0, 28.0), LIGHT)
    window.show_span(Scale(axis, *axis.ends, 560), 9.5, 29.5)
    assert window.ends == pytest.approx((100, 300))
    assert [window.grip_at(x) for x in (50, 97, 150, 303, 320)] == ["", "low", "window", "high", ""]


def test_what_lies_beside_the_window_is_dimmed(image: QImage) -> None:
    window, axis = ZoomWindow(), Axis(56)
    image.fill(0xFF000000)
    window.place((560.0, float(OVERVIEW_HEIGHT)), LIGHT)
    window.show_span(Scale(axis, *axis.ends, 560), 9.5, 29.5)
    paint(window, image)
    row = np.array([image.pixelColor(x, 14).lightness() for x in (50, 200, 500)])
    assert row[1] == 0
    assert row[0] == row[2] > 100
