"""Zoom, pan and clicks in the picture."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.display import Display, View
from lav_gui.ui.viewmodels.follow import Follow
from lav_gui.ui.viewmodels.processed import Processed, Recipe
from lav_gui.ui.viewmodels.scene import Scene
from lav_gui.ui.views.picture import PictureView
from lav_gui.ui.views.viewport import LARGEST_ZOOM


@pytest.fixture
def view(qtbot: QtBot, scene: Scene) -> Iterator[PictureView]:
    made = PictureView()
    made.resize(416, 316)
    made.show()
    with qtbot.waitExposed(made):
        made.show_scene(scene)
    yield made
    made.close()
    made.deleteLater()


def color(view: PictureView, x: int, y: int) -> tuple[int, int, int]:
    found = view.grab().toImage().pixelColor(x, y)
    return found.red(), found.green(), found.blue()


def place(view: PictureView, x: float, y: float) -> QPoint:
    return view.view_from_frame().map(QPointF(x, y)).toPoint()


def test_the_picture_fits_and_lies_in_the_middle(view: PictureView) -> None:
    assert view.zoom == pytest.approx(4.0)
    assert view.view_from_frame().map(QPointF(50, 30)) == QPointF(view.rect().toRectF().center())


def test_around_it_is_the_neutral_surround(view: PictureView) -> None:
    assert color(view, 2, 2) == (119, 119, 119)


def test_pixels_that_are_not_square_are_widened(view: PictureView, scene: Scene) -> None:
    view.show_scene(replace(scene, aspect=1.5))
    turn = view.view_from_frame()
    assert turn.m11() / turn.m22() == pytest.approx(1.5)
    assert turn.map(QPointF(0, 0)).x() >= 0


def test_above_100_percent_pixels_stay_blocks(view: PictureView, scene: Scene) -> None:
    checks = np.zeros((60, 100, 3), np.uint8)
    checks[::2, ::2] = checks[1::2, 1::2] = 255
    bare = replace(scene, frame=Frame(0, 0, Fraction(1, 25), checks), marks=(), heatmap_opacity=0.0)
    view.show_scene(bare)
    image = view.grab().toImage()
    area = [image.pixelColor(x, y).red() for x in range(100, 300) for y in range(100, 200)]
    assert set(area) == {0, 255}


def coded_frame(rows: int = 77, columns: int = 101) -> Frame:
    """Each pixel's color tells its column and row."""
    code = np.full((rows, columns, 3), 200, np.uint8)
    code[..., 0], code[..., 1] = np.arange(columns), np.arange(rows)[:, None]
    return Frame(0, 0, Fraction(1, 25), code)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("zoom", "aspect"), [(1.0, 1.0), (1.5, 16 / 11), (2.37, 1.0), (2.37, 8 / 9), (5.1, 0.5)])
