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
    ActionSpec("file.new", "&New case…", "Make a case for one or several videos", ("Ctrl+N",), "new_case"),
    ActionSpec(
        "file.save_as", "Save case &as…", "Write a copy of the case and go on in the copy; all else saves itself",
        ("Ctrl+Shift+A",), "case", ("case",),
    ),
    ActionSpec(
        "file.details", "Case &details…", "Case number, examiner, request: what the cover of the report says", (), "",
        ("can_describe",),
    ),
    ActionSpec(
        "file.stop", "S&top reading or writing",
        "Stop what the bar on top shows: a run is read, a copy or report written", ("Ctrl+Shift+.",), "stop",
        ("stoppable",),
    ),
    ActionSpec("file.close", "&Close", "Let go of the video and its case", ("Ctrl+W",), "", ("open",)),
    ActionSpec(
        "videos.add", "Add &videos…", "Put more videos into this case", ("Ctrl+Shift+O",), "add_video", ("can_add",)
    ),
    ActionSpec("videos.stop", "&Stop adding", "Leave out the videos that are not read yet", (), "stop", ("adding",)),
    ActionSpec(
        "videos.remove", "&Remove video", "Take the video on screen out of the case, if it has no results", (),
        "remove_video", ("can_remove",),
    ),
    ActionSpec("videos.next", "Next video", "The next video of the case", ("Ctrl+Shift+PgDown",), "", ("several",)),
    ActionSpec("videos.previous", "Previous video", "The video before this", ("Ctrl+Shift+PgUp",), "", ("several",)),
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
    ActionSpec(
        "file.settings", "&Settings…", "Model, thresholds, theme, language, and what each choice costs", ("Ctrl+,",),
        "settings",
    ),
    ActionSpec("file.quit", "&Quit", "Close the window", ("Ctrl+Q",), "quit"),
    ActionSpec(
        "edit.undo", "&Undo", "Take the latest change of notes, faces or case details back", ("Ctrl+Z",), "undo",
        ("can_undo",),
    ),
    ActionSpec(
        "edit.redo", "&Redo", "Make the change again that was taken back last", ("Ctrl+Shift+Z",), "redo",
        ("can_redo",),
    ),
    ActionSpec(
        "notes.add", "Write a &note…", "Write a note on this frame, or on the marked part", ("N",), "note",
        ("can_note",),
    ),
    ActionSpec(
        "notes.mark", "Drop &marker", "A marker on this frame, or on the marked part, at once", ("Shift+M",), "marker",
        ("can_note",),
    ),
    ActionSpec("notes.edit", "&Edit note…", "Write the selected note anew", (), "note_edit", ("can_edit_note",)),
    ActionSpec("notes.copy", "&Copy note", "Copy the selected note as text", (), "copy", ("note",)),
    ActionSpec("notes.delete", "&Delete note", "Take the selected note away", (), "delete", ("can_edit_note",)),
    ActionSpec("notes.next", "Ne&xt note", "To the next note or marker", ("Ctrl+PgDown",), "", ("marked", "video")),
    ActionSpec(
        "notes.previous", "&Previous note", "To the note or marker before this frame", ("Ctrl+PgUp",), "",
        ("marked", "video"),
    ),
    ActionSpec(
        "analysis.start", "&Analyze", "Start the analysis with the choices on the right", ("Ctrl+Return",), "analyze",
        ("can_analyze",),
    ),
    ActionSpec(
        "analysis.cancel", "&Cancel analysis", "Stop the analysis; what is done stays in the case", ("Ctrl+.",), "stop",
        ("running",),
    ),
    ActionSpec(
        "analysis.resume", "&Go on with this run", "Go on with the run on screen where it stopped", (), "",
        ("can_resume",),
    ),
    ActionSpec(
        "queue.add_all", "Analyze a&ll", "Put all videos that are not analyzed in the queue", ("Ctrl+Alt+A",),
        "analyze_all", ("can_analyze_all",),
    ),
    ActionSpec(
        "queue.pause_after", "Pause a&fter this video", "Finish the present video and begin no other", (),
        "pause_after", ("queue_goes_on",),
    ),
    ActionSpec(
        "queue.pause_now", "Pa&use now", "Stop the present video, which is gone on with later", (), "pause",
        ("queue_runs",),
    ),
    ActionSpec("queue.resume", "G&o on with the queue", "Begin the next video", (), "play", ("queue_rests",)),
    ActionSpec(
        "analysis.choices", "&Settings of the next analysis", "Model, device, sampling, and what they cost",
        ("Ctrl+Shift+Return",), "", _VIDEO,
    ),
    ActionSpec("playback.play", "&Play or pause", "Play or pause", ("Space",), "play", _VIDEO),
    ActionSpec(
        "playback.backward", "Play &backward", "Play backward; press again for 2, 4 and 8 times the speed", ("J",),
        "play_back", _VIDEO,
    ),
    ActionSpec("playback.pause", "Pa&use", "Stay on this frame", ("K",), "", _VIDEO),
    ActionSpec(
        "playback.forward", "Play f&orward", "Play forward; press again for 2, 4 and 8 times the speed", ("L",), "",
        _VIDEO,
    ),
    ActionSpec("playback.mute", "&Mute", "Hear nothing", ("Shift+A",), "sound", _VIDEO, toggles=True),
    ActionSpec("playback.louder", "&Louder", "Turn the sound up", ("Ctrl+Up",), "", _VIDEO),
    ActionSpec("playback.quieter", "&Quieter", "Turn the sound down", ("Ctrl+Down",), "", _VIDEO),
    ActionSpec("playback.next", "&Next frame", "One frame on", ("Right",), "step_forward", _VIDEO),
    ActionSpec("playback.previous", "&Previous frame", "One frame back", ("Left",), "step_back", _VIDEO),
    ActionSpec("playback.next_ten", "10 frames on", "Ten frames on", ("Shift+Right",), "skip_forward", _VIDEO),
    ActionSpec("playback.previous_ten", "10 frames back", "Ten frames back", ("Shift+Left",), "skip_back", _VIDEO),
    ActionSpec("playback.second_on", "1 second on", "One second on", ("Ctrl+Right",), "", _VIDEO),
    ActionSpec("playback.second_back", "1 second back", "One second back", ("Ctrl+Left",), "", _VIDEO),
    ActionSpec("playback.first", "&First frame", "To the first frame", ("Home",), "first", _VIDEO),
    ActionSpec("playback.last", "&Last frame", "To the last frame", ("End",), "last", _VIDEO),
    ActionSpec("playback.go_to", "&Go to…", "Type a frame number, a time or a time stamp", ("G",), "", _VIDEO),
    ActionSpec(
        "playback.digest", "&Digest of the frame", "SHA-256 of the frame's pixels as decoded", ("Ctrl+D",), "", _VIDEO
    ),
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
    ActionSpec(
        "go.next_segment", "Next &high span", "To the next span in which a curve stays high", ("PgDown",), "",
        ("results",),
    ),
    ActionSpec(
        "go.previous_segment", "Previous high span", "To the span before this one", ("PgUp",), "", ("results",)
    ),
    ActionSpec(
        "go.next_disagreement", "Next &disagreement", "To the next place where RGB and noise point opposite ways",
        ("D",), "", ("results",),
    ),
    ActionSpec(
        "go.previous_disagreement", "Previous disagreement", "To the disagreement before this frame", ("Shift+D",), "",
        ("results",),
    ),
    ActionSpec(
        "go.next_track", "Next face &begins", "To where the next face is first seen", ("Shift+PgDown",), "",
        ("results",),
    ),
    ActionSpec(
        "go.previous_track", "Previous face begins", "To where the face before is first seen", ("Shift+PgUp",), "",
        ("results",),
    ),
    ActionSpec(
        "go.next_gap", "Next &gap", "To the next frames without a face or a picture", ("Alt+PgDown",), "",
        ("results",),
    ),
    ActionSpec(
        "go.previous_gap", "Previous gap", "To the frames without a face or a picture before this", ("Alt+PgUp",), "",
        ("results",),
    ),
    ActionSpec("timeline.zoom_in", "Timeline: zoom &in", "Show half as much", ("Ctrl++", "Ctrl+="), "", _VIDEO),
    ActionSpec("timeline.zoom_out", "Timeline: zoom &out", "Show twice as much", ("Ctrl+-",), "", _VIDEO),
    ActionSpec("timeline.all", "Timeline: &all", "Show the whole video", ("Ctrl+0",), "", _VIDEO),
    ActionSpec(
        "timeline.selection", "Timeline: &selection", "Show the marked part, or all of the selected face",
        ("Ctrl+9",), "", _VIDEO,
    ),
    ActionSpec(
        "timeline.time", "Timeline: axis of &time", "Let the axis count time instead of frames", ("Ctrl+T",), "",
        toggles=True,
    ),
    ActionSpec("marks.first", "Mark &in", "The analysis begins at this frame", ("I", "["), "mark_in", _VIDEO),
    ActionSpec("marks.last", "Mark &out", "The analysis ends at this frame", ("O", "]"), "mark_out", _VIDEO),
    ActionSpec(
        "marks.loop", "&Loop", "Play the marked part, or the whole video, over and over", ("\\",), "loop", _VIDEO,
        toggles=True,
    ),
    ActionSpec("marks.clear", "&Clear marks", "Analyze the whole video", ("X",), "marks_clear", ("marks",)),
    ActionSpec("faces.next", "&Next face", "Select the next face", ("T",), "", ("results",)),
    ActionSpec("faces.previous", "&Previous face", "Select the previous face", ("Shift+T",), "", ("results",)),
    ActionSpec("faces.none", "&Select no face", "Show all faces alike", ("Esc",), "", ("face",)),
    ActionSpec(
        "faces.include", "&Leave out or take in", "Leave the selected face out of the analysis, or take it in again",
        ("Delete",), "", ("can_edit_face",),
    ),
    ActionSpec(
        "faces.split", "S&plit at this frame", "From this frame on the selected face is another person", (), "split",
        ("can_edit_face",),
    ),
    ActionSpec(
        "faces.merge", "&Merge with…", "The selected face and another are one person", (), "merge", ("can_edit_face",)
    ),
    ActionSpec("view.original", "Ori&ginal", "The frame as it is", ("1",), "view_original", _VIDEO),
    ActionSpec(
        "view.residual", "&Noise residual", "What the noise stream looks at; look at it from 100 % on", ("2",),
        "view_residual", _VIDEO,
    ),
    ActionSpec(
        "view.difference", "&Difference", "This frame minus the pinned one", ("3",), "view_difference", _VIDEO
    ),
    ActionSpec(
        "view.split", "&Split", "The original, and the processed picture from a line on", ("4",), "view_split", _VIDEO
    ),
    ActionSpec(
        "view.beside", "Side b&y side", "The original beside the processed picture, moved alike", ("5",),
        "view_beside", _VIDEO,
    ),
    ActionSpec(
        "view.pinned", "Pinned fram&e", "The pinned frame itself, to be split with this one or put beside it", ("9",),
        "view_pinned", _VIDEO,
    ),
    ActionSpec("view.pin", "&Pin this frame", "What others are compared to; again to let it go", ("P",), "pin", _VIDEO),
    ActionSpec(
        "view.compare", "&Compare to a file…", "Keep the frame of the same time of another file pinned",
        ("Ctrl+Shift+D",), "", _VIDEO,
    ),
    ActionSpec(
        "view.compare_later", "Other file later", "The other file one frame on", ("Alt+.",), "", ("comparing",)
    ),
    ActionSpec(
        "view.compare_earlier", "Other file earlier", "The other file one frame back", ("Alt+,",), "", ("comparing",)
    ),
    ActionSpec("view.compare_end", "End the comparison", "Let go of the other file", (), "", ("comparing",)),
    ActionSpec("view.gain_up", "Stronger difference", "Double the differences", ("Ctrl+Shift+Up",), "", _VIDEO),
    ActionSpec("view.gain_down", "Weaker difference", "Halve the differences", ("Ctrl+Shift+Down",), "", _VIDEO),
    ActionSpec("view.split_left", "Split line left", "Move the split line left", ("Ctrl+Shift+Left",), "", _VIDEO),
    ActionSpec("view.split_right", "Split line right", "Move the split line right", ("Ctrl+Shift+Right",), "", _VIDEO),
    ActionSpec("view.heatmap", "&Heatmap", "Show where the network sees forgery", ("M",), "heatmap", toggles=True),
    ActionSpec(
        "view.contours", "&Line at 0.5", "Outline the patches that are called more likely forged than not", ("6",),
        "contours", toggles=True,
    ),
    ActionSpec("view.patches", "P&atches", "Show the edges of the heatmap's patches", ("7",), "patches", toggles=True),
    ActionSpec("view.boxes", "&Boxes", "Show the faces' boxes", ("B",), "boxes", toggles=True),
    ActionSpec(
        "view.follow", "Follo&w the face", "Keep the selected face large and still", ("8",), "follow", ("results",),
        toggles=True,
    ),
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
    ActionSpec("view.left", "Look left", "Move the zoomed picture to see more on the left", ("Alt+Shift+Left",)),
    ActionSpec("view.right", "Look right", "Move the zoomed picture to see more on the right", ("Alt+Shift+Right",)),
    ActionSpec("view.up", "Look up", "Move the zoomed picture to see more above", ("Alt+Shift+Up",)),
    ActionSpec("view.down", "Look down", "Move the zoomed picture to see more below", ("Alt+Shift+Down",)),
    ActionSpec("view.reset", "&Reset the layout", "Put all panels back where they were at first"),
    ActionSpec("help.shortcuts", "&Keyboard shortcuts", "All keys on one sheet", ("F1", "?"), "keyboard"),
    ActionSpec("help.keys", "&Change the shortcuts…", "Give actions other keys"),
    ActionSpec("help.whats_this", "&What's this?", "Then click what you want explained", ("Shift+F1",), "question"),
    ActionSpec("help.log", "Open the &log folder", "Where the log file lies"),
    ActionSpec("help.about", "&About LAV", "Versions, licenses, method, model cards"),
)  # fmt: skip

