"""The evaluations in a model card: a summary of all sets, and the tables of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lav_gui.training.evaluation.document import set_use_of, sweep_frames
from lav_gui.training.evaluation.exposure import CALIBRATED, SetUse, exposures
from lav_gui.training.evaluation.tables import TOO_FEW_VIDEOS, is_of_too_few, shown_name
from model_zoo.weights_record import Weights

_HEAD_FIGURES = ("AUC", "EER", "AP", "TPR at 5 % FPR", "Brier", "Brier of the base rate", "log loss", "Cllr")
_SUMMARY_FIGURES = ("AUC", "EER", "TPR at 5 % FPR")


@dataclass(frozen=True, slots=True)
class Judged:
    """One evaluation as it lies in its folder: ``evaluation.json`` and the rows of ``faces.csv``."""

    document: Mapping[str, Any]
    faces: Sequence[Mapping[str, str]]

    @property
    def use(self) -> SetUse:
        """The prepared set and the split of it that was evaluated."""
        return set_use_of(self.document)

    @property
    def title(self) -> str:
        """Name and split of the set."""
        return f"{self.use.name}, split {self.use.split}"

    def is_calibrated_on(self, weights: Weights) -> bool:
        """Whether calibration and thresholds of these weights were set on videos of this set."""
        return CALIBRATED in (*self.document["notes"], *exposures(weights, self.use))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; an upright bar in a cell becomes a slash."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in lines)


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun, as in "1 person" and "2 people"."""
    return f"{count} {one if count == 1 else many}"


def results_summary(judged: Sequence[Judged]) -> str:
    """One row per evaluated set; empty where there is none."""
    if not judged:
        return ""
    rows = []
    for own in judged:
        whole = own.document["whole"]
        figures = {figure["name"]: figure for figure in whole["figures"]}
        cells = [_cell(figures[name], whole) if name in figures else "" for name in _SUMMARY_FIGURES]
        rows.append((own.title, f"{whole['reals']} / {whole['fakes']}", str(whole["groups"]), *cells, _brier(own)))
    head = ("set", "real / fake videos", "people", *(f"video {name}" for name in _SUMMARY_FIGURES), "Brier")
    return (
        "### Summary\n\n"
        + table(head, rows)
        + "\n\nPer video, with 95 % intervals. What the shipped thresholds make of these videos stands under "
        "*Verdicts at the shipped thresholds*."
    )


def brier_of(judged: Judged) -> tuple[Mapping[str, Any], str] | None:
    """The Brier score that tells most of other videos, and a remark: the cross-fitted one where there is one."""
    crossed = judged.document.get("cross_fitted")
    for part, remark in ((crossed, " (cross-fitted)"), (judged.document["whole"], "")):
        found = [] if part is None else [figure for figure in part["figures"] if figure["name"] == "Brier"]
        if found and found[0]["value"] is not None:
            return found[0], remark
    return None


def _brier(judged: Judged) -> str:
    found = brier_of(judged)
    return "" if found is None else _told(found[0]) + found[1]


def evaluation_section(judged: Judged) -> str:
    """All tables of one set."""
    document = judged.document
    settings = dict(document["settings"])
    whole = document["whole"]
    intro = (
        f"### {judged.title}\n\n"
        f"{whole['reals']} real and {whole['fakes']} fake videos of {counted(whole['groups'], 'person', 'people')}, "
        f"{settings['frames per track']} frames of each face track, crop margin {settings['crop margin']}. A video's "
        "score is the mean logit of its highest track. Intervals (95 %) resample people; rates over videos carry "
        "Clopper and Pearson's."
    )
    told = [intro, *(f"**Attention:** {note}." for note in document["notes"])]
    told.append(_figures("All videos", [f for f in whole["figures"] if f["name"] in _HEAD_FIGURES]))
    if cross_fitted := document.get("cross_fitted"):
        title = _CROSS_FITTED.format(reals=cross_fitted["reals"], fakes=cross_fitted["fakes"])
        told.append(_figures(title, cross_fitted["figures"]))
    for title, parts in _parts(document):
        told.append(f"{title}\n\n{_part_table(parts)}")
    return "\n\n".join(told)


_CROSS_FITTED = (
    "Out-of-fold probabilities and rates of the {reals} real and {fakes} fake videos that count for a calibration "
    "(those not below its least sharpness and face size): each is judged by a calibration and by thresholds that were "
    "set on this set alone, without the video's people (cross-fitted). **These are not the shipped thresholds**; they "
    "tell how well the way of setting thresholds works on people who had no part in it"
)

_TITLES = {
    "tested conditions": "By the tested conditions of these weights (face size, sharpness, bits per pixel, codec):",
    "dataset": "By source:",
    "method, against all reals": "By method, against the reals of all sources:",
    "method, against matched originals": "By method, against matched originals:",
    "method, against its own originals": "By method, against matched originals:",  # as it was called before
    "compression": "By compression:",
    "face size": "By face size:",
}

_LOCALIZATION = "Heatmap against the mask, within the crop:"
_BESIDE_BASELINES = (
    "Heatmap against the mask, within the crop, beside two baselines on the same faces: a fixed central ellipse that "
    "spans 60 % of the crop's width and height (ranked by the distance from its center), and a map that is zero "
    "everywhere. What the heatmap adds is what it has above them:"
)


def _figures(title: str, figures: Sequence[Mapping[str, Any]]) -> str:
    return f"{title}:\n\n" + table(("figure", "value [95 %]"), [(shown_name(f["name"]), _told(f)) for f in figures])


def _parts(document: Mapping[str, Any]) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    found = [(title, [p for p in document["parts"] if p["kind"] == kind]) for kind, title in _TITLES.items()]
    has_baselines = any(part["kind"] == "localization baseline" for part in document["localization"])
    found += [
        ("Pairs of a fake and its matched original:", document["pairs"]),
        ("One stream alone, the other at its baseline (mid-gray):", document["streams"]),
        (_BESIDE_BASELINES if has_baselines else _LOCALIZATION, document["localization"]),
    ]
    if robustness := document["robustness"]:
        swept = [robustness["untouched"], *(part for curve in robustness["curves"] for part in curve["parts"])]
        frames = sweep_frames(document["settings"])
        found.append((f"After degradation of the picture ({frames} frames of each track):", swept))
    return [(title, parts) for title, parts in found if parts]


def _part_table(parts: Sequence[Mapping[str, Any]]) -> str:
    """A row per part; figures that not every part has leave a gap."""
    names = list(dict.fromkeys(figure["name"] for part in parts for figure in part["figures"]))
    rows = []
    for part in parts:
        told = {figure["name"]: _cell(figure, part) for figure in part["figures"]}
        rows.append((part["name"], f"{part['reals']} / {part['fakes']}", *(told.get(name, "") for name in names)))
    return table(("", "real / fake", *(shown_name(name) for name in names)), rows)


def _cell(figure: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    return TOO_FEW_VIDEOS if is_of_too_few(figure["name"], part["reals"], part["fakes"]) else _told(figure)


def _told(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None:
        return f"not computed: {figure['note']}"
    ends = "" if figure["low"] is None else f" [{figure['low']:.3f}, {figure['high']:.3f}]"
    hits = f" ({figure['note']})" if " of " in figure["note"] else ""
    return f"{figure['value']:.3f}{ends}{hits}"