def test_what_is_told_of_a_place_is_what_is_seen_there(
    view: PictureView, scene: Scene, monkeypatch: pytest.MonkeyPatch, zoom: float, aspect: float, ratio: float
) -> None:
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: ratio)
    view.show_scene(replace(scene, frame=coded_frame(), aspect=aspect, marks=()))
    view.set_zoom(zoom, QPointF(171.3, 140.7))
    screen = QImage(round(416 * ratio), round(316 * ratio), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(ratio)
    view.render(screen)
    told: list[str] = []
    view.pointed.connect(told.append)
    seen = []
    for x, y in np.random.default_rng(2).integers(0, (screen.width(), screen.height()), (2500, 2)).tolist():
        found = screen.pixelColor(x, y)
        if found.blue() == 200:
            seen.append(f"x {found.red()}  y {found.green()} ")
            view._point_at(QPointF(x, y) / ratio)
    assert len(seen) > 30
    assert [words[: len(pixel)] for words, pixel in zip(told, seen, strict=True)] == seen


@pytest.mark.parametrize("zoom", [0.5, 0.9, 1.0, 1.5, 2.37])
@pytest.mark.parametrize("aspect", [1.0, 8 / 9, 16 / 11])
def test_a_single_pixel_is_seen_where_it_belongs_at_any_zoom_and_shape(
    view: PictureView, scene: Scene, zoom: float, aspect: float
) -> None:
    for column in range(40, 58):
        dot = np.zeros((77, 101, 3), np.uint8)
        dot[41, column] = 255
        view.show_scene(replace(scene, frame=Frame(0, 0, Fraction(1, 25), dot), aspect=aspect, marks=()))
        view.set_zoom(zoom)
        turn = view.view_from_frame()
        wanted = turn.map(QPointF(column + 0.5, 41.5))
        around = turn.mapRect(QRectF(36, 36, 26, 11)).toRect()
        image = view.grab(around).toImage()
        light = np.array([[image.pixelColor(x, y).red() for x in range(image.width())] for y in range(image.height())])
        assert light.any()
        rows, columns = np.nonzero(light)
        x, y = (np.average(places, weights=light[rows, columns]) + 0.5 for places in (columns, rows))
        x, y = x + around.left(), y + around.top()
        reach = 0.76
        assert abs(x - wanted.x()) <= reach
        assert abs(y - wanted.y()) <= reach


def test_zooming_keeps_the_point_under_the_pointer(view: PictureView) -> None:
    anchor = QPointF(120, 130)
    back, _ = view.view_from_frame().inverted()
    before = back.map(anchor)
    event = QWheelEvent(
        anchor, anchor, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(event)
    back, _ = view.view_from_frame().inverted()
    after = back.map(anchor)
    assert view.zoom == pytest.approx(5.0)
    assert (after - before).manhattanLength() < 1e-6
    assert not view.fits


def test_zoom_has_an_end_and_fit_comes_back(view: PictureView) -> None:
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == LARGEST_ZOOM
    view.zoom_out()
    assert view.zoom < LARGEST_ZOOM
    view.actual_size()
    assert view.zoom == 1
    view.fit()
    assert view.zoom == pytest.approx(4.0)
    assert view.fits


def test_dragging_moves_the_picture_and_selects_nothing(view: PictureView, qtbot: QtBot) -> None:
    view.set_zoom(6.0)
    before = view.view_from_frame().map(QPointF(50, 30))
    with qtbot.assertNotEmitted(view.face_clicked):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        qtbot.mouseMove(view, QPoint(230, 160))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(230, 160))
    after = view.view_from_frame().map(QPointF(50, 30))
    assert (after - before).x() == pytest.approx(30)
    assert (after - before).y() == pytest.approx(10)


def test_a_click_on_a_face_selects_it(view: PictureView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.face_clicked) as clicked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 50, 30))
    assert clicked.args == [1]
    with qtbot.assertNotEmitted(view.face_clicked):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 5, 5))


def test_a_double_click_changes_between_whole_and_100_percent(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.zoom == 1
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.fits


def test_zoom_and_place_stay_while_frames_change_and_not_for_another_size(view: PictureView, scene: Scene) -> None:
    view.set_zoom(8.0)
    view.show_scene(replace(scene, frame=Frame(8, 8, Fraction(1, 25), np.zeros((60, 100, 3), np.uint8))))
    assert view.zoom == 8
    view.show_scene(replace(scene, frame=Frame(9, 9, Fraction(1, 25), np.zeros((30, 50, 3), np.uint8))))
    assert view.zoom == pytest.approx(8.0)
    assert view.fits


def test_the_pixel_grid_and_a_gap_paint(view: PictureView, gap_scene: Scene) -> None:
    view.set_zoom(10.0)
    assert not view.grab().isNull()
    view.show_scene(gap_scene)
    assert not view.grab().isNull()
    assert "no picture" in view.accessibleDescription()


def seen_as(scene: Scene, view: View, split: float = 0.5) -> Scene:
    """The scene without marks in a view; its processed picture is black."""
    assert scene.frame is not None
    black = Processed(Recipe(scene.frame, View.RESIDUAL), np.zeros((60, 100, 3), np.uint8))
    return replace(scene, marks=(), display=Display(view=view, split=split), processed=black)


def test_a_processed_view_shows_the_processed_picture_and_a_split_both(view: PictureView, scene: Scene) -> None:
    view.show_scene(seen_as(scene, View.RESIDUAL))
    assert color(view, 100, 200) == (0, 0, 0)
    view.show_scene(seen_as(scene, View.SPLIT))
    assert color(view, 100, 200) == (128, 128, 128)
    assert color(view, 300, 200) == (0, 0, 0)


def test_a_processed_picture_that_is_not_there_is_gray_and_never_the_original(view: PictureView, scene: Scene) -> None:
    white = replace(scene, frame=Frame(0, 0, Fraction(1, 25), np.full((60, 100, 3), 255, np.uint8)))
    view.show_scene(replace(seen_as(white, View.RESIDUAL), processed=None))
    assert color(view, 100, 200) == (128, 128, 128)


def test_the_split_line_is_dragged_by_the_mouse_and_the_picture_is_not(view: PictureView, qtbot: QtBot) -> None:
    view.show_scene(seen_as(view._scene, View.SPLIT))
    before = view.view_from_frame()
    with qtbot.waitSignal(view.split_asked) as asked:
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(210, 100))
        qtbot.mouseMove(view, QPoint(104, 100))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(104, 100))
    assert asked.args == [0.25]
    assert view.view_from_frame() == before


