"""What all tables of the window share: columns with a heading and an explanation."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from lav_gui.ui.wording import say

Index = QModelIndex | QPersistentModelIndex


class HeadedTable(QAbstractTableModel):
    """A table that tells its columns; what is in its rows a subclass tells.

    Attributes
    ----------
    headings : sequence of (str, str)
        Heading and explanation of each column from left to right, as they stand in the source; shown translated.
    """

    headings: Sequence[tuple[str, str]] = ()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading or its explanation."""
        if orientation is Qt.Orientation.Horizontal:
            heading, explanation = self.headings[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return say(heading)
            if role == Qt.ItemDataRole.ToolTipRole:
                return say(explanation)
        return None
