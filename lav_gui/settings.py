"""The choices: one frozen value per concern, TOML on disk, schema version.

A change makes a new value (`dataclasses.replace`).
An unknown key in the file is an error that names the nearest known key.
"""

import difflib
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit

from lav_gui.errors import SettingsError
from lav_gui.replacing import replacing

SCHEMA_VERSION = 1


class SamplingMode(StrEnum):
    """How frames are chosen."""

    EVERY = "every"
    FPS = "fps"


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which frames are analyzed: every n-th (``every:N``) or about n per second by PTS (``fps:X``)."""

    mode: SamplingMode
    value: float

    def __post_init__(self) -> None:
        if self.mode is SamplingMode.EVERY and (self.value < 1 or self.value != int(self.value)):
            raise SettingsError("Sampling every:N needs a whole number N of at least 1; write it as in every:5.")
        if not 0 < self.value < 1e6:
            raise SettingsError("Sampling needs a positive number; write it as in every:5 or fps:2.")

    @classmethod
    def parse(cls, text: str) -> "Sampling":
        """Read ``every:N`` or ``fps:X``.

        Raises
        ------
        SettingsError
            If the text is neither.
        """
        mode, _, value = text.partition(":")
        try:
            return cls(SamplingMode(mode), float(value))
        except ValueError as error:
            raise SettingsError(
                f"Sampling {text!r} is not understood; write every:N or fps:X, as in every:5 or fps:2."
            ) from error

    def __str__(self) -> str:
        short = f"{self.value:g}"
        return f"{self.mode}:{short if float(short) == self.value else repr(self.value)}"


class ColorPolicy(StrEnum):
    """Which matrix turns untagged YUV into RGB. Tags, where present, are always obeyed under AUTO.

    AUTO: untagged means BT.709 at 720 lines and more, BT.601 below, limited range. The others override tags too.
    """

    AUTO = "auto"
    BT601 = "bt601"
    BT709 = "bt709"


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """Every choice that changes the numbers of an analysis. Same file, weights, settings and device: same numbers.

    Attributes
    ----------
    model : str
        Name of the weights in the registry; "default" takes the registry's default.
    device : str
        "auto", "cpu", "cuda", "cuda:N" or "mps".
    sampling : Sampling or None
        None lets the device decide: every frame on a GPU, fps:5 on a CPU (stated in the run as what was used).
    from_seconds, to_seconds : float or None
        Part of the video by PTS, both ends inclusive; None is the end of the file on that side.
    detector : str
        "mtcnn" or "yunet".
    min_face_px : int
        Smallest face side in display pixels that is analyzed.
    crop_margin : float
        Side of the square crop over the longer side of the face box.
    contributions_every : int
        Stream contributions on each n-th analyzed frame; 0 switches them off.
    batch_size : int
        Frames per step; halved by itself when a GPU runs out of memory.
    color : ColorPolicy
    smoothing_seconds : float
        Width of the median window of the smoothed curve.
    false_positive_rate : float
        The operating point that is asked of the weights record.
    """

    model: str = "default"
    device: str = "auto"
    sampling: Sampling | None = None
    from_seconds: float | None = None
    to_seconds: float | None = None
    detector: str = "mtcnn"
    min_face_px: int = 40
    crop_margin: float = 1.35
    contributions_every: int = 4
    batch_size: int = 4
    color: ColorPolicy = ColorPolicy.AUTO
    smoothing_seconds: float = 1.0
    false_positive_rate: float = 0.05

    def __post_init__(self) -> None:
        rules = {
            "min_face_px must be at least 16": self.min_face_px >= 16,
            "crop_margin must lie between 1 and 3": 1 <= self.crop_margin <= 3,
            "contributions_every must not be negative": self.contributions_every >= 0,
            "batch_size must be between 1 and 256": 1 <= self.batch_size <= 256,
            "smoothing_seconds must not be negative": self.smoothing_seconds >= 0,
            "false_positive_rate must lie between 0 and 1": 0 < self.false_positive_rate < 1,
            "detector must be mtcnn or yunet": self.detector in ("mtcnn", "yunet"),
            "the part to analyze must end after it begins": self.from_seconds is None
            or self.to_seconds is None
            or self.to_seconds >= self.from_seconds,
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise SettingsError(f"This setting is not allowed: {', and '.join(broken)}; choose another value.")

    def to_dict(self) -> dict[str, Any]:
        """Plain values (str, int, float, None) for TOML, JSON and the case file."""
        plain = asdict(self)
        plain["sampling"] = None if self.sampling is None else str(self.sampling)
        plain["color"] = str(self.color)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "AnalysisSettings":
        """Read what `to_dict` wrote; absent keys take their default.

        Raises
        ------
        SettingsError
            If a key is unknown or a value is not allowed.
        """
        check_keys(plain, [f.name for f in fields(cls)], "analysis")
        values = dict(plain)
        if values.get("sampling") is not None:
            values["sampling"] = Sampling.parse(values["sampling"])
        try:
            values["color"] = ColorPolicy(values.get("color", "auto"))
            return cls(**values)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"A setting has a wrong value: {error}; choose another.") from error


def sampling_for(settings: AnalysisSettings, device: str) -> Sampling:
    """The sampling that was asked for; else 5 frames per second on a CPU, and every frame on a GPU."""
    if settings.sampling is not None:
        return settings.sampling
    return Sampling(SamplingMode.FPS, 5) if device == "cpu" else Sampling(SamplingMode.EVERY, 1)


LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("system", "light", "dark")
SMALLEST_CACHE, LARGEST_CACHE = 64, 65_536
"""Bounds of `Settings.cache_megabytes`."""


VIEWS = ("original", "residual", "difference", "pinned", "split", "beside")
PROCESSED_VIEWS = VIEWS[1:4]
"""What a split can hold against the original."""

GAINS = (1, 2, 4, 8, 16)
"""What differences of frames can be multiplied by."""


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How the picture was shown the last time; a table ``[picture]`` in the file.

    Attributes
    ----------
    view, processed : str
        Of `VIEWS` and `PROCESSED_VIEWS`: what is shown, and what a split holds against the original.
    gain : int
        Of `GAINS`.
    split : float
        Place of the split line, in [0, 1] of the width.
    heatmap, boxes, contours, patches : bool
        What is drawn over it.
    opacity : float
        Of the heatmap, in [0, 1].
    """

    view: str = "original"
    processed: str = "residual"
    gain: int = 4
    split: float = 0.5
    heatmap: bool = True
    opacity: float = 0.5
    boxes: bool = True
    contours: bool = False
    patches: bool = False

    def __post_init__(self) -> None:
        switches = (self.heatmap, self.boxes, self.contours, self.patches)
        rules = {
            f"view must be one of {', '.join(VIEWS)}": self.view in VIEWS,
            f"processed must be one of {', '.join(PROCESSED_VIEWS)}": self.processed in PROCESSED_VIEWS,
            f"gain must be one of {', '.join(map(str, GAINS))}": self.gain in GAINS,
            "split must lie between 0 and 1": 0 <= self.split <= 1,
            "opacity must lie between 0 and 1": 0 <= self.opacity <= 1,
            "heatmap, boxes, contours and patches are true or false": all(isinstance(on, bool) for on in switches),
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise SettingsError(f"This setting is not allowed: {', and '.join(broken)}; choose another value.")

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "PictureSettings":
        """Read the table; absent keys take their default.

        Raises
        ------
        SettingsError
            If a key is unknown or a value is not allowed.
        """
        check_keys(plain, [f.name for f in fields(cls)], "picture")
        try:
            return cls(**plain)
        except TypeError as error:
            raise SettingsError(f"A setting in [picture] has a wrong value: {error}; choose another.") from error


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices that outlive a session, but window geometry.

    Attributes
    ----------
    analysis : AnalysisSettings
        What an analysis starts with.
    language : str
        One of `LANGUAGES`; "system" takes the language of the computer where it is spoken.
    theme : str
        One of `THEMES`.
    cache_megabytes : int
        Memory for decoded frames, in 10^6 bytes.
    keys : tuple of (str, tuple of str)
        Actions of the window whose shortcuts the user has changed, by id, each with its keys in Qt's portable form;
        none where it has no key any more. A table ``[keys]`` in the file.
    picture : PictureSettings
    """

    analysis: AnalysisSettings = field(default_factory=AnalysisSettings)
    language: str = "system"
    theme: str = "system"
    cache_megabytes: int = 512
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    picture: PictureSettings = field(default_factory=PictureSettings)

    def __post_init__(self) -> None:
        megabytes = self.cache_megabytes
        rules = {
            f"language must be one of {', '.join(LANGUAGES)}": self.language in LANGUAGES,
            f"theme must be one of {', '.join(THEMES)}": self.theme in THEMES,
            f"cache_megabytes must be a whole number between {SMALLEST_CACHE} and {LARGEST_CACHE}": (
                isinstance(megabytes, int) and SMALLEST_CACHE <= megabytes <= LARGEST_CACHE
            ),
        }
        broken = [rule for rule, kept in rules.items() if not kept]
        if broken:
            raise SettingsError(f"This setting is not allowed: {', and '.join(broken)}; choose another value.")


def check_keys(plain: Mapping[str, Any], known: list[str], where: str) -> None:
    """Raise `SettingsError` for the first unknown key, naming the nearest known one."""
    for key in plain:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            raise SettingsError(f"Unknown setting {key!r} in [{where}]; did you mean {near[0]!r}?")


def settings_path() -> Path:
    """Where the user's settings lie on this platform."""
    return Path(platformdirs.user_config_dir("lav", appauthor=False)) / "settings.toml"


def load_settings(path: Path) -> Settings:
    """Read a settings file; a missing file gives the defaults.

    Raises
    ------
    SettingsError
        If the file is not TOML, of a newer schema, or holds an unknown key or wrong value.
    """
    if not path.exists():
        return Settings()
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read as settings: {error}; mend or delete it.") from error
    version = plain.pop("schema", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise SettingsError(
            f"{path.name} has schema {version}; this version reads {SCHEMA_VERSION}; update LAV, or delete it."
        )
    analysis = AnalysisSettings.from_dict(plain.pop("analysis", {}))
    keys = _read_shortcuts(plain.pop("keys", {}))
    picture = PictureSettings.from_dict(plain.pop("picture", {}))
    check_keys(plain, [f.name for f in fields(Settings)], "settings")
    return Settings(analysis=analysis, keys=keys, picture=picture, **plain)


def save_settings(settings: Settings, path: Path) -> None:
    """Write settings as TOML; comments of the old file stay, and it is replaced only when the new one is complete.

    Raises
    ------
    SettingsError
        If the old file is not TOML, so that its comments cannot be kept, or the new one cannot be written.
    """
    plain = {"schema": SCHEMA_VERSION, **asdict(settings)}
    analysis = settings.analysis.to_dict()
    plain["analysis"] = {key: value for key, value in analysis.items() if value is not None}
    del plain["keys"]
    if settings.keys:
        plain["keys"] = {action: list(keys) for action, keys in settings.keys}
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        _renew_table(document, plain)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as partial:
            partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML; mend or delete it, then save again.") from error
    except OSError as error:
        raise SettingsError(f"The settings cannot be written to {path}; make the folder writable.") from error


def _read_shortcuts(plain: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The table of shortcuts; which actions there are is known to the window alone."""
    rows = plain.items() if isinstance(plain, dict) else [("", None)]
    for action, keys in rows:
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise SettingsError(
                f'The shortcuts of {action!r} in [keys] are not understood; write a list, as in ["Ctrl+O"], or [].'
            )
    return tuple((action, tuple(keys)) for action, keys in sorted(rows))


def _renew_table(table: MutableMapping[str, Any], plain: Mapping[str, Any]) -> None:
    """Write values into a TOML table, its comments kept; keys that are not in `plain` go."""
    for key in [key for key in table if key not in plain]:
        del table[key]
    for key, value in plain.items():
        old = table.get(key)
        if isinstance(value, dict) and isinstance(old, MutableMapping):
            _renew_table(old, value)
        elif key not in table or old != value:
            table[key] = value