def test_side_by_side_both_pictures_lie_alike_and_read_alike(view: PictureView, scene: Scene, qtbot: QtBot) -> None:
    view.show_scene(seen_as(scene, View.BESIDE))
    assert color(view, 100, 158) == (128, 128, 128)
    assert color(view, 310, 158) == (0, 0, 0)
    assert color(view, 208, 5) != (119, 119, 119)
    view.set_zoom(5.0, QPointF(300, 158))
    left, right = view.view_from_frame(QPointF(10, 10)), view.view_from_frame(QPointF(400, 10))
    assert left.m11() == right.m11()
    shift = right.map(QPointF(3, 4)) - left.map(QPointF(3, 4))
    assert shift.x() == pytest.approx(view.width() / 2 + 2)
    assert shift.y() == 0
    for turn in (left, right):
        with qtbot.waitSignal(view.pointed) as pointed:
            qtbot.mouseMove(view, turn.map(QPointF(52.5, 31.5)).toPoint())
        assert str(pointed.args[0]).startswith("x 52  y 31")
    with qtbot.waitSignal(view.pointed) as pointed:
        qtbot.mouseMove(view, QPoint(208, 158))
    assert pointed.args == [""]  # between the pictures nothing is told, however far they reach


def test_on_a_fine_screen_100_percent_is_one_pixel_of_the_screen(
    view: PictureView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    view.fit()
    assert view.zoom == pytest.approx(8.0)
    view.actual_size()
    assert view.view_from_frame().m11() == pytest.approx(0.5)
    with qtbot.waitSignal(view.face_clicked) as clicked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 50, 30))
    assert clicked.args == [1]


def test_the_middle_button_moves_the_picture(view: PictureView, qtbot: QtBot) -> None:
    before = view.view_from_frame().map(QPointF(50, 30))
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(200, 150))
    qtbot.mouseMove(view, QPoint(220, 150))
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(220, 150))
    assert view.view_from_frame().map(QPointF(50, 30)).x() - before.x() == pytest.approx(20)


def test_a_followed_face_fills_the_pane_and_stays_in_its_middle(view: PictureView, scene: Scene) -> None:
    middle = QPointF(view.rect().toRectF().center())
    for x in (40.0, 60.0):
        view.show_scene(replace(scene, follow=Follow(1, x, 30.0, 20.0, True)))
        assert view.view_from_frame().map(QPointF(x, 30)) == middle
        assert view.view_from_frame().m22() * 20 == pytest.approx(view.height())
    view.show_scene(scene)
    assert view.zoom == pytest.approx(4.0)


def test_a_hand_on_the_picture_ends_following_where_it_is(view: PictureView, scene: Scene, qtbot: QtBot) -> None:
    view.show_scene(replace(scene, follow=Follow(1, 40.0, 30.0, 20.0, True)))
    before = view.view_from_frame().map(QPointF(40, 30))
    with qtbot.waitSignal(view.follow_ended):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
        qtbot.mouseMove(view, QPoint(220, 150))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(220, 150))
    view.show_scene(scene)
    assert view.view_from_frame().map(QPointF(40, 30)).x() - before.x() == pytest.approx(20)
    view.show_scene(replace(scene, follow=Follow(1, 40.0, 30.0, 20.0, True)))
    with qtbot.waitSignal(view.follow_ended):
        view.fit()


def test_the_picture_is_moved_by_steps(view: PictureView) -> None:
    before = view.view_from_frame().map(QPointF(50, 30))
    view.look(1, 0)
    view.look(0, -1)
    moved = view.view_from_frame().map(QPointF(50, 30)) - before
    assert moved.x() == pytest.approx(-31.6)
    assert moved.y() == pytest.approx(31.6)
    assert not view.fits
