"""A model card in the form of Hugging Face's (Mitchell et al., "Model Cards for Model Reporting", FAT* 2019).

Markdown with a YAML head, made of the record of the weights and of their evaluations, so that no figure in it is typed
by hand. What only a person can say (why this recipe, what was tried besides) is a file of notes that is put in.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.card_evaluation import Judged, brier_of, evaluation_section, results_summary, table
from lav_gui.training.evaluation.card_verdicts import (
    calibration_section,
    failures_section,
    false_positives_section,
    verdicts_section,
)
from lav_gui.training.evaluation.document import OUTDATED, SCHEMA, is_judged_as
from lav_gui.training.evaluation.exposure import read_uses
from lav_gui.training.evaluation.tables import is_of_too_few
from model_zoo.weights_record import Weights

_PAPER = "https://doi.org/10.1145/3581783.3612386"


def read_judged(folder: Path) -> Judged:
    """Read the folder of an evaluation.

    Raises
    ------
    TrainingError
        If a file in it cannot be read or is of another schema.
    """
    try:
        document = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        with (folder / "faces.csv").open(encoding="utf-8", newline="") as file:
            faces = tuple(csv.DictReader(file))
        if document["schema"] != SCHEMA:
            raise TrainingError(f"{folder} holds an evaluation of another version; run lav evaluate again.")
        judged = Judged(document, faces)
        _stated(judged)
    except OSError as error:
        raise TrainingError(f"{folder} is no folder of an evaluation: {error.filename} cannot be opened.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{folder} cannot be read as an evaluation: {error}.") from error
    return judged


def write_model_card(weights: Weights, evaluations: Sequence[Path], notes: str, path: Path) -> None:
    """Write the card of weights.

    Parameters
    ----------
    weights : Weights
        Registered, or a candidate.
    evaluations : sequence of Path
        Folders of ``lav evaluate`` on these very weights.
    notes : str
        Markdown on the training, put in as it is; may be empty.
    path : Path
        Replaced only when the new card is complete.

    Raises
    ------
    TrainingError
        If an evaluation cannot be read, is of other weights or was made with another calibration, other thresholds
        or other tested conditions, or the card cannot be written.
    """
    judged = [read_judged(folder) for folder in evaluations]
    strangers = [folder for folder, own in zip(evaluations, judged, strict=True) if not _is_of(own, weights)]
    if strangers:
        raise TrainingError(f"{strangers[0]} is an evaluation of other weights than {weights.name}; evaluate these.")
    outdated = [
        folder for folder, own in zip(evaluations, judged, strict=True) if not is_judged_as(_stated(own), weights)
    ]
    if outdated:
        raise TrainingError(f"The evaluation {outdated[0]} {OUTDATED}.")
    text = model_card(weights, judged, notes)
    try:
        with replacing(path) as partial:
            partial.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.") from error


def _is_of(judged: Judged, weights: Weights) -> bool:
    return bool(judged.document["weights"]["sha256"] == weights.sha256)


def _stated(judged: Judged) -> Weights:
    """The record of the weights as it was when they were evaluated."""
    return Weights.from_dict(judged.document["weights"])


def model_card(weights: Weights, judged: Sequence[Judged], notes: str) -> str:
    """The text of a card; see `write_model_card`."""
    sections = [
        _head(weights, judged),
        f"# {weights.name}\n\n{_SUMMARY}",
        _details(weights),
        _USES,
        _RISKS,
        _RECOMMENDATIONS,
        _started(weights),
        _training(weights, notes),
        "## Evaluation",
        results_summary(judged),
        *(text for own in judged for text in (evaluation_section(own), failures_section(weights, own))),
        verdicts_section(weights, judged),
        false_positives_section(weights, judged),
        calibration_section(weights, judged),
        _envelope(weights),
        f"## License\n\n{weights.license}",
        _CITATION,
    ]
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _head(weights: Weights, judged: Sequence[Judged]) -> str:
    lines = ["---", "license: other", f"license_name: {_license_id(weights.license)}", 'license_link: "#license"']
    lines += ["library_name: pytorch", *_base_model(weights), *_datasets(weights, judged)]
    lines += ["pipeline_tag: video-classification", "tags:", "- deepfake-detection", "- forgery-localization"]
    lines += ["- image-forensics"]
    results = [(own, tuple(_metrics(own))) for own in judged]
    kinds = dict.fromkeys(kind for _, metrics in results for kind, _, _ in metrics)
    lines += ["metrics:", *(f"- {kind}" for kind in kinds)] if kinds else []
    if any(metrics for _, metrics in results):
        lines += ["model-index:", f"- name: {weights.name}", "  results:"]
    for own, metrics in results:
        if not metrics:
            continue
        lines += ["  - task:", "      type: video-classification", "      name: deepfake detection"]
        lines += ["    dataset:", f"      name: {json.dumps(own.use.name)}", "      type: private"]
        lines += [f"      split: {own.use.split}", "    metrics:"]
        for kind, value, name in metrics:
            lines += [f"    - type: {kind}", f"      value: {value:.4f}", f"      name: {name}"]
    return "\n".join([*lines, "---"])


def _license_id(text: str) -> str:
    """A short id for the license; its text stands in the card's own section."""
    if text.lower().startswith("non-commercial research only"):
        return "lav-noncommercial-research"
    return re.sub(r"[^a-z0-9.]+", "-", text.split(":")[0].lower()).strip("-") or "unknown"


def _base_model(weights: Weights) -> list[str]:
    """What the network began with, where a fact of the training names the published file."""
    is_known = any("imagenet:timm" in value for _, value in weights.training)
    return ["base_model: timm/legacy_xception.tf_in1k"] if is_known else []


