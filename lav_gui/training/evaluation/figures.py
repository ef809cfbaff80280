"""The curves of an evaluation as drawings: ROC, DET, reliability, score histograms, Tippett, robustness.

Reals are blue and solid, fakes orange and dashed or hatched: no color is the only carrier.
"""

import io
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from matplotlib import rc_context, rcdefaults
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray
from scipy.stats import norm

from lav_gui.training.evaluation import metrics
from lav_gui.training.evaluation.metrics import Labels, Scores
from lav_gui.training.evaluation.robustness import Curve, Robustness
from model_zoo.weights_record import Weights

REAL_COLOR, FAKE_COLOR, PLAIN_COLOR, GRID_COLOR = "#0072B2", "#D55E00", "#333333", "#dddddd"
_SIDE_INCHES = 3.5
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "lav",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.edgecolor": "#888888",
    "axes.linewidth": 0.7,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": PLAIN_COLOR,
    "ytick.color": PLAIN_COLOR,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "hatch.linewidth": 0.6,
}
_DET_TICKS = (0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95)
_PART_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#777777")
_PART_DASHES: tuple[tuple[int, tuple[float, ...]] | str, ...] = ("-", "--", "-.", ":")

UNITS = {
    "jpeg": "quality",
    "h264": "CRF",
    "h265": "CRF",
    "palette": "colors",
    "resize": "share of the side that is kept",
    "pixelate": "divisor of the side",
    "noise": "standard deviation, gray levels",
    "color_noise": "standard deviation, gray levels",
    "blur": "sigma, pixels",
    "brightness": "gray levels added",
    "exposure": "factor",
    "contrast": "factor",
    "gamma": "exponent",
    "saturation": "factor",
    "blocks": "squares per 256 pixels",
}
"""What the level of each kind of degradation means, for an axis."""

Parts = Sequence[tuple[str, Labels, Scores]]
"""Name, labels and raw logits of each part that is drawn as a curve of its own; the whole first."""


def roc_figure(parts: Parts, kind: str = "svg") -> bytes:
    """ROC curves, as steps: few videos make coarse curves, and that shall be seen."""

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color="#aaaaaa", linewidth=0.8, linestyle=(0, (2, 3)))
        for place, (name, labels, scores) in enumerate(parts):
            false, true, _ = metrics.roc(labels, scores)
            area = metrics.auc(labels, scores)
            axes.plot(false, true, label=f"{name}  {area:.3f}", **_line(place))
        _percent(axes, "reals called fake (FPR)", "fakes found (TPR)")
        axes.set_title("ROC, with AUC")
        axes.legend(loc="lower right", handlelength=2.2)

    return _drawn(draw, kind)


def det_figure(parts: Parts, kind: str = "svg") -> bytes:
    """Detection error trade-off on normal-deviate axes (Martin et al., Eurospeech 1997).

    Rates of 0 and 1, which lie at infinity, are drawn at half of one video.
    """

    def draw(axes: Axes) -> None:
        for place, (name, labels, scores) in enumerate(parts):
            false, true, _ = metrics.roc(labels, scores)
            fakes, reals = max(1, int(labels.sum())), max(1, int(np.sum(labels == 0)))
            x = norm.ppf(np.clip(false, 0.5 / reals, 1 - 0.5 / reals))
            y = norm.ppf(np.clip(1 - true, 0.5 / fakes, 1 - 0.5 / fakes))
            axes.plot(x, y, label=f"{name}  {metrics.eer(labels, scores):.1%}", **_line(place))
        ends = norm.ppf([0.008, 0.96])
        axes.plot(ends, ends, color="#aaaaaa", linewidth=0.8, linestyle=(0, (2, 3)))
        places, names = norm.ppf(_DET_TICKS), [f"{100 * tick:g}%" for tick in _DET_TICKS]
        axes.set_xticks(places, names)
        axes.set_yticks(places, names)
        axes.set(xlim=ends, ylim=ends, xlabel="reals called fake", ylabel="fakes missed")
        axes.grid(color=GRID_COLOR, linewidth=0.5)
        axes.set_title("DET, with EER")
        axes.legend(loc="upper right", handlelength=2.2)

    return _drawn(draw, kind)


def reliability_figure(labels: Labels, probabilities: Scores, kind: str = "svg", bins: int = 10) -> bytes:
    """Share of fakes against mean probability in bins of equal width; the number of videos stands at each point."""

    def draw(axes: Axes) -> None:
        parts = metrics.reliability(labels, probabilities, bins)
        axes.plot([0, 1], [0, 1], color="#aaaaaa", linewidth=0.8, linestyle=(0, (2, 3)))
        axes.plot(parts.mean, parts.share, color=PLAIN_COLOR, linewidth=1.1, marker="o", markersize=4)
        for x, y, count in zip(parts.mean, parts.share, parts.count, strict=True):
            below = y > 0.9
            axes.annotate(
                f"{count:.0f}", (x, y), xytext=(0, -11 if below else 6), textcoords="offset points", ha="center",
                fontsize=7, color="#555555", zorder=4,
                path_effects=[withStroke(linewidth=2.5, foreground="white")],
            )  # fmt: skip
        _percent(axes, "fake probability, mean of the bin", "share of fakes")
        axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.06))
        axes.set_title(f"Reliability, {bins} bins, n at each")

    return _drawn(draw, kind)


