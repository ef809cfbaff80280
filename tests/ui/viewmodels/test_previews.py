"""The pointer on the timeline is told the nearest keyframe's picture and the frame it points at."""

from pytestqt.qtbot import QtBot

from lav_gui.records import Thumbnail
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.previews import Preview


def told(desk: Desk, frame_index: int, x: int = 7) -> Preview | None:
    got: list[Preview | None] = []
    desk.previews.changed.connect(got.append)
    desk.previews.point(frame_index, x)
    desk.previews.changed.disconnect(got.append)
    return got[-1] if got else None


def test_thumbnails_are_made_once_the_video_is_identified(qtbot: QtBot, opened: Desk) -> None:
    qtbot.waitUntil(lambda: opened.previews.count > 0, timeout=5000)
    preview = told(opened, 30, 123)
    assert preview is not None
    assert preview.x == 123
    assert preview.image is not None
    assert preview.words.startswith("Frame 30 · 00:00:02.5")
    assert preview.words.endswith("picture of 0")
    exact = told(opened, 0)
    assert exact is not None
    assert exact.words == "Frame 0 · 00:00:00.000"


def test_the_keyframe_at_or_before_a_frame_is_the_nearest(qtbot: QtBot, opened: Desk) -> None:
    qtbot.waitUntil(lambda: opened.previews.count > 0 and opened.jobs.count == 0, timeout=5000)
    (first,) = [opened.previews.nearest(0)]
    assert isinstance(first, Thumbnail)
    opened.previews._take((Thumbnail(20, first.image), Thumbnail(10, first.image)))
    found = [opened.previews.nearest(frame) for frame in (9, 10, 19, 20, 55)]
    assert [each.frame_index for each in found if each is not None] == [0, 10, 10, 20, 20]


def test_before_there_are_any_the_words_come_alone_and_the_picture_later(qtbot: QtBot, opened: Desk) -> None:
    opened.previews._clear()
    preview = told(opened, 3)
    assert preview is not None
    assert preview.image is None
    opened.previews._start()
    with qtbot.waitSignal(opened.previews.changed, timeout=5000) as later:
        pass
    assert later.args[0].image is not None


def test_away_from_the_timeline_and_without_a_video_there_is_nothing(qtbot: QtBot, opened: Desk) -> None:
    assert told(opened, -1, 0) is None
    assert told(opened, 9999) is None
    opened.opening.leave()
    assert opened.previews.count == 0
    assert told(opened, 3) is None
