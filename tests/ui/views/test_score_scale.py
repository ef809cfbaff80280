"""A score on its scale."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from lav_gui.ui.colors import LIGHT
from lav_gui.ui.views.score_scale import HEIGHT, ScoreScale


def colors_in(scale: ScoreScale, left: float, right: float) -> set[str]:
    image = scale.grab().toImage()
    columns = range(round(left * image.width()), round(right * image.width()))
    return {QColor(image.pixel(x, y)).name() for x in columns for y in range(image.height() // 3)}


def test_it_paints_the_interval_where_it_lies(qtbot: QtBot) -> None:
    scale = ScoreScale()
    qtbot.addWidget(scale)
    scale.resize(300, HEIGHT)
    scale.show_score(0.8, (0.7, 0.9), 0.6)
    assert LIGHT.accent in colors_in(scale, 0.7, 0.9)
    assert LIGHT.accent not in colors_in(scale, 0.1, 0.5)
    scale.show_score(0.2, (0.1, 0.3), 0.6)
    assert LIGHT.accent in colors_in(scale, 0.1, 0.3)
    assert LIGHT.accent not in colors_in(scale, 0.7, 0.95)


def test_a_screen_reader_hears_it_as_a_sentence(qtbot: QtBot) -> None:
    scale = ScoreScale()
    qtbot.addWidget(scale)
    scale.show_score(0.8, (0.7, 0.9), 0.6)
    told = "Fake probability 0.80, 95 % interval [0.70 – 0.90]. Threshold 0.60."
    assert scale.accessibleDescription() == told
    scale.show_score(None, None, None)
    assert "Threshold" not in scale.accessibleDescription()