def histogram_figure(labels: Labels, logits: Scores, weights: Weights, kind: str = "svg") -> bytes:
    """Calibrated logits of both classes, with the stored thresholds."""

    def draw(axes: Axes) -> None:
        values = weights.calibrated(logits)
        edges = np.histogram_bin_edges(values, bins=min(24, max(6, len(values) // 4))).tolist()
        for label, name, color, hatch in ((0, "real", REAL_COLOR, ""), (1, "fake", FAKE_COLOR, "////")):
            own = values[labels == label]
            axes.hist(own, edges, color=color, alpha=0.28, label=f"{name} (n = {len(own)})")
            axes.hist(own, edges, histtype="step", color=color, linewidth=1.2, hatch=hatch)
        for point in weights.operating_points:
            axes.axvline(_logit(point.threshold), color=PLAIN_COLOR, linewidth=0.9, linestyle=(0, (5, 3)))
        axes.set(xlabel="calibrated logit" if weights.calibration else "raw logit", ylabel="videos")
        axes.set_title("Scores")
        axes.legend(loc="upper left", bbox_to_anchor=(0, 1.0))
        axes.margins(y=0.25)

    return _drawn(draw, kind)


def tippett_figure(labels: Labels, logits: Scores, weights: Weights, kind: str = "svg") -> bytes:
    """Share of videos of each class whose log10 likelihood ratio is at least x (Evett and Buckleton, 1996)."""

    def draw(axes: Axes) -> None:
        ratios = weights.calibrated(logits) / math.log(10)
        for label, name, color, dash in ((0, "real", REAL_COLOR, "-"), (1, "fake", FAKE_COLOR, "--")):
            own = np.sort(ratios[labels == label])
            if len(own):
                shares = 1 - np.arange(len(own) + 1) / len(own)
                ends = np.concatenate([own, own[-1:]])
                axes.step(ends, shares, where="pre", color=color, linestyle=dash, label=name)
        axes.axvline(0, color=PLAIN_COLOR, linewidth=0.8, linestyle=(0, (2, 3)))
        axes.set_ylim(0, 1.04)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        axes.set(xlabel="log10 likelihood ratio", ylabel="videos at or above")
        axes.set_title("Tippett")
        axes.legend(loc="lower left")
        axes.grid(color=GRID_COLOR, linewidth=0.5)

    return _drawn(draw, kind)


def robustness_figure(curve: Curve, robustness: Robustness, kind: str = "svg") -> bytes:
    """Video AUC with its interval over the levels of one kind of degradation; the dashed line is the untouched set."""

    def draw(axes: Axes) -> None:
        figures = [part.figure("AUC") for part in curve.parts]
        places = np.arange(len(figures))
        values = _known([figure.value for figure in figures])
        low, high = (_known([getattr(figure, end) for figure in figures]) for end in ("low", "high"))
        axes.fill_between(places, low, high, color=REAL_COLOR, alpha=0.15, linewidth=0)
        axes.plot(places, values, color=REAL_COLOR, marker="o", markersize=4, linewidth=1.4)
        axes.axhline(robustness.untouched.figure("AUC").value, color=PLAIN_COLOR, linewidth=0.8, linestyle=(0, (5, 3)))
        axes.axhline(0.5, color="#aaaaaa", linewidth=0.8, linestyle=(0, (2, 3)))
        axes.set_xticks(places, [f"{level.level:.3g}" for level in curve.levels])
        axes.set(xlabel=UNITS[curve.levels[0].kind], ylim=(_lowest(robustness) - 0.02, 1.02), ylabel="video AUC")
        axes.set_title(curve.name)

    return _drawn(draw, kind, height=2.4)


def _lowest(robustness: Robustness) -> float:
    """Where the common scale of all curves begins: at 0.4, or below, at the tenth under all that is drawn."""
    figures = [part.figure("AUC") for curve in robustness.curves for part in curve.parts]
    figures.append(robustness.untouched.figure("AUC"))
    ends = [end for figure in figures for end in (figure.value, figure.low) if not math.isnan(end)]
    return math.floor(10 * min([0.4, *ends])) / 10


def _known(values: Sequence[float]) -> NDArray[np.float64]:
    return np.array(values, np.float64)


def _line(place: int) -> dict[str, Any]:
    """The whole is thick and black, parts are thin and differ in color and dash."""
    if place == 0:
        return {"color": "black", "linewidth": 1.8, "zorder": 3}
    color = _PART_COLORS[(place - 1) % len(_PART_COLORS)]
    return {"color": color, "linewidth": 1.1, "linestyle": _PART_DASHES[(place - 1) % len(_PART_DASHES)]}


def _percent(axes: Axes, x: str, y: str) -> None:
    axes.set(xlabel=x, ylabel=y, xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.grid(color=GRID_COLOR, linewidth=0.5)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept) - math.log1p(-kept)


@contextmanager
def _plain_style() -> Iterator[None]:
    """The library's own defaults, whatever the user's configuration says, and ours upon them."""
    with rc_context():
        rcdefaults()
        with rc_context(_STYLE):
            yield


def _drawn(draw: Callable[[Axes], None], kind: str, height: float = _SIDE_INCHES) -> bytes:
    """Draw on a fresh figure; `kind` is ``svg`` or ``png``."""
    with _plain_style():
        figure = Figure(figsize=(_SIDE_INCHES, height), facecolor="white", layout="constrained")
        FigureCanvasAgg(figure)
        draw(figure.add_subplot())
        stream = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(stream, format=kind, dpi=150, metadata=metadata)
        return stream.getvalue()
