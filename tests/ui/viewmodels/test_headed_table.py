from PySide6.QtCore import QModelIndex, Qt

from lav_gui.ui.viewmodels.headed_table import HeadedTable, Index


class Pair(HeadedTable):
    """Two columns and one row."""

    headings = (("Left", "What is left."), ("Right", "What is right."))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  Qt's signature
        return 0 if parent.isValid() else 1


def test_columns_tell_their_heading_and_what_it_means() -> None:
    table, across = Pair(), Qt.Orientation.Horizontal
    assert table.columnCount() == 2
    assert table.columnCount(table.createIndex(0, 0)) == 0
    assert [table.headerData(column, across) for column in (0, 1)] == ["Left", "Right"]
    assert table.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "What is right."
    assert table.headerData(1, across, Qt.ItemDataRole.DecorationRole) is None
    assert table.headerData(9, Qt.Orientation.Vertical) is None
