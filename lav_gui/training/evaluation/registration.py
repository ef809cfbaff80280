"""``lav models register``: from a run into the user's registry, with all that a card must tell, or not at all."""

import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.document import OUTDATED, Judgement, is_judged_as, read_judgement
from lav_gui.training.evaluation.exposure import CALIBRATED, DAMNING, TRAINED, exposures
from lav_gui.training.evaluation.run_record import UNREGISTERED_LICENSE, read_candidate
from lav_gui.training.evaluation.tables import Figure, Part, is_of_too_few
from model_zoo import registry
from model_zoo.checkpoints import load_network
from model_zoo.errors import WeightsError
from model_zoo.weights_record import Weights

_RANKING = ("AUC", "EER", "TPR at 5 % FPR")
_PROBABILITY = ("Brier", "Brier of the base rate", "log loss", "Cllr")
_PART_KINDS = ("tested conditions", "dataset", "method, against all reals", "pairs", "stream", "localization")


@dataclass(frozen=True, slots=True)
class Registration:
    """What to register, and what only a person can say.

    Attributes
    ----------
    candidate : Path
        Folder of a run, its ``weights`` folder, or a card; calibrated.
    evaluations : tuple of Path
        ``evaluation.json`` of these weights, or folders that hold one.
    license : str
        Under which the weights may be used.
    name : str
        In the registry; empty keeps that of the candidate.
    replace : bool
        Take the place of weights of this name in the same folder, whose card and shards go once the new ones stand.
    """

    candidate: Path
    evaluations: tuple[Path, ...]
    license: str
    name: str = ""
    replace: bool = False


def register(registration: Registration, folder: Path, files_folder: Path | None = None) -> Weights:
    """Copy shards into a registry and write their card there.

    Parameters
    ----------
    registration : Registration
    folder : Path
        Of the card: `registry.user_folder` for the analysis to find them, or the first of `registry.shipped_folders`
        to ship them with the program.
    files_folder : Path or None
        Of the shards; None for beside the card.

    Returns
    -------
    Weights
        As registered.

    Raises
    ------
    TrainingError
        If something that a card must tell is missing (the sentence names it), an evaluation is of other weights or of
        videos that these were trained on, or calibrated on without cross-fitted figures, the name is taken (where
        nothing is to be replaced: by any weights, else by weights in another folder), or the folder cannot be written.
    """
    candidate = read_candidate(registration.candidate)
    judgements = tuple(read_judgement(_document(path)) for path in registration.evaluations)
    ready = replace(
        candidate,
        name=registration.name or candidate.name,
        license=registration.license or candidate.license,
        metrics=tuple(line for judgement in judgements for line in _lines(judgement, candidate)),
    )
    _check(ready, judgements)
    try:
        load_network(candidate)
        place = files_folder or folder
        earlier = _replaced_shards(ready, folder, place, replaces=registration.replace)
        return _copied(ready, folder, place, earlier)
    except WeightsError as error:
        raise TrainingError(str(error)) from error
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written: {error.strerror}.") from error


def _document(path: Path) -> Path:
    return path / "evaluation.json" if path.is_dir() else path


def lacks(weights: Weights) -> list[str]:
    """What a card must tell and this one does not, in words."""
    facts = dict(weights.training)
    told = {
        "the recipe": bool(facts.get("recipe")),
        "the commit or version it was trained with": bool(facts.get("commit")),
        "the data it was trained on, with hashes": any(
            name.startswith("data (train") and "SHA-256" in value for name, value in weights.training
        ),
        "a calibration (lav calibrate)": weights.calibration is not None,
        "an operating point (lav calibrate)": bool(weights.operating_points),
        "the tested conditions (lav calibrate)": weights.envelope is not None,
        "figures with intervals (lav evaluate)": any(" [" in figure for _, figure in weights.metrics),
        "a license": bool(weights.license) and weights.license != UNREGISTERED_LICENSE,
        "a date": bool(weights.created),
        "a trained network": weights.trained,
        "an architecture": bool(weights.architecture),
    }
    return [word for word, is_told in told.items() if not is_told]


def _check(weights: Weights, judgements: Sequence[Judgement]) -> None:
    for judgement in judgements:
        judged = f"The evaluation on {judgement.judged.name}, split {judgement.judged.split},"
        if judgement.weights.sha256 != weights.sha256:
            raise TrainingError(f"{judged} is of other weights; evaluate these.")
        if weights.calibration is not None and not is_judged_as(judgement.weights, weights):
            raise TrainingError(f"{judged} {OUTDATED}.")
        if word := next((word for word in _seen(judgement, weights) if not _is_answered(word, judgement)), ""):
            lacking = " and nothing is cross-fitted" if word == CALIBRATED else ""
            raise TrainingError(f"{judged} cannot stand in a card, since {word}{lacking}; evaluate on others.")
    if missing := lacks(weights):
        raise TrainingError(f"{weights.name} cannot be registered: its card lacks {'; '.join(missing)}.")


