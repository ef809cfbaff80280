"""The selected face beside the picture."""

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lav_gui.records import Contributions, Frame
from lav_gui.ui.colors import DARK, LIGHT, NOISE_COLOR, RGB_COLOR, Theme, contrast
from lav_gui.ui.viewmodels.face_detail import FaceDetail
from lav_gui.ui.views import face_card as module
from lav_gui.ui.views.face_card import ContributionBars, FaceCard, Thumb


def detail(contributions: Contributions | None, meaningful: bool = True) -> FaceDetail:
    pixels = np.full((8, 8, 3), 200, np.uint8)
    frame = Frame(12, 12, Fraction(1, 12), pixels)
    heat = np.zeros((2, 2), np.float16)
    return FaceDetail(3, frame, pixels, pixels, heat, 0.93, 2.5, 101.4, contributions, meaningful)


def texts(card: FaceCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


def test_it_names_face_frame_score_and_size(qtbot: QtBot) -> None:
    card = FaceCard()
    qtbot.addWidget(card)
    card.show_detail(detail(Contributions(1.0, -0.5, 0.25, 0.0)))
    assert "Face 3 in frame 12" in texts(card)
    assert "Score 0.93   logit +2.50   101 px" in texts(card)
    assert card.findChild(ContributionBars).accessibleDescription() == "RGB +1.00, noise −0.50, interaction +0.25"


def test_an_untrained_face_says_so(qtbot: QtBot) -> None:
    card = FaceCard()
    qtbot.addWidget(card)
    card.show_detail(detail(None, meaningful=False))
    assert "Face 3 in frame 12 (untrained)" in texts(card)


def test_without_a_face_it_says_what_to_do(qtbot: QtBot) -> None:
    card = FaceCard()
    qtbot.addWidget(card)
    card.show_detail(None)
    assert "No analyzed face here" in texts(card)
    assert all(thumb.isHidden() for thumb in card.findChildren(Thumb))


@pytest.mark.parametrize("value", [Contributions(2.0, -1.0, 0.0, 0.0), None])
def test_bars_grow_from_the_middle_to_their_sign(qtbot: QtBot, value: Contributions | None) -> None:
    bars = ContributionBars()
    qtbot.addWidget(bars)
    bars.resize(240, bars.sizeHint().height())
    bars.show_value(value, meaningful=True)
    image = bars.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert (RGB_COLOR.lower() in seen) == (value is not None)
    if value is None:
        return
    row = image.height() // 6
    rgb = [x for x in range(image.width()) if image.pixelColor(x, row).name() == RGB_COLOR.lower()]
    noise = [x for x in range(image.width()) if image.pixelColor(x, 3 * row).name() == NOISE_COLOR.lower()]
    assert max(noise) <= min(rgb) + 1
    assert len(rgb) == pytest.approx(2 * len(noise), abs=4)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_bar_stands_out_from_what_surrounds_it(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "current_theme", lambda: theme)
    bars = ContributionBars()
    qtbot.addWidget(bars)
    bars.resize(240, bars.sizeHint().height())
    bars.show_value(Contributions(2.0, 2.0, 2.0, 0.0), meaningful=True)
    image = bars.grab().toImage()
    height, x = image.height() // 3, image.width() - bars.fontMetrics().horizontalAdvance("+00.00") - 20
    for top in (0, height, 2 * height):
        column = [image.pixelColor(x, y).name() for y in range(top, top + height)]
        bar = column[height // 2]
        for beside in (column[column.index(bar) - 1], column[height - column[::-1].index(bar)]):
            assert contrast(bar, beside) >= 3


def test_thumbs_grow_with_the_card_and_their_names_stand_on_one_line(qtbot: QtBot) -> None:
    card = FaceCard()
    qtbot.addWidget(card)
    card.show_detail(detail(None))
    card.show()
    heights = []
    for width in (233, 333):
        card.resize(width, card.full_height(width))
        assert card.full_height(width) >= card.minimumSizeHint().height()
        (height,) = {thumb.height() for thumb in card.findChildren(Thumb)}
        heights.append(height)
    assert heights[1] - heights[0] == pytest.approx(100 / 3, abs=1)
    assert not card.grab().isNull()
