"""The processed picture."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.viewmodels.display import View
from lav_gui.ui.viewmodels.pinned import Pin
from lav_gui.ui.viewmodels.processed import Recipe, make_picture, values_at
from model_zoo.residual import noise_residual, residual_picture

HALF = (0.5, 0.5, 0.5)


def frame(index: int, seed: int, shape: tuple[int, int] = (20, 30)) -> Frame:
    pixels = np.random.default_rng(seed).integers(0, 256, (*shape, 3)).astype(np.uint8)
    return Frame(index, index, Fraction(1, 25), pixels)


def difference(gain: int) -> Recipe:
    return Recipe(frame(9, 1), View.DIFFERENCE, gain=gain, pin=Pin(frame(4, 2), Path("a.mp4")))


def test_the_residual_is_that_of_the_networks_layer() -> None:
    one = frame(0, 1, (150, 30))
    made = make_picture(Recipe(one, View.RESIDUAL, (0.4, 0.5, 0.6), (0.2, 0.25, 0.3)))
    expected = residual_picture(noise_residual(one.image, (0.4, 0.5, 0.6), (0.2, 0.25, 0.3)))
    np.testing.assert_array_equal(made.image, expected)


@pytest.mark.parametrize("gain", [1, 4, 16])
def test_a_difference_is_signed_on_mid_gray_and_clipped(gain: int) -> None:
    recipe = difference(gain)
    assert recipe.pin is not None
    signed = recipe.frame.image.astype(int) - recipe.pin.frame.image
    np.testing.assert_array_equal(make_picture(recipe).image, np.clip(128 + gain * signed, 0, 255))


def test_equal_frames_differ_by_nothing() -> None:
    one = frame(0, 1)
    made = make_picture(Recipe(one, View.DIFFERENCE, gain=16, pin=Pin(one, Path("a.mp4"))))
    assert set(made.image.ravel().tolist()) == {128}


def test_the_numbers_behind_a_pixel_are_those_of_the_whole_picture() -> None:
    recipe = Recipe(frame(0, 1), View.RESIDUAL)
    whole = noise_residual(recipe.frame.image, HALF, HALF)
    made = make_picture(recipe)
    for x, y in ((0, 0), (1, 1), (10, 7), (29, 19)):
        np.testing.assert_allclose(values_at(made, x, y), whole[y, x], atol=1e-6)
    recipe = difference(8)
    assert recipe.pin is not None
    signed = recipe.frame.image[7, 10].astype(int) - recipe.pin.frame.image[7, 10]
    assert values_at(make_picture(recipe), 10, 7) == tuple(signed.tolist())


def go_to(qtbot: QtBot, desk: Desk, index: int) -> None:
    desk.playback.seek(index)
    qtbot.waitUntil(lambda: isinstance(desk.playback.shown, Frame) and desk.playback.shown.index == index, timeout=5000)


def made_of(desk: Desk) -> int | None:
    value = desk.scene.scene.processed
    return None if value is None else value.recipe.frame.index


def test_the_residual_follows_the_frame_and_goes_with_the_view(qtbot: QtBot, opened: Desk) -> None:
    go_to(qtbot, opened, 2)
    assert opened.scene.scene.processed is None
    opened.display.set_view(View.RESIDUAL)
    qtbot.waitUntil(lambda: made_of(opened) == 2, timeout=10_000)
    go_to(qtbot, opened, 6)
    qtbot.waitUntil(lambda: made_of(opened) == 6, timeout=10_000)
    opened.display.set_view(View.ORIGINAL)
    assert opened.scene.scene.processed is None


def test_a_difference_says_what_it_needs_and_is_made_once_it_has_it(qtbot: QtBot, opened: Desk) -> None:
    go_to(qtbot, opened, 2)
    opened.display.set_view(View.DIFFERENCE)
    assert "Pin a frame first" in opened.scene.scene.missing
    opened.pins.toggle()
    go_to(qtbot, opened, 6)
    qtbot.waitUntil(lambda: made_of(opened) == 6, timeout=10_000)
    assert opened.scene.scene.missing == ""
    opened.display.step_gain(1)
    qtbot.waitUntil(
        lambda: opened.processed.value is not None and opened.processed.value.recipe.gain == 8, timeout=10_000
    )


def test_a_pinned_frame_of_another_size_is_refused_with_both_sizes(qtbot: QtBot, opened: Desk) -> None:
    go_to(qtbot, opened, 2)
    opened.pins._pin = Pin(frame(1, 1), Path("other.mp4"))
    opened.display.set_view(View.DIFFERENCE)
    assert "30 × 20" in opened.scene.scene.missing
    assert opened.scene.scene.processed is None


def test_a_pinned_frame_is_shown_itself_and_brought_to_the_size_of_the_frame_on_screen() -> None:
    one, other = frame(0, 1), frame(4, 2)
    made = make_picture(Recipe(one, View.PINNED, pin=Pin(other, Path("a.mp4"))))
    np.testing.assert_array_equal(made.image, other.image)
    assert values_at(made, 7, 3) == tuple(other.image[3, 7].tolist())
    flat = Frame(4, 4, Fraction(1, 25), np.full((40, 60, 3), 77, np.uint8))
    made = make_picture(Recipe(one, View.PINNED, pin=Pin(flat, Path("a.mp4"))))
    np.testing.assert_array_equal(made.image, np.full((20, 30, 3), 77))
