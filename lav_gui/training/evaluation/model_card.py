"""A model card in the form of Hugging Face's (Mitchell et al., "Model Cards for Model Reporting", FAT* 2019).

Markdown with a YAML head, made of the record of the weights and of their evaluations, so that no figure in it is typed
by hand. What only a person can say (why this recipe, what was tried besides) is a file of notes that is put in.
"""

import csv
import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lav_gui.errors import TrainingError
from lav_gui.replacing import replacing
from lav_gui.training.evaluation.document import SCHEMA
from model_zoo.weights_record import OperatingPoint, Weights

FAILURES = 12
"""Misjudged videos that are named, of each kind, the worst first."""

_PAPER = "https://doi.org/10.1145/3581783.3612386"
_HEAD_FIGURES = ("AUC", "EER", "AP", "TPR at 5 % FPR", "Brier", "Brier of the base rate", "log loss", "Cllr")


@dataclass(frozen=True, slots=True)
class Judged:
    """One evaluation as it lies in its folder: ``evaluation.json`` and the rows of ``faces.csv``."""

    document: Mapping[str, Any]
    faces: Sequence[Mapping[str, str]]


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
    except OSError as error:
        raise TrainingError(f"{folder} is no folder of an evaluation: {error.filename} cannot be opened.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{folder} cannot be read as an evaluation: {error}.") from error
    return Judged(document, faces)


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
        If an evaluation cannot be read or is of other weights, or the card cannot be written.
    """
    judged = [read_judged(folder) for folder in evaluations]
    strangers = [folder for folder, own in zip(evaluations, judged, strict=True) if not _is_of(own, weights)]
    if strangers:
        raise TrainingError(f"{strangers[0]} is an evaluation of other weights than {weights.name}; evaluate these.")
    text = model_card(weights, judged, notes)
    try:
        with replacing(path) as partial:
            partial.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {error.strerror}.") from error


def _is_of(judged: Judged, weights: Weights) -> bool:
    return bool(judged.document["weights"]["sha256"] == weights.sha256)


def model_card(weights: Weights, judged: Sequence[Judged], notes: str) -> str:
    """The text of a card; see `write_model_card`."""
    sections = [
        _head(weights, judged),
        f"# {weights.name}\n\n{_SUMMARY}",
        _details(weights),
        _USES,
        _RISKS,
        _started(weights),
        _training(weights, notes),
        "## Evaluation",
        *(_evaluation(own) for own in judged),
        _calibration(weights),
        _envelope(weights),
        _CITATION,
    ]
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _head(weights: Weights, judged: Sequence[Judged]) -> str:
    lines = ["---", "license: other", f"license_name: {json.dumps(weights.license)}", "library_name: pytorch"]
    lines += ["pipeline_tag: video-classification", "tags:", "- deepfake-detection", "- forgery-localization"]
    lines += ["- image-forensics", "metrics:", "- roc_auc", "- brier_score", "model-index:"]
    lines += [f"- name: {weights.name}", "  results:"]
    for own in judged:
        auc = next(figure for figure in own.document["whole"]["figures"] if figure["name"] == "AUC")
        lines += ["  - task:", "      type: video-classification", "      name: deepfake detection"]
        lines += ["    dataset:", f"      name: {json.dumps(own.document['set_name'])}", "      type: private"]
        lines += [f"      split: {dict(own.document['settings'])['split']}", "    metrics:", "    - type: roc_auc"]
        lines += [f"      value: {_plain(auc['value'])}", "      name: video AUC"]
    return "\n".join([*lines, "---"])


_SUMMARY = (
    "Weights of the two-stream network of *Locate and Verify* (Shuai et al., ACM MM 2023) for LAV, a desktop analyser "
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
- The videos of the evaluation are few, and many show the same people: the intervals are wide and mean it.
- Skin color, age, sex, make-up, beards, glasses and veils were not balanced; error rates by group were not measured.
- Strong filters, retouching, video-call backgrounds and overlaid graphics can look like a blend; strong compression and
  small faces hide one.
- Someone who knows the network can fool it. A low score is no proof that a video is real.
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
    return "## Model details\n\n" + _table(("", ""), rows)


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
    facts = _table(("fact", "value"), weights.training) if weights.training else "Nothing is known of the training."
    return "\n\n".join(("## Training", *([notes.strip()] if notes.strip() else []), "### As recorded", facts))


def _evaluation(judged: Judged) -> str:
    document = judged.document
    settings = dict(document["settings"])
    frames = settings["frames per track"]
    whole = document["whole"]
    intro = (
        f"### {document['set_name']}, split {settings['split']}\n\n"
        f"{whole['reals']} real and {whole['fakes']} fake videos of {whole['groups']} people, {frames} frames of each "
        f"face track, crop margin {settings['crop margin']}. A video's score is the mean logit of its highest track. "
        "Intervals (95 %) resample people; rates over videos carry Clopper and Pearson's."
    )
    told = [intro, *(f"**Attention:** {note}." for note in document["notes"])]
    told.append(_figures("All videos", [f for f in whole["figures"] if f["name"] in _HEAD_FIGURES]))
    if cross_fitted := document.get("cross_fitted"):
        told.append(_figures(_CROSS_FITTED, cross_fitted["figures"]))
    for title, parts in _parts(document):
        told.append(f"{title}\n\n{_part_table(parts)}")
    told.append(_failures(judged, settings))
    return "\n\n".join(told)


_CROSS_FITTED = (
    "Probabilities and thresholds, each video's by a calibration that was fitted without its people (cross-fitted)"
)


def _figures(title: str, figures: Sequence[Mapping[str, Any]]) -> str:
    return f"{title}:\n\n" + _table(("figure", "value [95 %]"), [(f["name"], _told(f)) for f in figures])


def _parts(document: Mapping[str, Any]) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    titles = {
        "dataset": "By source:",
        "method, against all reals": "By method, against the reals of all sources:",
        "method, against its own originals": "By method, against its own originals:",
        "compression": "By compression:",
        "face size": "By face size:",
    }
    found = [(title, [p for p in document["parts"] if p["kind"] == kind]) for kind, title in titles.items()]
    found += [
        ("Pairs of a fake and its own original:", document["pairs"]),
        ("One stream alone, the other at its baseline (mid-gray):", document["streams"]),
        ("Heatmap against the mask, within the crop:", document["localization"]),
    ]
    if robustness := document["robustness"]:
        swept = [robustness["untouched"], *(part for curve in robustness["curves"] for part in curve["parts"])]
        found.append(("After damage to the picture (fewer frames of each track):", swept))
    return [(title, parts) for title, parts in found if parts]


def _part_table(parts: Sequence[Mapping[str, Any]]) -> str:
    """A row per part; figures that not every part has leave a gap."""
    names = list(dict.fromkeys(figure["name"] for part in parts for figure in part["figures"]))
    rows = []
    for part in parts:
        told = {figure["name"]: _told(figure) for figure in part["figures"]}
        rows.append((part["name"], f"{part['reals']} / {part['fakes']}", *(told.get(name, "") for name in names)))
    return _table(("", "real / fake", *names), rows)


def _told(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return f"not told: {figure['note']}"
    ends = "" if figure["low"] is None else f" [{figure['low']:.3f}, {figure['high']:.3f}]"
    hits = f" ({figure['note']})" if " of " in figure["note"] else ""
    return f"{figure['value']:.3f}{ends}{hits}"


def _failures(judged: Judged, settings: Mapping[str, str]) -> str:
    """Misjudged videos at the threshold, each with the frame that was furthest off."""
    weights = Weights.from_dict(judged.document["weights"])
    if not weights.operating_points:
        return ""
    threshold = weights.operating_points[0].threshold
    scored = [(video, _probability(weights, video["logit"])) for video in judged.document["videos"]]
    alarms = sorted(((v, p) for v, p in scored if v["label"] == 0 and p >= threshold), key=lambda pair: -pair[1])
    misses = sorted(((v, p) for v, p in scored if v["label"] == 1 and p < threshold), key=lambda pair: pair[1])
    folder = _common_folder([video["source"] for video in judged.document["videos"]])
    told = [
        f"**Failures** at the threshold of the first operating point, fake probability {threshold:.3f}, each with the "
        f"frame furthest off (among the {settings['frames per track']} scored of each track):"
    ]
    for word, found, sign in (("reals called fake", alarms, 1), ("fakes not called fake", misses, -1)):
        if not found:
            told.append(f"No {word}.")
            continue
        rows = [
            (f"`{v['video'].replace(folder, '', 1)}`", f"{p:.3f}", _worst(judged, weights, v["video"], sign))
            for v, p in found[:FAILURES]
        ]
        more = f" The {FAILURES} furthest off of {len(found)}." if len(found) > FAILURES else ""
        told.append(f"{len(found)} {word}.{more}\n\n" + _table(("video", "fake probability", "worst frame"), rows))
    return "\n\n".join(told)


def _common_folder(sources: Sequence[str]) -> str:
    """What a card leaves out of the names of videos: where they lay on the machine that judged them."""
    folder = posixpath.commonpath([posixpath.dirname(source) for source in sources])
    return f"{folder}/" if folder else ""


def _probability(weights: Weights, logit: float) -> float:
    return float(weights.fake_prob(np.array(logit)))


def _worst(judged: Judged, weights: Weights, video: str, sign: int) -> str:
    own = [face for face in judged.faces if face["video"] == video]
    if not own:
        return ""
    face = max(own, key=lambda face: sign * float(face["logit"]))
    return f"frame {face['frame_index']}: {_probability(weights, float(face['logit'])):.3f}"


def _calibration(weights: Weights) -> str:
    told = ["## Calibration and thresholds"]
    if weights.calibration is None:
        told.append("Not calibrated: logits are shown as they are.")
    else:
        fitted = weights.calibration
        told.append(f"Calibrated logit = {fitted.scale:.6g} x logit + {fitted.offset:.6g}. Fitted on {fitted.source}.")
    if weights.operating_points:
        head = ("fake probability from", "false positives [95 %]", "true positives [95 %]")
        told.append(_table(head, [_point(point) for point in weights.operating_points]))
    if weights.inconclusive is not None:
        low, high = weights.inconclusive
        told.append(f"A video between {low:.3f} and {high:.3f} is *inconclusive*.")
    return "\n\n".join(told)


def _point(point: OperatingPoint) -> tuple[str, str, str]:
    rates = (
        (point.false_positive_rate, point.false_positive_interval),
        (point.true_positive_rate, point.true_positive_interval),
    )
    return (f"{point.threshold:.3f}", *(f"{rate:.3f} [{low:.3f}, {high:.3f}]" for rate, (low, high) in rates))  # type: ignore[return-value]


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
    return "## Tested conditions\n\n" + _table(("condition", "range"), rows)


def _range(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.4g} to {ends[1]:.4g}"


def _plain(value: float | None) -> str:
    return ".nan" if value is None else f"{value:.4f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in lines)
