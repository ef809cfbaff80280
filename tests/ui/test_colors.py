"""Colors that can be told apart, and the heatmap's scale."""

import re

import numpy as np
import pytest
from matplotlib import colormaps

from lav_gui.resources import resource_path
from lav_gui.ui import colors
from lav_gui.ui.colors import contrast


def test_texts_have_the_contrast_that_wcag_asks_for() -> None:
    for theme in (colors.LIGHT, colors.DARK):
        for ground in (theme.window, theme.panel, theme.raised, theme.plot):
            assert contrast(theme.text, ground) >= 7
            assert contrast(theme.muted, ground) >= 4.5
        assert contrast(theme.on_accent, theme.accent) >= 4.5
        assert contrast(theme.warning_text, theme.warning) >= 4.5
        assert contrast(theme.error_text, theme.error) >= 4.5
        for text in (theme.text, theme.muted):
            assert contrast(text, theme.notice) >= 4.5
        for ground in (theme.notice, theme.warning, theme.error):
            assert contrast(theme.text, ground) >= 4.5


def test_what_can_be_used_and_what_has_the_focus_is_outlined_clearly() -> None:
    for theme in (colors.LIGHT, colors.DARK):
        for ground in (theme.window, theme.panel, theme.raised):
            assert contrast(theme.outline, ground) >= 3
            assert contrast(theme.accent, ground) >= 4.5
        assert contrast(theme.text, theme.accent) >= 1.5  # the ring of a primary button, beside its ground's own


def test_lines_of_faces_are_seen_on_both_grounds() -> None:
    for theme in (colors.LIGHT, colors.DARK):
        for track_id in range(1, 8):
            assert contrast(colors.line_color(track_id, theme), theme.plot) >= 3
        drawn = (*colors.NOTE_COLORS, colors.RGB_COLOR, colors.NOISE_COLOR)
        for color in (*(colors.on_plot(each, theme) for each in drawn), colors.UNTRAINED_COLOR):
            assert contrast(color, theme.plot) >= 3
        assert contrast(colors.on_plot(colors.NOISE_COLOR, theme), theme.panel) >= 3


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#d55e00", "#d55e00") == 1


def test_numbers_on_the_colors_of_faces_can_be_read() -> None:
    for theme in (colors.LIGHT, colors.DARK):
        lines = [colors.line_color(track_id, theme) for track_id in range(1, 8)]
        for ground in (*colors.FACE_COLORS, *lines, colors.UNTRAINED_COLOR):
            assert contrast(colors.ink_on(ground), ground) >= 4.5


def test_the_surround_is_a_neutral_of_medium_lightness() -> None:
    assert len({colors.SURROUND[i : i + 2] for i in (1, 3, 5)}) == 1
    luminance = 0.05 * (contrast(colors.SURROUND, "#000000") - 1)
    lightness = 116 * luminance ** (1 / 3) - 16
    assert abs(lightness - 50) < 1


def test_two_faces_of_one_color_differ_in_their_line() -> None:
    looks = [(colors.face_color(n), colors.face_dash(n)) for n in range(1, 29)]
    assert len(set(looks)) == 28


def test_the_heatmap_is_inferno() -> None:
    expected = np.rint(np.asarray(colormaps["inferno"](np.arange(256)))[:, :3] * 255)
    table = colors.inferno()
    assert table.shape == (256, 3)
    assert np.abs(table - expected).max() <= 8
    brightness = table.astype(float) @ [0.2126, 0.7152, 0.0722]
    assert np.all(np.diff(brightness) > -0.5)


def test_every_rule_of_the_style_sheet_that_sets_text_on_a_ground_can_be_read() -> None:
    sheet = resource_path("style", "lav.qss").read_text(encoding="utf-8")
    pairs = 0
    for selector, rule in re.findall(r"([^{}]+)\{((?:[^{}]|\$\{\w+\})*)\}", sheet):
        found = dict(re.findall(r"(?<![\w-])((?:selection-)?(?:background-)?(?:background|color)): \$\{(\w+)\}", rule))
        for text, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if text in found and ground in found and "disabled" not in selector:
                pairs += 1
                for theme in (colors.LIGHT, colors.DARK):
                    assert contrast(getattr(theme, found[text]), getattr(theme, found[ground])) >= 4.5, selector
    assert pairs >= 5