def _seen(judgement: Judgement, weights: Weights) -> list[str]:
    """What the networks that scored had seen of these videos and makes figures worthless.

    Where stand-ins scored, the weights' own training does not matter; what the stand-ins had seen the evaluation notes.
    """
    seen = [word for word in exposures(weights, judgement.judged) if word in DAMNING]
    return [word for word in seen if word != TRAINED or not judgement.stand_ins or word in judgement.notes]


def _is_answered(word: str, judgement: Judgement) -> bool:
    """Whether figures of videos that were calibrated on are there as others' calibrations give them."""
    return word == CALIBRATED and judgement.cross_fitted is not None


def _lines(judgement: Judgement, weights: Weights) -> list[tuple[str, str]]:
    """The figures of one evaluation as a card prints them; of probabilities the cross-fitted ones where there are."""
    marks = [word for word in exposures(weights, judgement.judged) if word != TRAINED]
    seen = "".join(f" ({word})" for word in (*marks, *(["scored by stand-ins"] if judgement.stand_ins else [])))
    where = f"{judgement.judged.name}, {judgement.judged.split}{seen}"
    crossed = judgement.cross_fitted
    of_probabilities, mark = (judgement.whole, "") if crossed is None else (crossed, " (cross-fitted)")
    lines = [_line(f"{where}: video {name}", judgement.whole, judgement.whole.figure(name)) for name in _RANKING]
    lines += [
        _line(f"{where}: video {name}{mark}", of_probabilities, of_probabilities.figure(name)) for name in _PROBABILITY
    ]
    lines += [
        _line(f"{where}: {part.kind}: {part.name}: {part.figures[0].name}", part, part.figures[0])
        for part in judgement.parts
        if part.kind in _PART_KINDS and _says_something(part)
    ]
    return lines


def _says_something(part: Part) -> bool:
    figure = part.figures[0]
    return not (math.isnan(figure.value) or is_of_too_few(figure.name, part.reals, part.fakes))


def _line(name: str, part: Part, figure: Figure) -> tuple[str, str]:
    counts = " and ".join(f"{n} {word}" for n, word in ((part.reals, "real"), (part.fakes, "fake")) if n)
    if math.isnan(figure.value):
        return name, f"not computed: {figure.note}"
    ends = f"[{figure.low:.3f}, {figure.high:.3f}]" if not math.isnan(figure.low) else f"(no interval: {figure.note})"
    return name, f"{figure.value:.3f} {ends}, {counts} {part.unit}, {part.groups} people"


def _replaced_shards(weights: Weights, folder: Path, files_folder: Path, *, replaces: bool) -> tuple[Path, ...]:
    """Shards of the weights that these take the place of; none where the name is free."""
    registry.check_name(weights.name)
    if not weights.name.startswith(f"{weights.architecture}."):
        raise TrainingError(f"{weights.name!r} must begin with its architecture, {weights.architecture}.")
    card = folder / f"{weights.name}.json"
    taken = {known.name for known in registry.list_weights()}
    if not card.exists() and weights.name not in taken:
        return ()
    if not (card.exists() and replaces):
        raise TrainingError(f"There are weights named {weights.name} already; give these another name.")
    try:
        return registry.read_card(card, files_folder).files
    except WeightsError:  # a card that cannot be used names no shards to remove
        return ()


def _copied(weights: Weights, folder: Path, files_folder: Path, earlier: Sequence[Path]) -> Weights:
    """Shards first, the card then, old shards last: a registry never holds a card without its shards.

    The names of the shards hold a part of their hash, so that those of earlier weights stay until the new card stands.
    The model card of earlier weights goes before: it would tell of others.
    """
    for place in (folder, files_folder):
        place.mkdir(parents=True, exist_ok=True)
    count, own = len(weights.files), f"{weights.name}-{weights.sha256[:8]}"
    files = tuple(files_folder / f"{own}-{i}-of-{count}.safetensors" for i in range(1, count + 1))
    for source, target in zip(weights.files, files, strict=True):
        with replacing(target) as partial:
            shutil.copyfile(source, partial)
    (folder / f"{weights.name}.md").unlink(missing_ok=True)
    registered = replace(weights, files=files)
    registry.save_card(registered, folder, files_folder)
    new = {path.name for path in files}
    for old in earlier:
        if old.name not in new:
            old.unlink(missing_ok=True)
    return registered