Submenu = tuple[str, tuple[str, ...]]
"""A title and the ids of its actions."""

MENUS: tuple[tuple[str, tuple[str | Submenu, ...]], ...] = (
    ("&File", (
        "file.new", "file.open", "RECENT", "file.save_as", "file.details", "file.close", "-",
        "videos.add", "videos.stop", "videos.remove", "videos.next", "videos.previous", "-",
        "file.export_pdf", "file.stop", "-", "file.save_frame", "file.copy_frame", "file.save_crop",
        "file.copy_crop", "-", "file.settings", "-", "file.quit",
    )),
    ("&Edit", (
        "edit.undo", "edit.redo", "-", "notes.add", "notes.mark", "notes.edit", "notes.copy", "notes.delete", "-",
        "notes.next", "notes.previous",
    )),
    ("&Analysis", (
        "analysis.start", "analysis.resume", "analysis.cancel", "-",
        "queue.add_all", "queue.pause_after", "queue.pause_now", "queue.resume", "-", "analysis.choices", "-",
        "marks.first", "marks.last", "marks.clear",
    )),
    ("&Playback", (
        "playback.play", "playback.backward", "playback.pause", "playback.forward", "marks.loop", "-",
        "playback.next", "playback.previous", "playback.next_ten", "playback.previous_ten",
        "playback.second_on", "playback.second_back", "-", "playback.first", "playback.last", "playback.go_to",
        "playback.digest", "-", "playback.mute", "playback.louder", "playback.quieter", "-",
        "playback.next_analyzed", "playback.previous_analyzed", "playback.strongest",
    )),
    ("&Timeline", (
        "go.next_segment", "go.previous_segment", "go.next_disagreement", "go.previous_disagreement",
        "go.next_track", "go.previous_track", "go.next_gap", "go.previous_gap", "-",
        "timeline.zoom_in", "timeline.zoom_out", "timeline.all", "timeline.selection", "-", "timeline.time",
    )),
    ("Fa&ces", (
        "faces.next", "faces.previous", "faces.none", "-", "faces.include", "faces.split", "faces.merge",
    )),
    ("Pict&ure", (
        "view.original", "view.residual", "view.difference", "view.pinned", "view.split", "view.beside", "-",
        "view.heatmap", "view.contours", "view.patches", "view.boxes", "view.follow", "view.blink", "-",
        "view.pin", "view.compare",
        ("Adjust the &comparison", (
            "view.compare_later", "view.compare_earlier", "view.compare_end", "-",
            "view.gain_up", "view.gain_down", "-", "view.split_left", "view.split_right",
        )), "-",
        "view.fit", "view.actual", "view.zoom_in", "view.zoom_out",
        ("&Move the picture", ("view.left", "view.right", "view.up", "view.down")),
    )),
    ("&View", ("PANELS", "-", "view.reset")),
    ("&Help", ("help.shortcuts", "help.keys", "help.whats_this", "-", "help.log", "-", "help.about")),
)  # fmt: skip
"""Menus from left to right; "-" is a line, "PANELS" the switches of the window's panels, "RECENT" a menu."""


def names_in(entries: tuple[str | Submenu, ...]) -> tuple[str, ...]:
    """The ids in a menu and in its submenus, in their order, without lines."""
    inside = [entry if isinstance(entry, tuple) else ("", (entry,)) for entry in entries]
    return tuple(name for _, names in inside for name in names if name != "-")


TOOLBAR = ("file.open", "analysis.start", "analysis.cancel", "file.export_pdf", "file.save_frame")

TRANSPORT = (
    "playback.first", "playback.previous_ten", "playback.previous", "playback.play", "playback.next",
    "playback.next_ten", "playback.last", "-", "playback.previous_analyzed", "playback.next_analyzed", "-",
    "marks.first", "marks.last", "marks.clear", "marks.loop",
)  # fmt: skip

OVERLAY_BUTTONS = ("view.heatmap", "view.contours", "view.patches", "view.boxes", "view.follow")

ZOOM_BUTTONS = ("view.fit", "view.actual")

FACE_MENU = ("faces.include", "faces.split", "faces.merge", "edit.undo")

NOTE_BUTTONS = ("notes.add", "notes.mark", "notes.edit", "notes.copy", "notes.delete")

NOTE_MENU = ("notes.edit", "notes.copy", "notes.delete")
