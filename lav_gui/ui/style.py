"""The look: palette and style sheet of a theme, icons in its colors, fonts."""

from functools import lru_cache
from string import Template

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from lav_gui.errors import LavError
from lav_gui.resources import resource_path
from lav_gui.ui.colors import DARK, LIGHT, SURROUND, Theme

ICON_SIZES = (16, 20, 24, 32, 48, 64)
UNIT = 8
"""The grid, in pixels: all spacings are multiples of its half."""


def theme_of(application: QApplication, wanted: str = "system") -> Theme:
    """The theme to use: as wanted ("light", "dark"), else what the system shows now."""
    if wanted in ("light", "dark"):
        return DARK if wanted == "dark" else LIGHT
    return DARK if application.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def current_theme() -> Theme:
    """The theme that `apply_theme` set last, told by the palette."""
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the application the look of a theme."""
    application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    template = Template(resource_path("style", "lav.qss").read_text(encoding="utf-8"))
    colors = {name: getattr(theme, name) for name in Theme.__slots__}
    icons = resource_path("icons").as_posix()
    application.setStyleSheet(template.substitute(colors, surround=SURROUND, icons=icons))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.BrightText: theme.error_text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.panel,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    palette = QPalette()
    for key, color in colors.items():
        palette.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(theme.muted)
        faded.setAlphaF(0.55)
        palette.setColor(QPalette.ColorGroup.Disabled, key, faded)
    return palette


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """An icon of `resources/icons` in the theme's colors; it is drawn for several sizes and scales.

    Raises
    ------
    LavError
        If there is no such icon.
    """
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, color in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.border)):
        for size in ICON_SIZES:
            made.addPixmap(draw_icon(drawing, color, size), mode, QIcon.State.Off)
    for size in ICON_SIZES:
        made.addPixmap(draw_icon(drawing, theme.accent, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def draw_icon(drawing: str, color: str, size: int) -> QPixmap:
    """One SVG drawing as a square pixmap, with `currentColor` replaced."""
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def load_fonts(application: QApplication) -> list[str]:
    """Load the shipped fonts and set them as the application's; families in order of use, none where none is there."""
    try:
        folder = resource_path("fonts")
    except LavError:
        return []
    families: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
            number = QFontDatabase.addApplicationFont(str(path))
            families += [f for f in QFontDatabase.applicationFontFamilies(number) if f not in families]
    plain = [f for f in families if f == "Noto Sans"]
    ordered = plain + [f for f in families if f not in plain]
    if ordered:
        application.setFont(figures(QFont(ordered, application.font().pointSize())))
    return ordered


def figures(font: QFont) -> QFont:
    """The same font with figures of equal width, so that changing numbers do not dance."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
