"""What one asks of `prepare`: which data, where to, and how."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.training.sets.splits import Fractions


@dataclass(frozen=True, slots=True)
class PrepareSettings:
    """How a set is prepared.

    Attributes
    ----------
    frames : int
        Of each video at most, spread evenly over all of it.
    min_face_px : int
        Faces whose shorter side is smaller (display pixels) are left out.
    detector, device : str
        As the analysis names them.
    pair_masks : bool
        Derive masks from the aligned original for fakes that have none (see `pair_masks`).
    fractions : tuple of 3 float
        Shares of train, val and test where the dataset gives no split.
    seed : int
        Of those splits.
    workers : int
        Processes; 1 works in this one.
    allow_leaks : bool
        Keep a set in which a person or a picture crosses splits.
    """

    frames: int = 32
    min_face_px: int = 40
    detector: str = "mtcnn"
    device: str = "cpu"
    pair_masks: bool = False
    fractions: Fractions = (0.72, 0.14, 0.14)
    seed: int = 0
    workers: int = 1
    allow_leaks: bool = False

    def __post_init__(self) -> None:
        rules = {
            "frames must be at least 1": self.frames >= 1,
            "min_face_px must be at least 16": self.min_face_px >= 16,
            "workers must lie between 1 and 256": 1 <= self.workers <= 256,
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise TrainingError(f"The set cannot be prepared so: {'; '.join(broken)}.")

    def described(self) -> tuple[tuple[str, str], ...]:
        """Name and value of all that shapes the set, for its card."""
        return tuple((name, str(value)) for name, value in asdict(self).items() if name not in ("workers", "device"))


@dataclass(frozen=True, slots=True)
class DataRoot:
    """One dataset on disk.

    Attributes
    ----------
    root : Path
        Folder, or a CSV file.
    adapter : str
        Name of an adapter; ``auto`` finds it by the layout.
    methods, compressions : tuple of str
        Keep these only; empty keeps all. Reals have the method ``real`` and stay.
    masks : str
        Where masks lie for fakes of which the adapter knows none: a path or pattern in which ``{dataset}``,
        ``{method}``, ``{compression}`` and ``{name}`` are filled in, and ``{frame:04d}`` per frame; or ``pair``.
    license_note : str
        Terms of use for the card; empty takes the adapter's.
    """

    root: Path
    adapter: str = "auto"
    methods: tuple[str, ...] = ()
    compressions: tuple[str, ...] = ()
    masks: str = ""
    license_note: str = ""


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """All that `prepare` needs.

    Attributes
    ----------
    roots : tuple of DataRoot
    out : Path
        Of the set.
    settings : PrepareSettings
    copies_of : Path or None
        A prepared set whose videos these are re-encoded copies of, with the same splits: weights that were trained on
        that one are known to have seen these.
    """

    roots: tuple[DataRoot, ...]
    out: Path
    settings: PrepareSettings = field(default_factory=PrepareSettings)
    copies_of: Path | None = None
