"""The failures: one tree, drawn here.

::

    LavError
    ├── MediaError      a file that cannot be read as a video or picture
    │   └── FrameGap    one frame of a readable file that yields no picture
    ├── FaceError       a detector that cannot be built or run
    ├── ModelError      weights or a device that cannot be used
    ├── SettingsError   a choice that is not allowed
    ├── SessionError    a case file that cannot be opened or written
    ├── ReportError     a report that cannot be set
    ├── TrainingError   a training that cannot start or go on
    │   └── SampleError a picture to train on that cannot be made
    └── WorkerError     a child process that ended without an answer

``str(error)`` is one sentence for the user: what is wrong with which file, and what to do.
"""


class LavError(Exception):
    """Base of every failure that is shown to the user as one sentence."""


class MediaError(LavError):
    """A file cannot be read as a video or picture."""


class FrameGap(MediaError):
    """One frame of a readable file yields no picture; the others do."""


class FaceError(LavError):
    """A face detector cannot be built or run."""


class ModelError(LavError):
    """Weights or a device cannot be used."""


class SettingsError(LavError):
    """A choice is not allowed, or a settings file is not understood."""


class SessionError(LavError):
    """A case file cannot be opened or written."""


class ReportError(LavError):
    """A report cannot be set or written."""


class TrainingError(LavError):
    """A training cannot start or go on."""


class SampleError(TrainingError):
    """A picture to train on cannot be made; what was trained so far is good."""


class WorkerError(LavError):
    """A child process ended without an answer."""
