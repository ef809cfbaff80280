"""The page of an evaluation: one HTML file that needs nothing else, for reading and for printing."""

import base64
import html
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2

from lav_gui.replacing import replacing
from lav_gui.training.evaluation import figures, metrics
from lav_gui.training.evaluation.document import Evaluation, sweep_frames
from lav_gui.training.evaluation.exposure import AND, DAMNING, read_uses
from lav_gui.training.evaluation.page_style import STYLE
from lav_gui.training.evaluation.robustness import Robustness
from lav_gui.training.evaluation.samples import Sample
from lav_gui.training.evaluation.tables import FEWEST, TOO_FEW_VIDEOS, Figure, Part, is_of_too_few, shown_name
from lav_gui.training.evaluation.videos import labels_of, logits_of
from lav_gui.training.sets.index import FAKE, REAL

MOST_CURVES = 5
"""Curves in one figure, the whole included."""

MOST_MISLED = 8
"""Videos of each class that are named as judged worst."""

_HEADLINES = ("AUC", "EER", "TPR at 5 % FPR", "Brier", "Cllr")
_BASE_RATE = "of the base rate"


def write_page(evaluation: Evaluation, samples: Sequence[Sample], path: Path) -> None:
    """Write the page; the old one is replaced only when the new one is complete."""
    with replacing(path) as partial:
        partial.write_text(page(evaluation, samples), encoding="utf-8")


def page(evaluation: Evaluation, samples: Sequence[Sample]) -> str:
    """The page as text."""
    title = f"Evaluation of {evaluation.weights.name}"
    sections = [
        _head(evaluation, title),
        _curves(evaluation),
        _all(evaluation),
        _cross_fitted(evaluation),
        _parts(evaluation),
        _pairs(evaluation),
        _localization(evaluation),
        _streams(evaluation),
        _rules(evaluation),
        _misled(evaluation),
        "" if evaluation.robustness is None else _robustness(evaluation.robustness, sweep_frames(evaluation.settings)),
        _samples(samples),
        _apparatus(evaluation),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><main>{''.join(sections)}</main></body></html>\n"
    )


def _head(evaluation: Evaluation, title: str) -> str:
    whole = evaluation.whole
    calibration = evaluation.weights.calibration
    told = (
        "These weights are not calibrated: probabilities and thresholds are those of the raw logit."
        if calibration is None
        else f"Calibrated on {_short(calibration.source)}."
    )
    cards = "".join(_card(whole.figure(name), _marked(name, evaluation)) for name in _HEADLINES)
    return (
        f"<h1>{_text(title)}</h1>"
        f'<p class="muted">{_text(evaluation.set_name)}, split {_text(dict(evaluation.settings)["split"])}: '
        f"{whole.reals} real and {whole.fakes} fake videos of {whole.groups} people, "
        f"{evaluation.frames.reals + evaluation.frames.fakes} faces. {_text(told)}</p>{_seen(evaluation)}"
        f'<div class="cards">{cards}</div>'
        '<p class="muted">Per video, with 95 % intervals. Intervals come from a bootstrap over people: all videos that '
        "show one person of one dataset are drawn together, so that neither more frames nor more videos of the same "
        "people narrow them. Where a dataset does not tell who is seen, each source stands for a person. Below ten "
        "people an interval is a rough guide only. Rates at a threshold have Clopper and Pearson's intervals, which "
        "take videos as independent.</p>"
    )


def _short(source: str) -> str:
    """Sets and splits of a calibration without their hashes, which stand at the end of the page."""
    uses = read_uses(source)
    told = (f"{use.name}, split {use.split}" if use.split else use.name for use in uses)
    return AND.join(told) if uses else source


def _seen(evaluation: Evaluation) -> str:
    """What the weights had seen of the videos before, as one remark; empty where nothing."""
    notes = evaluation.notes
    if not notes:
        return ""
    if evaluation.cross_fitted is not None:
        return (
            f'<p class="attention">Attention: {_text("; ".join(notes))}. What is told below of probabilities and '
            "thresholds is no evidence for other videos, but for the table “Cross-fitted”; AUC, EER and true-positive "
            "rates at a false-positive rate need no calibration.</p>"
        )
    look, word, so = "remark", "Note", "likely a little better than those of other videos"
    if set(notes) & set(DAMNING):
        look, word, so = "attention", "Attention", "no evidence for other videos"
    return f'<p class="{look}">{word}: {_text("; ".join(notes))}. The figures below are {so}.</p>'


def _marked(name: str, evaluation: Evaluation) -> str:
    """A figure's name; that of one which the calibration on these very videos flatters says so."""
    flattered = () if evaluation.cross_fitted is None else [figure.name for figure in evaluation.cross_fitted.figures]
    is_flattered = (name in flattered and not name.endswith(_BASE_RATE)) or "at fake probability" in name
    return f"{name} (of the videos calibrated on)" if flattered and is_flattered else name


def _card(figure: Figure, name: str) -> str:
    return (
        f'<div class="card"><span>{_text(name)}</span><b>{_number(figure.value)}</b>'
        f"<span>{_text(_ends(figure) or figure.note)}</span></div>"
    )


