"""The one failure of this package; `lav_gui` turns it into its own `ModelError`."""


class WeightsError(Exception):
    """Weights cannot be used. ``str(error)`` is one sentence that names the file and says what to do."""
