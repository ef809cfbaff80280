"""What is drawn over the picture."""

from lav_gui.settings import VIEWS
from lav_gui.ui.viewmodels.display import Display, DisplayModel, View, display_from, settings_from


def test_a_change_is_told_once_and_no_change_not_at_all() -> None:
    model = DisplayModel()
    told: list[Display] = []
    model.changed.connect(told.append)
    model.set_heatmap(False)
    model.set_heatmap(False)
    assert told == [Display(heatmap=False)]


def test_the_opacity_stays_between_nothing_and_all() -> None:
    model = DisplayModel()
    model.set_opacity(1.7)
    assert model.value.opacity == 1
    model.set_opacity(-1)
    assert model.value.opacity == 0


def test_boxes_and_blink_are_kept_apart() -> None:
    model = DisplayModel()
    model.set_boxes(False)
    model.set_blink(True)
    assert model.value == Display(boxes=False, blink=True)


def test_a_processed_view_is_what_the_next_split_holds_against_the_original() -> None:
    model = DisplayModel()
    assert model.value.computed is None
    model.set_view(View.DIFFERENCE)
    model.set_view(View.SPLIT)
    assert model.value.computed is View.DIFFERENCE
    model.set_view(View.RESIDUAL)
    model.set_view(View.BESIDE)
    assert model.value.computed is View.RESIDUAL


def test_nothing_is_computed_while_the_original_is_held() -> None:
    model = DisplayModel(Display(view=View.RESIDUAL))
    assert model.value.computed is View.RESIDUAL
    model.set_blink(True)
    assert model.value.computed is None


def test_the_gain_goes_by_doubling_and_stops_at_its_ends() -> None:
    model = DisplayModel()
    seen = []
    for _ in range(4):
        seen.append(model.value.gain)
        model.step_gain(1)
    assert seen == [4, 8, 16, 16]
    for _ in range(6):
        model.step_gain(-1)
    assert model.value.gain == 1


def test_the_split_line_moves_in_steps_and_stays_on_the_picture() -> None:
    model = DisplayModel()
    model.step_split(1)
    assert model.value.split == 0.55
    model.set_split(-2)
    assert model.value.split == 0
    model.step_split(-1)
    assert model.value.split == 0


def test_lines_and_following_are_switched() -> None:
    model = DisplayModel()
    model.set_contours(True)
    model.set_patches(True)
    model.set_following(True)
    assert model.value == Display(contours=True, patches=True, following=True)


def test_the_settings_know_the_views() -> None:
    assert tuple(View) == VIEWS


def test_what_is_kept_comes_back() -> None:
    shown = Display(False, 0.25, False, False, View.SPLIT, View.RESIDUAL, 8, 0.75, True, True)
    assert display_from(settings_from(shown)) == shown


def test_holding_and_following_are_not_kept_and_no_difference_comes_back_without_a_pin() -> None:
    assert display_from(settings_from(Display(blink=True, following=True))) == Display()
    for view in (View.DIFFERENCE, View.SPLIT, View.ORIGINAL):
        for processed in (View.DIFFERENCE, View.PINNED):
            assert display_from(settings_from(Display(view=view, processed=processed))) == Display()
