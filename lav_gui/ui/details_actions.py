"""The details of a case: asked for on a sheet, written to the case in one step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from lav_gui.errors import LavError
from lav_gui.session.case import Case
from lav_gui.session.details import CaseDetails
from lav_gui.ui.actions import Commands
from lav_gui.ui.viewmodels.desk import Desk
from lav_gui.ui.views.details_dialog import DetailsDialog


def details_commands(window: QMainWindow, desk: Desk) -> Commands:
    """What the action on the details of the case does."""

    def write(details: CaseDetails, exhibit_number: str | None) -> None:
        try:
            desk.casefile.write(lambda case: put_details(case, details, desk.casefile.evidence_id, exhibit_number))
        except LavError as error:
            desk.messages.report(error)

    def ask() -> None:
        case, evidence_id = desk.casefile.case, desk.casefile.evidence_id
        if case is None:
            return
        try:
            exhibit = None if evidence_id is None else case.evidence(evidence_id).exhibit_number
            sheet = DetailsDialog(window, case.details(), exhibit)
        except LavError as error:
            desk.messages.report(error)
            return
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.written.connect(write)
        sheet.open()

    return {"file.details": ask}


def put_details(case: Case, details: CaseDetails, evidence_id: int | None, exhibit_number: str | None) -> None:
    """Write details and exhibit number; what did not change leaves no entry in the log.

    Raises
    ------
    SessionError
        If the case cannot be written.
    """
    case.set_details(details)
    if evidence_id is None or exhibit_number is None:
        return
    if case.evidence(evidence_id).exhibit_number != exhibit_number:
        case.set_exhibit_number(evidence_id, exhibit_number)
