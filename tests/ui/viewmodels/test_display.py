"""What is drawn over the picture."""

from lav_gui.ui.viewmodels.display import Display, DisplayModel


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
