"""Which weights there are: shipped ones, the user's own, and an untrained network. No torch.

A *card* is a JSON file ``<name>.json`` that holds a `Weights` record; shipped cards lie in ``cards/`` with their
safetensors shards in ``weights/``, a user's card lies beside its shards. `files` in a card are bare names.
"""

import json
import logging
import math
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from model_zoo.errors import WeightsError
from model_zoo.weights_record import Weights

CARD_SCHEMA = "lav.weights/1"
SMALLEST_INPUT, LARGEST_INPUT = 32, 4096

UNTRAINED = Weights(
    name="lvnet.untrained",
    architecture="lvnet",
    sha256="6bb347c904327ebdf88707da0024bc801550ba01f3911455898dbdfda89affda",
    trained=False,
    files=(),
    input_size=299,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    calibration=None,
    operating_points=(),
    inconclusive=None,
    envelope=None,
    metrics=(),
    license="Apache-2.0",
    source="random numbers from a fixed seed (model_zoo.untrained); nothing was learned",
    created="2026-11-24",
)
"""Random weights, to see what numbers that mean nothing look like; the hash is that of the generated tensors."""

DEFAULT_NAME = "lvnet.self_blend"
"""What ``default`` means: shipped weights."""

_PACKAGE = Path(__file__).resolve().parent
_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9][a-z0-9_-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CardProblem:
    """A card that cannot be used, and why, as one sentence that names it."""

    card: Path
    sentence: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """All weights that can be used, sorted by name, and the cards that cannot be read."""

    weights: tuple[Weights, ...]
    problems: tuple[CardProblem, ...]


def user_folder() -> Path:
    """Where the user's weights lie: the platform's data folder, or what LAV_MODELS names."""
    named = os.environ.get("LAV_MODELS")
    return Path(named) if named else Path(platformdirs.user_data_dir("lav", appauthor=False)) / "models"


def shipped_folders() -> tuple[Path, Path]:
    """Where the weights of this package lie: the folder of the cards and that of their shards."""
    return _PACKAGE / "cards", _PACKAGE / "weights"


def read_catalog() -> Catalog:
    """Read every card. One that cannot be read is a problem of its own and hides no other."""
    found = {UNTRAINED.name: UNTRAINED}
    problems = []
    for cards, files in (shipped_folders(), (user_folder(), user_folder())):
        for card in sorted(cards.glob("*.json")):
            try:
                weights = read_card(card, files)
                if weights.name in found:
                    raise WeightsError(f"{card} repeats the name of other weights; rename it or remove it.")
                found[weights.name] = weights
            except WeightsError as error:
                _log.warning("%s", error)
                problems.append(CardProblem(card, str(error)))
    return Catalog(tuple(found[name] for name in sorted(found)), tuple(problems))


def list_weights() -> tuple[Weights, ...]:
    """All weights that can be used, sorted by name; `read_catalog` tells of unreadable cards too."""
    return read_catalog().weights


def find_weights(name: str) -> Weights:
    """The weights of a name; ``default`` stands for the default ones.

    Raises
    ------
    WeightsError
        If there are none of that name, or their card cannot be read.
    """
    name = DEFAULT_NAME if name == "default" else name
    catalog = read_catalog()
    for weights in catalog.weights:
        if weights.name == name:
            return weights
    broken = [problem.sentence for problem in catalog.problems if problem.card.stem == name]
    known = ", ".join(weights.name for weights in catalog.weights)
    raise WeightsError(broken[0] if broken else f"There are no weights named {name!r}; known are: {known}.")


def read_card_text(name: str) -> str | None:
    """The model card that goes with weights, in Markdown; None where there is none.

    It lies beside the JSON card as ``<name>.md``: first the shipped ones are looked at, then the user's.

    Raises
    ------
    WeightsError
        If the name cannot be one of weights, or the card cannot be read.
    """
    check_name(name)
    for folder in (shipped_folders()[0], user_folder()):
        path = folder / f"{name}.md"
        try:
            if path.is_file():
                return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise WeightsError(f"The model card {path} cannot be read; check that you may read it.") from error
    return None


def default_weights() -> Weights:
    """The weights that are used when none are named."""
    return find_weights(DEFAULT_NAME)


def check_name(name: str) -> None:
    """Accept ``architecture.recipe`` in small letters, digits, ``_`` and (in the recipe) ``-``.

    Raises
    ------
    WeightsError
        If the name is not of that form.
    """
    if not _NAME.fullmatch(name):
        raise WeightsError(
            f"{name!r} cannot name weights; write architecture.recipe in small letters, digits and _, as in lvnet.mine."
        )


def save_card(weights: Weights, folder: Path, files_folder: Path | None = None) -> Path:
    """Write a card; the old file is replaced only when the new one is complete.

    Parameters
    ----------
    weights : Weights
    folder : Path
        Of the card.
    files_folder : Path or None
        Where all of `files` must lie; None for beside the card.

    Returns
    -------
    Path
        The card.

    Raises
    ------
    WeightsError
        If the name is not allowed, a file lies elsewhere, or the card cannot be written.
    """
    check_name(weights.name)
    place = files_folder or folder
    strangers = [path.name for path in weights.files if path.parent != place]
    if strangers:
        raise WeightsError(f"{strangers[0]} does not lie in {place}; move it there to register {weights.name}.")
    bare = replace(weights, files=tuple(Path(path.name) for path in weights.files))
    card = folder / f"{weights.name}.json"
    partial = card.with_name(card.name + ".partial")
    try:
        partial.write_text(json.dumps({"schema": CARD_SCHEMA, **bare.to_dict()}, indent=2) + "\n", encoding="utf-8")
        partial.replace(card)
    except OSError as error:
        raise WeightsError(f"{card} cannot be written: {error.strerror}; make room and see to its rights.") from error
    return card


def read_card(card: Path, folder: Path) -> Weights:
    """Read one card, whose files lie in `folder`.

    Raises
    ------
    WeightsError
        If the card cannot be read, breaks a rule, or names a file that is not there.
    """
    try:
        plain = json.loads(card.read_text(encoding="utf-8"))
        schema = plain.pop("schema")
        bare = Weights.from_dict(plain)
        fault = f"has schema {schema!r}, not {CARD_SCHEMA!r}" if schema != CARD_SCHEMA else _fault(bare, card.stem)
    except OSError as error:
        raise WeightsError(
            f"The card {card} cannot be opened: {error.strerror}; check that you may read it."
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WeightsError(f"The card {card} cannot be read; remove it or import its weights again.") from error
    if fault is None:
        weights = replace(bare, files=tuple(folder / path for path in bare.files))
        missing = [path.name for path in weights.files if not path.is_file()]
        fault = f"names the file {missing[0]}, which is not in {folder}" if missing else None
    if fault is not None:
        raise WeightsError(f"The card {card} {fault}; remove it or import its weights again.")
    return weights


def _fault(bare: Weights, stem: str) -> str | None:
    """The first rule that a card breaks, or None."""
    rules = {
        f"names other weights, {bare.name!r}": bare.name == stem and _NAME.fullmatch(stem) is not None,
        "has no valid sha256": _SHA256.fullmatch(bare.sha256) is not None,
        "does not say whether the weights are trained": isinstance(bare.trained, bool),
        "names no file": len(bare.files) > 0,
        "names a file outside its folder": all(path.name == str(path) for path in bare.files),
        "has an input_size that no network takes": isinstance(bare.input_size, int)
        and SMALLEST_INPUT <= bare.input_size <= LARGEST_INPUT,
        "has a mean or std that is not three numbers": len(bare.mean) == len(bare.std) == 3 and min(bare.std) > 0,
        "has a map_contrast that is no number of at least 0": 0 <= bare.map_contrast < math.inf,
    }
    return next((fault for fault, kept in rules.items() if not kept), None)
