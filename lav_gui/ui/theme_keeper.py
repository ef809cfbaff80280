"""Keeps the application in the theme that is wanted, also when that is the system's and the system changes it."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from lav_gui.ui.style import apply_theme, theme_of

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class ThemeKeeper(QObject):
    """Applies a theme now and whenever it has to be another one.

    Title bars and dialogs of the system follow, because the wanted scheme is told to Qt as well.

    Parameters
    ----------
    application : QApplication
    wanted : str
        "system", "light" or "dark".
    """

    def __init__(self, application: QApplication, wanted: str) -> None:
        super().__init__(application)
        self._application = application
        self._wanted = wanted
        application.styleHints().colorSchemeChanged.connect(self._renew)
        self.want(wanted)

    def want(self, theme: str) -> None:
        """Take another theme."""
        self._wanted = theme
        hints = self._application.styleHints()
        if theme in SCHEMES:
            hints.setColorScheme(SCHEMES[theme])
        else:
            hints.unsetColorScheme()
        self._renew()

    def _renew(self) -> None:
        apply_theme(self._application, theme_of(self._application, self._wanted))
