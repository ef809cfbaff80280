"""What is said of the picture."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from lav_gui.records import Frame
from lav_gui.ui.viewmodels.display import Display, View
from lav_gui.ui.viewmodels.follow import Follow
from lav_gui.ui.viewmodels.pinned import Pin
from lav_gui.ui.viewmodels.processed import Recipe, make_picture
from lav_gui.ui.viewmodels.scene import EMPTY, FrameStanding, Scene
from lav_gui.ui.views import picture_words as words


def seen_as(scene: Scene, display: Display, recipe: Recipe | None = None) -> Scene:
    return replace(scene, display=display, processed=None if recipe is None else make_picture(recipe))


def pinned(scene: Scene, gain: int = 4, other_name: str = "") -> Recipe:
    assert scene.frame is not None
    pin = Pin(Frame(12, 12, Fraction(1, 25), np.full((60, 100, 3), 120, np.uint8)), Path("a.mp4"))
    return Recipe(scene.frame, View.DIFFERENCE, gain=gain, pin=pin, other_name=other_name)


def test_the_view_and_what_lies_over_it_are_always_said(scene: Scene) -> None:
    assert words.view_words(scene) == "Original · heatmap 100 %"
    lined = seen_as(replace(scene, heatmap_opacity=0.0), Display(contours=True, patches=True))
    assert words.view_words(lined) == "Original · line at 0.5 · 2 × 2 patches"
    assert words.view_words(replace(scene, marks=())) == "Original"
    assert words.view_words(EMPTY) == ""


def test_a_residual_states_its_scale(scene: Scene) -> None:
    assert scene.frame is not None
    bare = replace(scene, marks=())
    shown = seen_as(bare, Display(view=View.RESIDUAL), Recipe(scene.frame, View.RESIDUAL))
    assert words.view_words(shown) == "Noise residual, fixed scale ±0.25 (square root)"


def test_a_difference_states_frame_file_and_gain(scene: Scene) -> None:
    bare, display = replace(scene, marks=()), Display(view=View.DIFFERENCE)
    assert words.view_words(seen_as(bare, display, pinned(scene))) == "Difference to frame 12, ×4, gray is none"
    other = seen_as(bare, display, pinned(scene, 16, "b.mp4"))
    assert words.view_words(other) == "Difference to frame 12 of b.mp4, ×16, gray is none"


def test_a_split_says_which_side_is_which(scene: Scene) -> None:
    shown = seen_as(replace(scene, marks=()), Display(view=View.SPLIT), pinned(scene))
    assert words.view_words(shown) == "Left: original · right: Difference to frame 12, ×4, gray is none"


def test_a_picture_of_an_earlier_frame_is_called_so(scene: Scene) -> None:
    later = Frame(9, 9, Fraction(1, 25), np.zeros((60, 100, 3), np.uint8))
    shown = replace(seen_as(replace(scene, marks=()), Display(view=View.DIFFERENCE), pinned(scene)), frame=later)
    assert words.view_words(shown).endswith("(still of frame 7)")


def test_a_picture_that_is_not_there_is_not_given_another_name(scene: Scene) -> None:
    waiting = seen_as(scene, Display(view=View.RESIDUAL))
    assert words.view_words(waiting).startswith("Being computed…")
    assert words.view_words(replace(waiting, missing="Pin a frame first")).startswith("No picture yet")


def test_the_pointer_reads_pixel_and_patch(scene: Scene) -> None:
    assert words.words_at(scene, QPointF(31.5, 11.5)) == "x 31  y 11   R 128  G 128  B 128   patch 0, 0: 1.00"
    assert "patch 1, 1: 0.00" in words.words_at(scene, QPointF(65, 45))
    assert "patch" not in words.words_at(scene, QPointF(5, 5))
    assert words.words_at(scene, QPointF(-1, 5)) == ""
    assert words.words_at(EMPTY, QPointF(5, 5)) == ""


def test_where_heatmaps_overlap_each_value_is_told_with_its_face_and_none_that_is_not_painted(scene: Scene) -> None:
    one = scene.marks[0]
    other = replace(one, track_id=2, heatmap=np.full((2, 2), 0.25, np.float16))
    both = words.words_at(replace(scene, marks=(one, other)), QPointF(31.5, 11.5))
    assert both.endswith("face 1 patch 0, 0: 1.00   face 2 patch 0, 0: 0.25")
    out = words.words_at(replace(scene, marks=(replace(one, included=False), other)), QPointF(31.5, 11.5))
    assert out.count("patch") == 1
    assert "face 2 patch 0, 0: 0.25" in out


def test_the_pointer_reads_the_numbers_behind_a_processed_picture(scene: Scene) -> None:
    assert scene.frame is not None
    shown = seen_as(scene, Display(view=View.DIFFERENCE), pinned(scene))
    assert "difference R +8  G +8  B +8" in words.words_at(shown, QPointF(5, 5))
    shown = seen_as(scene, Display(view=View.RESIDUAL), Recipe(scene.frame, View.RESIDUAL))
    assert "residual +0.000  +0.000  +0.000" in words.words_at(shown, QPointF(50, 5)).replace("−0.000", "+0.000")


def test_captions_say_what_is_known(scene: Scene, gap_scene: Scene) -> None:
    assert words.caption(scene) == ""
    assert words.caption(gap_scene) == "Frame 5 yields no picture: the packet is broken"
    assert words.caption(replace(scene, standing=FrameStanding.NO_FACE, marks=())) == "No face found in this frame"
    assert words.caption(replace(scene, standing=FrameStanding.NOT_YET, marks=())) == "This frame is not analyzed yet"
    not_planned = replace(scene, standing=FrameStanding.NOT_PLANNED, marks=())
    assert words.caption(not_planned) == "This frame is not among those analyzed"


def test_a_scene_is_described_for_those_who_do_not_see_it(scene: Scene) -> None:
    assert words.describe(scene) == "Frame 7. Original · heatmap 100 %. face 1: 0.90"
    assert words.describe(EMPTY) == "No video is open"


def test_following_is_said_and_so_is_a_face_that_is_not_seen(scene: Scene) -> None:
    bare = replace(scene, marks=(), display=Display(following=True))
    follow = Follow(2, 1.0, 1.0, 9.0, True)
    assert words.view_words(replace(bare, follow=follow)) == "Original · following face 2"
    gone = replace(bare, follow=replace(follow, seen=False))
    assert words.view_words(gone) == "Original · following face 2, not seen here"
    assert words.view_words(bare) == "Original · no face to follow here"


def test_a_pinned_frame_is_named_and_bears_no_marks_of_another(scene: Scene) -> None:
    assert scene.frame is not None
    pin = Pin(Frame(12, 12, Fraction(1, 25), np.full((30, 50, 3), 120, np.uint8)), Path("b.mp4"))
    recipe = Recipe(scene.frame, View.PINNED, pin=pin, other_name="b.mp4")
    named = "Pinned: frame 12 of b.mp4 (resized from 50 × 30)"
    assert words.view_words(seen_as(scene, Display(view=View.PINNED), recipe)) == named
    beside = seen_as(scene, Display(view=View.BESIDE, processed=View.PINNED), recipe)
    assert words.pair_words(beside) == ("Original · heatmap 100 %", named)
    assert "pinned R 120  G 120  B 120" in words.words_at(beside, QPointF(5, 5))


def test_side_by_side_the_marks_are_told_where_they_lie(scene: Scene) -> None:
    assert scene.frame is not None
    beside = seen_as(scene, Display(view=View.BESIDE), Recipe(scene.frame, View.RESIDUAL))
    left, right = words.pair_words(beside)
    assert left == "Original"
    assert right == "Noise residual, fixed scale ±0.25 (square root) · heatmap 100 %"


@pytest.mark.parametrize(
    ("display", "on_original", "on_processed"),
    [
        (Display(), True, False),
        (Display(view=View.RESIDUAL), False, True),
        (Display(view=View.SPLIT, processed=View.DIFFERENCE), False, True),
        (Display(view=View.SPLIT, processed=View.PINNED), True, False),
        (Display(view=View.RESIDUAL, blink=True), True, False),
    ],
)
def test_the_heatmap_lies_over_one_picture_of_its_own_frame(
    scene: Scene, display: Display, on_original: bool, on_processed: bool
) -> None:
    shown = replace(scene, display=display)
    assert words.lies_over(shown, processed=False) is on_original
    assert words.lies_over(shown, processed=True) is on_processed
