"""What the main areas are, for "What's this?": one or two sentences each."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from lav_gui.ui.wording import say

AREAS: Mapping[str, str] = {
    "empty": "Nothing is open yet. Drop a video here, open one, or try the demo clip; the file is only read.",
    "header": "The file on the desk and its SHA-256. While something runs, its progress is shown here.",
    "picture": (
        "The frame as it is decoded: the very pixels that are analyzed. The wheel zooms, dragging moves the picture, "
        "and a click on a box selects that face."
    ),
    "strip": "Choose what the picture shows: the original or what the network sees, heatmap, boxes, and the zoom.",
    "transport": (
        "Play, step and go to a frame. The number is the place of the frame in the file, counted from 0; it is the "
        "same in the report."
    ),
    "timeline": (
        "The whole video on top, with a window over the part shown below. Click to go to a frame, turn the wheel to "
        "zoom, with Shift to pan; drag with Shift to mark a part. Each lane's header tells what it shows, "
        "folds it, and moves it."
    ),
    "faces": "One row for each person that was tracked. Untick a face to leave it out of the verdict; this is logged.",
    "face": (
        "The selected face in this frame: what the network was given, where it sees forgery, and how much color and "
        "noise contribute."
    ),
    "videos": (
        "The videos of this case and how far each is. Drop files here to add some; a click or Return shows one, and "
        "what is analyzed goes on meanwhile."
    ),
    "queue": (
        "What is analyzed one after the other, from top to bottom. It can be paused and gone on with later, also after "
        "the window was closed."
    ),
    "notes": (
        "Your notes and markers, kept in the case at once and printed in the report. Return goes to one, F2 edits it, "
        "Delete takes it away."
    ),
    "tables": (
        "The timeline as tables: spans that stay high, and faces. A click goes to the first frame of a row, Return to "
        "its peak; Ctrl+C copies rows for a spreadsheet."
    ),
    "side": (
        "Before an analysis: its settings and what they cost. Afterwards: the verdict, what speaks for it and "
        "against it, and what could not be judged."
    ),
}


def explain(areas: Mapping[str, QWidget]) -> None:
    """Give areas, by their names in `AREAS`, the text that "What's this?" shows on them."""
    for name, area in areas.items():
        area.setWhatsThis(say(AREAS[name]))
