"""The language of the window: which it is, and where its texts come from. It is taken at the start of the program."""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from lav_gui.errors import LavError
from lav_gui.resources import resource_path

TRANSLATED = {"zh_CN": QLocale(QLocale.Language.Chinese, QLocale.Script.SimplifiedHanScript, QLocale.Country.China)}
"""Languages with translations; the texts themselves are English."""

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)

_log = logging.getLogger(__name__)


def language_for(wanted: str, system: QLocale) -> str:
    """The language to speak: the wanted one, else the system's where it is translated, else English.

    Parameters
    ----------
    wanted : str
        "system", "en" or "zh_CN".
    system : QLocale
        What the computer is set to.
    """
    if wanted != "system":
        return wanted
    simplified = system.language() == QLocale.Language.Chinese and system.script() in (
        QLocale.Script.AnyScript,
        QLocale.Script.SimplifiedHanScript,
    )
    return "zh_CN" if simplified else "en"


def install_language(application: QCoreApplication, wanted: str) -> tuple[QTranslator, ...]:
    """Have everything said in a language, with its way to write numbers and dates; call before any window is made.

    Returns
    -------
    tuple of QTranslator
        What was installed, ours last; none for English.
    """
    language = language_for(wanted, QLocale.system())
    QLocale.setDefault(TRANSLATED.get(language, ENGLISH))
    if language not in TRANSLATED:
        return ()
    made = []
    try:
        ours = str(resource_path("translations"))
    except LavError as error:
        _log.warning("no translations: %s", error)
        return ()
    for name, folder in (("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), ("lav", ours)):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            made.append(translator)
        else:
            _log.warning("no translation %s_%s in %s", name, language, folder)
    return tuple(made)