def _curves(evaluation: Evaluation) -> str:
    labels, logits = labels_of(evaluation.videos), logits_of(evaluation.videos)
    if metrics.why_undefined(labels):
        return f"<h2>Curves</h2><p>No curve can be drawn: {metrics.why_undefined(labels)}.</p>"
    weights = evaluation.weights
    parts = [("all", labels, logits), *curve_parts(evaluation)]
    drawings = (
        ("ROC curve", figures.roc_figure(parts)),
        ("DET curve", figures.det_figure(parts)),
        ("Reliability diagram", figures.reliability_figure(labels, weights.fake_prob(logits))),
        ("Histogram of scores", figures.histogram_figure(labels, logits, weights)),
        ("Tippett plot", figures.tippett_figure(labels, logits, weights)),
    )
    return (
        "<h2>Curves</h2><p class='muted'>Per video. The dotted diagonal is chance in the ROC, equal errors in the "
        "DET and a perfect calibration in the reliability diagram; dashed vertical lines are the stored thresholds."
        f"{_IN_SAMPLE_CURVES if evaluation.cross_fitted else ''}</p>"
        f'<div class="figures">{"".join(_image(name, data) for name, data in drawings)}</div>'
    )


_IN_SAMPLE_CURVES = " Reliability diagram and Tippett plot are of the very videos calibrated on."


def curve_parts(evaluation: Evaluation) -> list[tuple[str, metrics.Labels, metrics.Scores]]:
    """Name, labels and logits of the datasets that hold `FEWEST` of both classes, the largest first.

    At most `MOST_CURVES` - 1; none where only one dataset does, since the whole would be drawn twice.
    """
    found = []
    for dataset in {video.dataset for video in evaluation.videos}:
        own = [video for video in evaluation.videos if video.dataset == dataset]
        labels = labels_of(own)
        if min(int(labels.sum()), int((labels == REAL).sum())) >= FEWEST:
            found.append((dataset, labels, logits_of(own)))
    largest = sorted(found, key=lambda part: (-len(part[1]), part[0]))
    return largest[: MOST_CURVES - 1] if len(found) > 1 else []


def _all(evaluation: Evaluation) -> str:
    rows = [
        [_text(_marked(of_videos.name, evaluation)), _cell(of_videos), _cell(of_frames)]
        for of_videos, of_frames in zip(evaluation.whole.figures, evaluation.frames.figures, strict=True)
    ]
    head = ["", f"videos (n = {_count(evaluation.whole)})", f"frames (n = {_count(evaluation.frames)})"]
    return "<h2>All figures</h2>" + _table(head, rows)


def _cross_fitted(evaluation: Evaluation) -> str:
    crossed = evaluation.cross_fitted
    if crossed is None:
        return ""
    lead = (
        f"<p class='muted'>The videos are dealt into {_text(crossed.name)}, and each is judged by a calibration and by "
        "thresholds that were set on the other folds, so without anyone who is joined to it by a swap. "
        "These are not the thresholds that the weights state.</p>"
    )
    rows = [[_text(shown_name(figure.name)), _cell(figure)] for figure in crossed.figures]
    return "<h2>Cross-fitted</h2>" + lead + _table(["", f"videos (n = {_count(crossed)})"], rows)


def _parts(evaluation: Evaluation) -> str:
    kinds = dict.fromkeys(part.kind for part in evaluation.parts)
    text = "".join(
        f"<h3>By {_text(kind)}</h3>" + _part_table([p for p in evaluation.parts if p.kind == kind]) for kind in kinds
    )
    return f"<h2>Parts of the set</h2>{text}"


def _pairs(evaluation: Evaluation) -> str:
    if not evaluation.pairs:
        return ""
    return "<h2>Each fake beside its matched original</h2>" + _part_table(evaluation.pairs)


def _localization(evaluation: Evaluation) -> str:
    if not evaluation.localization:
        return ""
    lead = (
        "<p class='muted'>Heatmap against mask inside the crop, enlarged as the window shows it. A cell is called "
        "forged from 0.5 on, and is forged where at least half of it is. Mean over videos. Below the heatmap's figures "
        "stand those of two baselines on the same faces: an ellipse in the middle of each crop, and a map of zeros.</p>"
    )
    return "<h2>Localization</h2>" + lead + _part_table(evaluation.localization)


def _streams(evaluation: Evaluation) -> str:
    if not evaluation.streams:
        return ""
    lead = "<p class='muted'>The other stream sees its contribution baseline.</p>"
    return "<h2>Each stream alone</h2>" + lead + _part_table(evaluation.streams)


def _rules(evaluation: Evaluation) -> str:
    lead = "<p class='muted'>Only the first is used by the analysis; the others are here to compare.</p>"
    return "<h2>Rules from frames to videos</h2>" + lead + _part_table(evaluation.rules)


