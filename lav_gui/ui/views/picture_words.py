"""What is said of the picture: which view it is, what is known of the frame, what lies under the pointer."""

import math

from PySide6.QtCore import QPointF

from lav_gui.ui.viewmodels.display import PROCESSED, View
from lav_gui.ui.viewmodels.processed import Processed, Recipe, size_words, values_at
from lav_gui.ui.viewmodels.scene import FrameStanding, Scene
from lav_gui.ui.views.patch_marks import CONTOUR_VALUE, patch_at
from lav_gui.ui.wording import say, score
from model_zoo.residual import SHOWN_RANGE


def view_words(scene: Scene) -> str:
    """Which view is shown, with its settings; empty without a picture."""
    if scene.frame is None:
        return ""
    view = scene.display.view
    if view is View.SPLIT:
        words = [say("Left: original"), say("right: {picture}", picture=_processed_words(scene))]
    else:
        words = [say("Original") if view is View.ORIGINAL else _processed_words(scene)]
    over = [] if view in PROCESSED and not lies_over(scene, processed=True) else _overlay_words(scene)
    return " · ".join(words + over + _follow_words(scene))


def pair_words(scene: Scene) -> tuple[str, str]:
    """What the two pictures side by side are."""
    left, right = [say("Original")], [_processed_words(scene)]
    over = _overlay_words(scene)
    if lies_over(scene, processed=True):
        right += over
    else:
        left += over
    return " · ".join(left), " · ".join(right + _follow_words(scene))


def lies_over(scene: Scene, *, processed: bool) -> bool:
    """Whether the heatmap lies over the processed picture, or the original; the other of a pair stays bare.

    A pinned frame never bears it: the heatmap is of the frame on screen.
    """
    computed = scene.display.computed
    return processed is (computed is not None and computed is not View.PINNED)


def _processed_words(scene: Scene) -> str:
    """What the processed picture is, or that there is none."""
    made = scene.processed
    if made is None:
        return say("No picture yet") if scene.missing else say("Being computed…")
    recipe = made.recipe
    if recipe.pin is None:
        words = say("Noise residual, fixed scale ±{range} (square root)", range=SHOWN_RANGE)
    elif recipe.kind is View.DIFFERENCE:
        words = say("Difference to {pinned}, ×{gain}, gray is none", pinned=_pin_words(recipe), gain=recipe.gain)
    else:
        return say("Pinned: {pinned}", pinned=_pin_words(recipe))
    if scene.frame is not None and recipe.frame is not scene.frame:
        words += " " + say("(still of frame {index})", index=recipe.frame.index)
    return words


def _pin_words(recipe: Recipe) -> str:
    if recipe.pin is None:
        return ""
    frame = recipe.pin.frame
    words = say("frame {index}", index=frame.index)
    if recipe.other_name:
        words = say("frame {index} of {name}", index=frame.index, name=recipe.other_name)
    if frame.image.shape != recipe.frame.image.shape:
        words += " " + say("(resized from {size})", size=size_words(frame.image))
    return words


def _overlay_words(scene: Scene) -> list[str]:
    marks = [mark for mark in scene.marks if mark.included]
    if not marks:
        return []
    words = []
    if scene.heatmap_opacity > 0:
        words.append(say("heatmap {percent} %", percent=round(100 * scene.heatmap_opacity)))
    if scene.display.contours:
        words.append(say("line at {value:g}", value=CONTOUR_VALUE))
    if scene.display.patches:
        grid = marks[0].heatmap.shape[0]
        words.append(say("{grid} × {grid} patches", grid=grid))
    return words


def _follow_words(scene: Scene) -> list[str]:
    if not scene.display.following:
        return []
    if scene.follow is None:
        return [say("no face to follow here")]
    if scene.follow.seen:
        return [say("following face {number}", number=scene.follow.track_id)]
    return [say("following face {number}, not seen here", number=scene.follow.track_id)]


def caption(scene: Scene) -> str:
    """What is known of the shown frame, as a short sentence; empty where its marks say it all."""
    if scene.gap is not None:
        return say("Frame {index} yields no picture: {reason}", index=scene.gap.index, reason=scene.gap.reason)
    if scene.standing is FrameStanding.NOT_YET:
        return "" if scene.marks else say("This frame is not analyzed yet")
    if scene.standing is FrameStanding.NOT_PLANNED:
        return "" if scene.marks else say("This frame is not among those analyzed")
    return say("No face found in this frame") if scene.standing is FrameStanding.NO_FACE else ""


def describe(scene: Scene) -> str:
    """The scene in words, for screen readers."""
    if scene.frame is None:
        return caption(scene) or say("No video is open")
    words = [say("Frame {index}", index=scene.frame.index), view_words(scene), caption(scene)]
    words += [say("face {number}: {score}", number=mark.track_id, score=score(mark.fake_prob)) for mark in scene.marks]
    return ". ".join(word for word in words if word)


def words_at(scene: Scene, place: QPointF) -> str:
    """What is under a point of the frame: pixel, color, numbers of the processed picture, patch of the heatmap."""
    if scene.frame is None:
        return ""
    height, width = scene.frame.image.shape[:2]
    x, y = math.floor(place.x()), math.floor(place.y())
    if not (0 <= x < width and 0 <= y < height):
        return ""
    red, green, blue = scene.frame.image[y, x].tolist()
    words = [say("x {x}  y {y}   R {red}  G {green}  B {blue}", x=x, y=y, red=red, green=green, blue=blue)]
    made = scene.processed
    if made is not None and scene.display.view is not View.ORIGINAL and made.recipe.frame is scene.frame:
        words.append(_number_words(made, x, y))
    words += _patch_words(scene, place)
    return "   ".join(words)


def _patch_words(scene: Scene, place: QPointF) -> list[str]:
    """The values of all heatmaps that are painted at a place; where there are several faces, whose each is."""
    told = []
    for mark in (each for each in scene.marks if each.included):
        patch = patch_at(mark, place)
        if patch is not None:
            column, row, value = patch
            whose = [say("face {number}", number=mark.track_id)] if len(scene.marks) > 1 else []
            words = say("patch {column}, {row}: {value:.2f}", column=column, row=row, value=value)
            told.append(" ".join([*whose, words]))
    return told


def _number_words(made: Processed, x: int, y: int) -> str:
    if made.recipe.kind is View.PINNED:
        red, green, blue = (round(value) for value in values_at(made, x, y))
        return say("pinned R {red}  G {green}  B {blue}", red=red, green=green, blue=blue)
    is_difference = made.recipe.kind is View.DIFFERENCE
    first, second, third = (_with_sign(value, 0 if is_difference else 3) for value in values_at(made, x, y))
    if is_difference:
        return say("difference R {red}  G {green}  B {blue}", red=first, green=second, blue=third)
    return say("residual {first}  {second}  {third}", first=first, second=second, third=third)


def _with_sign(value: float, decimals: int) -> str:
    return f"{value:+.{decimals}f}".replace("-", "−")