def _datasets(weights: Weights, judged: Sequence[Judged]) -> list[str]:
    """Prepared sets that were trained on, and sources that were evaluated on, each marked as such."""
    facts = [value for name, value in weights.training if name.startswith("data (train")]
    marks: dict[str, list[str]] = {use.name: ["trained on (prepared set)"] for fact in facts for use in read_uses(fact)}
    for name in sorted({part["name"] for own in judged for part in own.document["parts"] if part["kind"] == "dataset"}):
        marks.setdefault(name, []).append("evaluated on")
    lines = [f"- {json.dumps(name)}  # {', '.join(told)}" for name, told in marks.items()]
    return ["datasets:", *lines] if lines else []


def _metrics(judged: Judged) -> Iterator[tuple[str, float, str]]:
    """Type, value and name of each metric of a set that can be told."""
    whole = judged.document["whole"]
    auc = next(figure for figure in whole["figures"] if figure["name"] == "AUC")
    if auc["value"] is not None and not is_of_too_few("AUC", whole["reals"], whole["fakes"]):
        yield "roc_auc", auc["value"], "video AUC"
    if found := brier_of(judged):
        yield "brier_score", found[0]["value"], f"video Brier score{found[1]}"


_SUMMARY = (
    "Weights of the two-stream network of *Locate and Verify* (Shuai et al., ACM MM 2023) for LAV, a desktop analyzer "
    "for forged faces in video. For each face in a frame they give a fake probability and a map of where in the face "
    "the forgery sits; the share of each stream, color or noise residual, is computed from them."
)

_USES = """
## Uses

**Intended:** to help a trained person examine a video: where to look, in which frames, and how sure the network is. A
figure from it is one observation among others, and it is quoted with the frame, these weights and the settings.

**Not intended:** deciding alone on a person, an accusation or a take-down; screening people or uploads without a human
look; pictures that are forged as a whole (a face generated from nothing, a whole video generated by a model): the
network was taught to see that *part* of a face was laid onto a picture. Nor does it say who made a forgery.
"""

_RISKS = """
## Bias, risks and limitations

- Faces, cameras and codecs unlike those below were not tested; LAV says *out of scope* beyond the tested conditions.
- The videos of the evaluation are few, and many show the same people: the intervals are wide, and the true
  figures may lie anywhere in them.
- Skin color, age, sex, make-up, beards, glasses and veils were not balanced; error rates by group were not measured.
- Strong filters, retouching, video-call backgrounds and overlaid graphics can look like a blend; strong compression and
  small faces hide one.
- Someone who knows the network can fool it. A low score is no proof that a video is real.
"""

_RECOMMENDATIONS = """
## Recommendations

- Read *Verdicts at the shipped thresholds* and *False positives on real video* before a verdict is quoted.
- Treat likely_real and a low score as no evidence: many forgeries lie there.
- Look at the frames and the heatmap yourself; a heatmap that is no better than the fixed ellipse of the table adds
  nothing.
- Compare with the original or another copy of the video where there is one, and use other evidence beside this.
- Before use on another kind of video, evaluate and calibrate on labeled videos of that kind (`lav evaluate`,
  `lav calibrate`).
"""

_CITATION = f"""
## Citation

Network: Shuai, Zhong, Wu, Lin, Wang, Ba, Liu, Cavallaro, Ren: *Locate and Verify: A Two-Stream Network for Improved
Deepfake Detection*, ACM MM 2023, {_PAPER}. Self-blended images: Shiohara and Yamasaki, CVPR 2022.
Self-made implementation and weights; the authors of the papers have no part in them.
"""


def _details(weights: Weights) -> str:
    rows = [
        ("architecture", f"{weights.architecture} (`model_zoo/networks`)"),
        ("crop", f"{weights.input_size} x {weights.input_size} px, RGB"),
        ("normalization", f"mean {_triple(weights.mean)}, std {_triple(weights.std)}"),
        ("logit of a face", _logit(weights)),
        ("made on", weights.created),
        ("license", weights.license),
        ("files", ", ".join(f"`{file.name}`" for file in weights.files)),
        ("SHA-256 of the files, one after the other", f"`{weights.sha256}`"),
    ]
    return "## Model details\n\n" + table(("", ""), rows)


def _logit(weights: Weights) -> str:
    classes = "class head, fake minus real"
    if weights.map_contrast == 0:
        return classes
    return f"{classes}; plus {weights.map_contrast:g} x contrast of the map (highest quarter of its cells minus lowest)"


def _triple(values: tuple[float, float, float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _started(weights: Weights) -> str:
    return f"## How to get started\n\n```\nlav analyze VIDEO --model {weights.name} --pdf report.pdf\n```"


def _training(weights: Weights, notes: str) -> str:
    told = ["## Training", *([notes.strip()] if notes.strip() else [])]
    used = [fact for fact in weights.training if fact[0].startswith("data (")]
    made = [fact for fact in weights.training if not fact[0].startswith("data (")]
    if made:
        told.append("### Hyperparameters and origin, as recorded\n\n" + table(("fact", "value"), made))
    if used:
        told.append("### Data, as recorded\n\n" + table(("fact", "value"), used))
    if not weights.training:
        told.append("Nothing is known of the training.")
    return "\n\n".join(told)


def _envelope(weights: Weights) -> str:
    tested = weights.envelope
    if tested is None:
        return ""
    rows = [
        ("face, shorter side in pixels", _range(tested.face_px)),
        ("sharpness of the crop (variance of the Laplacian)", _range(tested.sharpness)),
        ("bits per pixel", _range(tested.bits_per_pixel)),
        ("codecs", ", ".join(tested.codecs)),
    ]
    return "## Tested conditions\n\n" + table(("condition", "range"), rows)


def _range(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.4g} to {ends[1]:.4g}"
