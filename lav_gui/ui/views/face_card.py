"""The selected face in this frame: crop, noise residual, heatmap; score; what each stream contributes."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lav_gui.records import Contributions
from lav_gui.ui.colors import NOISE_COLOR, RGB_COLOR, UNTRAINED_COLOR, on_plot
from lav_gui.ui.style import UNIT, current_theme, figures
from lav_gui.ui.viewmodels.face_detail import FaceDetail
from lav_gui.ui.views.patch_marks import heatmap_image
from lav_gui.ui.wording import say, score, signed

NAMES = ("RGB", "Noise", "Interaction")

SMALLEST_THUMB, LARGEST_THUMB = 48, 160


class ContributionBars(QWidget):
    """Signed bars about zero: what RGB and noise add to the logit, and how much of it is their interaction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Contributions | None = None
        self._meaningful = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Contribution of the two streams"))
        self.setToolTip(
            self.tr(
                "Exact Shapley values in logit units: to the right speaks for manipulation, to the left against. "
                "Half of the interaction is inside each stream's bar."
            )
        )

    def sizeHint(self) -> QSize:
        """Return the wanted size."""
        return QSize(160, 3 * self._row())

    def show_value(self, value: Contributions | None, meaningful: bool) -> None:
        """Show the contributions of a frame, or that they were not measured."""
        self._value, self._meaningful = value, meaningful
        if value is not None:
            words = say(
                "RGB {rgb}, noise {noise}, interaction {both}",
                rgb=signed(value.rgb), noise=signed(value.noise), both=signed(value.interaction),
            )  # fmt: skip
            self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint three rows."""
        painter = QPainter(self)
        painter.setFont(figures(self.font()))
        theme = current_theme()
        if self._value is None:
            painter.setPen(QColor(theme.muted))
            text = say("Stream contributions were not measured on this frame")
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), text)
            painter.end()
            return
        value = self._value
        numbers = (value.rgb, value.noise, value.interaction)
        colors = (on_plot(RGB_COLOR, theme), on_plot(NOISE_COLOR, theme), theme.muted)
        largest = max(1.0, *map(abs, numbers))
        for place, (name, number, color) in enumerate(zip(NAMES, numbers, colors, strict=True)):
            shown = color if self._meaningful else UNTRAINED_COLOR
            self._paint_row(painter, place, say(name), (number, largest), shown)
        painter.end()

    def _row(self) -> int:
        return self.fontMetrics().height() + 4

    def _paint_row(self, painter: QPainter, place: int, name: str, number_of: tuple[float, float], color: str) -> None:
        number, largest = number_of
        theme, height = current_theme(), self._row()
        metrics = self.fontMetrics()
        longest = max(metrics.horizontalAdvance(say(word)) for word in NAMES)
        left, right = longest + UNIT, metrics.horizontalAdvance("+00.00") + UNIT
        top = place * height
        room = QRectF(left, top + 3, max(20, self.width() - left - right), height - 6)
        middle = room.center().x()
        painter.setPen(QColor(theme.text))
        painter.drawText(QRectF(0, top, left, height), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawText(
            QRectF(self.width() - right, top, right, height),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, signed(number),
        )  # fmt: skip
        length = room.width() / 2 * number / largest
        painter.fillRect(room, QColor(theme.plot))
        bar = QRectF(min(middle, middle + length), room.top() + 1, abs(length), room.height() - 2)
        painter.fillRect(bar, QColor(color))
        painter.setPen(QColor(theme.muted))
        painter.drawLine(round(middle), round(room.top()) - 1, round(middle), round(room.bottom()) + 1)


class Thumb(QWidget):
    """A square picture with its name below; it grows with the card."""

    def __init__(self, name: str, explanation: str, *, smooth: bool) -> None:
        super().__init__()
        self._name, self._smooth = name, smooth
        self._image = QImage()
        self._side = SMALLEST_THUMB
        self.setAccessibleName(name)
        self.setToolTip(explanation)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(SMALLEST_THUMB)
        self.setMaximumWidth(LARGEST_THUMB)

    def show_image(self, image: QImage) -> None:
        """Show a square picture."""
        self._image = image
        self.update()

    def set_side(self, side: int) -> None:
        """Make the picture so many pixels wide and high, with room for the name below it."""
        self._side = side
        self.setFixedHeight(side + self.fontMetrics().height() + 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        """Paint picture and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        side, left = self._side, (self.width() - self._side) // 2
        painter.drawImage(QRectF(left, 0, side, side), self._image)
        painter.setPen(QColor(current_theme().muted))
        below = QRectF(0, side + 2, self.width(), self.height() - side - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._name)
        painter.end()


class FaceCard(QFrame):
    """Shows a `FaceDetail`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Selected face"))
        self.setProperty("panel", True)
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._facts = QLabel()
        self._facts.setFont(figures(self._facts.font()))
        self._facts.setProperty("muted", True)
        self._facts.setWordWrap(True)
        noise = self.tr(
            "Noise residual: filters as red, green, blue; zero is mid-gray; square-root scale from −0.25 to 0.25"
        )
        self._pictures = (
            Thumb(self.tr("Crop"), self.tr("The face as the network sees it"), smooth=True),
            Thumb(self.tr("Noise"), noise, smooth=True),
            Thumb(
                self.tr("Heatmap"),
                self.tr("Where the network sees forgery, on a fixed scale from 0 to 1"),
                smooth=False,
            ),
        )
        self._bars = ContributionBars()
        self._lay_out()
        self.show_detail(None)

    def show_detail(self, detail: FaceDetail | None) -> None:
        """Show a face, or that there is none."""
        for picture in self._pictures:
            picture.setVisible(detail is not None)
        self._bars.setVisible(detail is not None)
        if detail is None:
            self._title.setText(say("No analyzed face here"))
            self._facts.setText(
                say("Analyze the video; then pause on an analyzed frame, or select a face that is seen in it.")
            )
            return
        title = say("Face {number} in frame {index}", number=detail.track_id, index=detail.frame.index)
        self._title.setText(title if detail.meaningful else f"{title} {say('(untrained)')}")
        facts = say(
            "Score {score}   logit {logit}   {size} px",
            score=score(detail.fake_prob), logit=signed(detail.logit), size=round(detail.face_px),
        )  # fmt: skip
        self._facts.setText(facts)
        images = (
            _rgb_image(detail.crop),
            _rgb_image(detail.residual),
            heatmap_image(detail.heatmap, meaningful=detail.meaningful),
        )
        for thumb, image in zip(self._pictures, images, strict=True):
            thumb.show_image(image)
        self._bars.show_value(detail.contributions, detail.meaningful)

    def full_height(self, width: int) -> int:
        """Height that a face takes at a width, in pixels, also while none is shown."""
        row = self.fontMetrics().height() + UNIT // 2
        return self._side_at(width) + 3 * row + self._bars.sizeHint().height() + 3 * UNIT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all pictures one size, so that their names stand on one line."""
        for picture in self._pictures:
            picture.set_side(self._side_at(event.size().width()))
        super().resizeEvent(event)

    def _side_at(self, width: int) -> int:
        return max(SMALLEST_THUMB, min((width - 4 * UNIT) // len(self._pictures), LARGEST_THUMB))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for picture in self._pictures:
            row.addWidget(picture, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self._title)
        layout.addLayout(row)
        layout.addWidget(self._facts)
        layout.addWidget(self._bars)
        layout.addStretch(1)


def _rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    whole = np.ascontiguousarray(pixels)
    return QImage(whole.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
