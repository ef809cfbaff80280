"""Every action as data: menus, tool bars and the sheet of shortcuts are built from it.

To add one: a line in `ACTIONS`, its id in `MENUS` (and a bar), and what it does in `commands.commands_of`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done.

    Attributes
    ----------
    name : str
        Its id, as in ``playback.play``.
    text : str
        Menu text; ``&`` marks the mnemonic.
    hint : str
        Tool tip: what it does, in a few words.
    keys : tuple of str
        Shortcuts in Qt's portable form; with `hold` a single key that acts while it is held.
    symbol : str
        Icon of `resources/icons`, or "".
    needs : tuple of str
        Conditions of the desk that must all hold.
    toggles : bool
        It is on or off.
    hold : bool
        It acts while its key is held.
    """

    name: str
    text: str
    hint: str
    keys: tuple[str, ...] = ()
    symbol: str = ""
    needs: tuple[str, ...] = ()
    toggles: bool = False
    hold: bool = False


_VIDEO = ("video",)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file.open", "&Open…", "Open a video or a case", ("Ctrl+O",), "open"),
    ActionSpec("file.close", "&Close", "Let go of the video and its case", ("Ctrl+W",), "", _VIDEO),
    ActionSpec(
        "file.export_pdf", "Export &report…", "Write the report as PDF", ("Ctrl+E",), "pdf", ("can_export",)
    ),
    ActionSpec(
        "file.save_frame", "Save &frame…", "Save the frame as PNG, with its number, time and digests in it",
        ("Ctrl+S",), "snapshot", ("identified",),
    ),
    ActionSpec("file.copy_frame", "&Copy frame", "Copy the frame as PNG", ("Ctrl+C",), "copy", ("identified",)),
    ActionSpec(
        "file.save_crop", "Save face cro&p…", "Save the selected face as the network sees it, as PNG",
        ("Ctrl+Shift+S",), "crop", ("crop",),
    ),
    ActionSpec("file.copy_crop", "Copy face crop", "Copy the selected face as PNG", ("Ctrl+Shift+C",), "", ("crop",)),
    ActionSpec("file.quit", "&Quit", "Close the window", ("Ctrl+Q",), "quit"),
    ActionSpec(
        "analysis.start", "&Analyze", "Start the analysis with the choices on the right", ("Ctrl+Return",), "analyze",
        ("can_analyze",),
    ),
    ActionSpec(
        "analysis.cancel", "&Cancel analysis", "Stop the analysis; what is done stays in the case", ("Ctrl+.",), "stop",
        ("running",),
    ),
    ActionSpec("analysis.resume", "&Go on", "Go on with the run on screen where it stopped", (), "", ("can_resume",)),
    ActionSpec(
        "analysis.choices", "&Settings of the next analysis", "Model, device, sampling, and what they cost",
        ("Ctrl+,",), "settings", _VIDEO,
    ),
    ActionSpec("playback.play", "&Play or pause", "Play or pause", ("Space",), "play", _VIDEO),
    ActionSpec("playback.next", "&Next frame", "One frame on", ("Right",), "step_forward", _VIDEO),
    ActionSpec("playback.previous", "&Previous frame", "One frame back", ("Left",), "step_back", _VIDEO),
    ActionSpec("playback.next_ten", "10 frames on", "Ten frames on", ("Shift+Right",), "skip_forward", _VIDEO),
    ActionSpec("playback.previous_ten", "10 frames back", "Ten frames back", ("Shift+Left",), "skip_back", _VIDEO),
    ActionSpec("playback.second_on", "1 second on", "One second on", ("Ctrl+Right",), "", _VIDEO),
    ActionSpec("playback.second_back", "1 second back", "One second back", ("Ctrl+Left",), "", _VIDEO),
    ActionSpec("playback.first", "&First frame", "To the first frame", ("Home",), "first", _VIDEO),
    ActionSpec("playback.last", "&Last frame", "To the last frame", ("End",), "last", _VIDEO),
    ActionSpec("playback.go_to", "&Go to frame…", "Type the number of a frame", ("G",), "", _VIDEO),
    ActionSpec(
        "playback.next_analyzed", "Next analyzed frame", "To the next frame with a result", ("Alt+Right",),
        "analyzed_next", ("results",),
    ),
    ActionSpec(
        "playback.previous_analyzed", "Previous analyzed frame", "To the frame with a result before this",
        ("Alt+Left",), "analyzed_previous", ("results",),
    ),
    ActionSpec(
        "playback.strongest", "S&trongest frame", "To the highest place of the selected, or highest, face's curve",
        ("S",), "strongest", ("results",),
    ),
    ActionSpec("marks.first", "Mark &in", "The analysis begins at this frame", ("I",), "mark_in", _VIDEO),
    ActionSpec("marks.last", "Mark &out", "The analysis ends at this frame", ("O",), "mark_out", _VIDEO),
    ActionSpec("marks.clear", "&Clear marks", "Analyze the whole video", ("X",), "marks_clear", ("marks",)),
    ActionSpec("faces.next", "&Next face", "Select the next face", ("T",), "", ("results",)),
    ActionSpec("faces.previous", "&Previous face", "Select the previous face", ("Shift+T",), "", ("results",)),
    ActionSpec("faces.none", "&Select no face", "Show all faces alike", ("Esc",), "", ("face",)),
    ActionSpec(
        "faces.include", "&Leave out, or take in", "Leave the selected face out of the analysis, or take it in again",
        ("Delete",), "", ("can_edit_face",),
    ),
    ActionSpec(
        "faces.split", "S&plit at this frame", "From this frame on the selected face is another person", (), "split",
        ("can_edit_face",),
    ),
    ActionSpec(
        "faces.merge", "&Merge with…", "The selected face and another are one person", (), "merge", ("can_edit_face",)
    ),
    ActionSpec("faces.undo", "&Undo last edit of faces", "Take the latest edit back", ("Ctrl+Z",), "", ("can_edit",)),
    ActionSpec("view.heatmap", "&Heatmap", "Show where the network sees forgery", ("M",), "heatmap", toggles=True),
    ActionSpec("view.boxes", "&Boxes", "Show the faces' boxes", ("B",), "boxes", toggles=True),
    ActionSpec(
        "view.blink", "Hold for the &original", "The bare picture while the key is held", ("H",), "blink", _VIDEO,
        hold=True,
    ),
    ActionSpec("view.fit", "&Fit", "The whole picture in the window", ("F",), "fit", _VIDEO),
    ActionSpec(
        "view.actual", "&100 %", "One pixel of the video is one pixel of the screen", ("0",), "actual_size", _VIDEO
    ),
    ActionSpec("view.zoom_in", "Zoom &in", "Larger", ("+", "="), "", _VIDEO),
    ActionSpec("view.zoom_out", "Zoom &out", "Smaller", ("-",), "", _VIDEO),
    ActionSpec("view.reset", "&Reset the layout", "Put all panels back where they were at first"),
    ActionSpec("help.shortcuts", "&Keyboard shortcuts", "All keys on one sheet", ("F1", "?"), "keyboard"),
    ActionSpec("help.log", "Open the &log folder", "Where the log file lies"),
    ActionSpec("help.about", "&About LAV", "Version, licenses, method"),
)  # fmt: skip

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("&File", (
        "file.open", "file.close", "-", "file.export_pdf", "-", "file.save_frame", "file.copy_frame", "file.save_crop",
        "file.copy_crop", "-", "file.quit",
    )),
    ("&Analysis", (
        "analysis.start", "analysis.resume", "analysis.cancel", "-", "analysis.choices", "-",
        "marks.first", "marks.last", "marks.clear",
    )),
    ("&Playback", (
        "playback.play", "-", "playback.next", "playback.previous", "playback.next_ten", "playback.previous_ten",
        "playback.second_on", "playback.second_back", "-", "playback.first", "playback.last", "playback.go_to", "-",
        "playback.next_analyzed", "playback.previous_analyzed", "playback.strongest",
    )),
    ("F&aces", (
        "faces.next", "faces.previous", "faces.none", "-", "faces.include", "faces.split", "faces.merge", "faces.undo",
    )),
    ("&View", (
        "view.heatmap", "view.boxes", "view.blink", "-", "view.fit", "view.actual", "view.zoom_in", "view.zoom_out",
        "-", "PANELS", "view.reset",
    )),
    ("&Help", ("help.shortcuts", "help.log", "-", "help.about")),
)  # fmt: skip
"""Menus from left to right; "-" is a line, "PANELS" the switches of the window's panels."""

TOOLBAR = ("file.open", "analysis.start", "analysis.cancel", "file.export_pdf", "file.save_frame")

TRANSPORT = (
    "playback.first", "playback.previous_ten", "playback.previous", "playback.play", "playback.next",
    "playback.next_ten", "playback.last", "-", "playback.previous_analyzed", "playback.next_analyzed", "-",
    "marks.first", "marks.last", "marks.clear",
)  # fmt: skip

OVERLAY_BUTTONS, ZOOM_BUTTONS = ("view.heatmap", "view.boxes"), ("view.fit", "view.actual")

FACE_MENU = ("faces.include", "faces.split", "faces.merge", "faces.undo")