def _misled(evaluation: Evaluation) -> str:
    """The videos that were judged worst, by name: where to look first."""
    probabilities = evaluation.weights.fake_prob(logits_of(evaluation.videos)).tolist()
    judged = sorted(zip(probabilities, evaluation.videos, strict=True), key=lambda pair: (pair[0], pair[1].video))
    reals = [pair for pair in reversed(judged) if pair[1].label == REAL][:MOST_MISLED]
    fakes = [pair for pair in judged if pair[1].label == FAKE][:MOST_MISLED]
    head = ["", "fake probability", "face, px", "frames"]
    text = ""
    for title, own in (("Reals that look most fake", reals), ("Fakes that look most real", fakes)):
        rows = [[_text(v.video), _number(p), f"{v.face_px:.0f}", str(v.frames)] for p, v in own]
        text += f"<h3>{title}</h3>{_table(head, rows)}" if rows else ""
    return f"<h2>Where to look first</h2>{text}"


def _robustness(robustness: Robustness, frames: str) -> str:
    drawings = "".join(
        _image(f"Robustness: {curve.name}", figures.robustness_figure(curve, robustness))
        for curve in robustness.curves
        if not math.isnan(robustness.untouched.figure("AUC").value)
    )
    parts = [robustness.untouched, *(part for curve in robustness.curves for part in curve.parts)]
    lead = (
        f"<p class='muted'>The decoded picture is degraded before the crop is cut; {_text(frames)} frames of each "
        "track are scored. Dashed: untouched; dotted: chance; shaded: 95 % interval. All curves have one scale.</p>"
    )
    return f'<h2>Robustness</h2>{lead}<div class="figures">{drawings}</div>' + _part_table(parts)


def _samples(samples: Sequence[Sample]) -> str:
    if not samples:
        return ""
    lead = (
        "<p class='muted'>From left to right: the crop; the mask in green (an empty tile: not known); the heatmap, "
        "from clear (0) over violet and orange to yellow (1: forged). Chosen by rule: of each method and the reals the "
        "videos of the lowest, the middle and the highest score, and of each video a face near its median. "
        "Probabilities are of the face that is shown.</p>"
    )
    return f'<h2>Samples</h2>{lead}<div class="samples">{"".join(map(_sample, samples))}</div>'


def _sample(sample: Sample) -> str:
    coded = cv2.imencode(".png", sample.picture[:, :, ::-1])[1].tobytes()
    located = "" if math.isnan(sample.pixel_auc) else f" · pixel AUC {_number(sample.pixel_auc)}"
    return (
        f"<figure>{_image(sample.kind, coded, 'png')}<figcaption><b>{_text(sample.kind)}</b><br>fake probability "
        f"{_number(sample.fake_prob)}{located}<br>{_text(sample.video)}, frame {sample.frame_index}"
        "</figcaption></figure>"
    )


def _apparatus(evaluation: Evaluation) -> str:
    weights = evaluation.weights
    facts = [
        ("weights", weights.name),
        ("SHA-256 of the weights", weights.sha256),
        ("calibrated on", "not calibrated" if weights.calibration is None else weights.calibration.source),
        ("prepared set", evaluation.set_name),
        ("SHA-256 of its index", evaluation.set_sha256),
        *((("made from the index", evaluation.packed_from),) if evaluation.packed_from else ()),
        ("made", evaluation.created),
        *evaluation.settings,
    ]
    rows = [[_text(name), f"<code>{_text(value)}</code>"] for name, value in facts]
    return f'<h2>How it was made</h2><div class="facts">{_table([], rows)}</div>'


def _part_table(parts: Iterable[Part]) -> str:
    shown = list(parts)
    names = list(dict.fromkeys(figure.name for part in shown for figure in part.figures))
    head = ["", "real", "fake", "people", *(_text(shown_name(name)) for name in names)]
    return _table(head, [list(_part_row(part, names)) for part in shown])


def _part_row(part: Part, names: Sequence[str]) -> Iterator[str]:
    known = {figure.name: figure for figure in part.figures}
    yield _text(part.name)
    yield from (str(count) for count in (part.reals, part.fakes, part.groups))
    for name in names:
        too_few = is_of_too_few(name, part.reals, part.fakes)
        yield TOO_FEW_VIDEOS if too_few else _cell(known[name]) if name in known else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = f"<thead><tr>{''.join(f'<th>{name}</th>' for name in head)}</tr></thead>" if head else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table>{top}<tbody>{body}</tbody></table></div>'


def _cell(figure: Figure) -> str:
    below = ", ".join(part for part in (_ends(figure), figure.note) if part)
    return f"{_number(figure.value)}<small>{_text(below)}</small>"


def _ends(figure: Figure) -> str:
    return "" if math.isnan(figure.low) else f"{_number(figure.low)} to {_number(figure.high)}"


def _number(value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{round(value, 3) + 0.0:.3f}".replace("-", "\N{MINUS SIGN}")


def _count(part: Part) -> int:
    return part.reals + part.fakes


def _image(name: str, data: bytes, kind: str = "svg+xml") -> str:
    coded = base64.b64encode(data).decode("ascii")
    return f'<img alt="{_text(name)}" src="data:image/{kind};base64,{coded}">'


def _text(value: str) -> str:
    return html.escape(value)
