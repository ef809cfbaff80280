"""The look: every icon can be drawn, both themes apply, fonts have even figures."""

import re

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from lav_gui.errors import LavError
from lav_gui.resources import resource_path
from lav_gui.ui.action_table import ACTIONS
from lav_gui.ui.colors import DARK, LIGHT, Theme
from lav_gui.ui.style import apply_theme, current_theme, draw_icon, figures, icon, load_fonts, theme_of


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_theme_sets_palette_and_style_sheet(qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert current_theme() is theme
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.window
    assert "${" not in qapp.styleSheet()
    assert theme.accent in qapp.styleSheet()


def test_a_wanted_theme_goes_before_the_systems(qapp: QApplication) -> None:
    assert theme_of(qapp, "dark") is DARK
    assert theme_of(qapp, "light") is LIGHT
    assert theme_of(qapp, "system") in (LIGHT, DARK)


@pytest.mark.parametrize("path", sorted(resource_path("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_is_a_drawing_in_the_themes_color(qapp: QApplication, path: object) -> None:
    drawing = resource_path("icons", path.name).read_text(encoding="utf-8")
    image = draw_icon(drawing, "#ff0000", 32).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 250}
    assert seen
    if "currentColor" in drawing:
        assert seen == {"#ff0000"}


def test_every_action_with_a_symbol_has_its_icon(qapp: QApplication) -> None:
    for spec in ACTIONS:
        if spec.symbol:
            assert not icon(spec.symbol, LIGHT).isNull()


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(LavError):
        icon("no_such_icon", LIGHT)


def test_the_shipped_fonts_are_used_with_noto_sans_first(qapp: QApplication) -> None:
    before = qapp.font()
    families = load_fonts(qapp)
    try:
        assert families[0] == "Noto Sans"
        assert qapp.font().families()[0] == "Noto Sans"
    finally:
        qapp.setFont(before)


def test_figures_have_equal_width() -> None:
    made = figures(QFont("Noto Sans"))
    assert made.featureValue(QFont.Tag("tnum")) == 1


def test_the_style_sheet_names_only_colors_of_the_themes() -> None:
    names = set(re.findall(r"\$\{(\w+)\}", resource_path("style", "lav.qss").read_text(encoding="utf-8")))
    assert names <= {*Theme.__slots__, "surround", "icons"}
