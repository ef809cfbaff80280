"""What this program is made of: versions and licenses, read without importing what the window must not."""

import platform
import re
from dataclasses import dataclass
from importlib import metadata

from lav_gui import __version__
from lav_gui.media.versions import media_versions
from model_zoo.weights_record import Weights

DISTRIBUTION = "lav"
NOT_RECORDED = "not recorded"
"""A frozen program may carry no record of a package."""

LONGEST_LICENSE = 120
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Component:
    """One package that the program needs."""

    name: str
    version: str
    license: str


def versions() -> tuple[tuple[str, str], ...]:
    """The program and what it runs on, as (component, version)."""
    return (
        ("LAV", __version__),
        ("Python", platform.python_version()),
        ("PySide6", _version("PySide6-Essentials")),
        ("PyTorch", _version("torch")),
        *media_versions(),
        (platform.system() or "System", platform.release()),
    )


def components() -> tuple[Component, ...]:
    """All packages that the program names as its needs, by name."""
    try:
        needs = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        needs = []
    names = {found.group() for need in needs if "extra ==" not in need and (found := _NAME.match(need))}
    return tuple(Component(name, _version(name), _license(name)) for name in sorted(names, key=str.casefold))


def facts_of(weights: Weights) -> str:
    """What is known of weights that have no model card, in Markdown."""
    state = "trained" if weights.trained else "UNTRAINED: random weights, whose numbers mean nothing"
    calibration = "none" if weights.calibration is None else weights.calibration.source
    rows = (
        ("Architecture", weights.architecture),
        ("State", state),
        ("SHA-256", weights.sha256),
        ("Calibration", calibration),
        ("License", weights.license),
        ("Source", weights.source),
        ("Created", weights.created),
        *weights.metrics,
        *weights.training,
    )
    lines = "\n".join(f"- **{name}**: {value}" for name, value in rows if value)
    return f"# {weights.name}\n\nThese weights have no model card. What their record tells:\n\n{lines}\n"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return NOT_RECORDED


def _license(package: str) -> str:
    """The license as the package states it: an expression, a short text, or its classifier."""
    try:
        stated = metadata.metadata(package)
        expression, text = (next(iter(stated.get_all(key) or [""])) for key in ("License-Expression", "License"))
    except metadata.PackageNotFoundError:
        return NOT_RECORDED
    lines = text.strip().splitlines()
    classifiers = [each for each in stated.get_all("Classifier") or [] if each.startswith("License ::")]
    named = [each.rpartition(" :: ")[2] for each in classifiers]
    short = lines if len(lines) == 1 and len(lines[0]) <= LONGEST_LICENSE else []
    found = [expression, *short, *named]
    return next((text for text in found if text), NOT_RECORDED)
