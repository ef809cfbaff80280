"""Software and models: everything that the numbers depend on, and how the weights were tested."""

from collections.abc import Iterator

from lav_gui.report import formats, wording
from lav_gui.report.blocks import Block, Column, Fact, Facts, Heading, Paragraph, Section, Table
from lav_gui.report.record import Report
from lav_gui.settings import AnalysisSettings
from model_zoo.registry import DEFAULT_NAME
from model_zoo.weights_record import OperatingPoint, Weights

SAMPLING_DEFAULTS = ("fps:5", "every:1")
"""What the device decides where nothing was asked for: on a CPU, on a GPU."""

_MEANINGS = {
    "model": "weights asked for",
    "device": "device asked for",
    "sampling": "which frames are analyzed",
    "from_seconds": "start of the part that is analyzed",
    "to_seconds": "end of the part that is analyzed",
    "detector": "face detector",
    "min_face_px": "smallest face side, display pixels",
    "crop_margin": "crop side over face side",
    "contributions_every": "stream contributions on each n-th analyzed frame",
    "batch_size": "frames per step",
    "color": "rule for files without color tags",
    "smoothing_seconds": "window of the smoothed curve, s",
    "false_positive_rate": "operating point asked for",
}


def software_and_models(report: Report) -> Section:
    """Program, device, detector, weights with their test figures, and all settings."""
    weights = report.weights
    blocks: list[Block] = [
        Facts(_software_facts(report)),
        Heading("Component versions"),
        Table(
            (Column("Component", width=1), Column("Version", width=2)),
            tuple((formats.visible(name), formats.visible(version)) for name, version in report.software.versions),
            small=True,
        ),
        Heading("Weights of the network"),
        Facts(_weights_facts(weights)),
    ]
    blocks += _test_figures(report)
    blocks += [Heading("Settings"), _settings(report.settings)]
    return Section("Software and models", tuple(blocks))


def _software_facts(report: Report) -> tuple[Fact, ...]:
    software = report.software
    return (
        Fact("Device", formats.visible(software.device)),
        Fact("Precision", software.precision),
        Fact("Deterministic", "yes" if software.deterministic else "no"),
        Fact("Face detector", software.detector),
        Fact("SHA-256 of detector", software.detector_sha256, "mono"),
    )


def _weights_facts(weights: Weights) -> tuple[Fact, ...]:
    calibration = weights.calibration
    return (
        Fact("Name", formats.visible(weights.name)),
        Fact("Architecture", formats.visible(weights.architecture)),
        Fact("SHA-256", weights.sha256, "mono"),
        Fact("Trained", "yes" if weights.trained else "NO: random numbers made from a fixed seed"),
        Fact(
            "Calibration",
            "none"
            if calibration is None
            else f"calibrated logit = {calibration.scale:.4g} × logit"
            f" {'+' if calibration.offset >= 0 else formats.MINUS} {abs(calibration.offset):.4g},"
            f" fitted on {formats.visible(calibration.source)}",
        ),
        Fact(
            "Input", f"{weights.input_size} × {weights.input_size} pixels, mean {weights.mean}, deviation {weights.std}"
        ),
        Fact("Source", formats.visible(weights.source)),
        *(Fact(f"Training: {formats.visible(name)}", formats.visible(fact)) for name, fact in weights.training),
        Fact("Created", formats.visible(weights.created)),
        Fact("License", formats.visible(weights.license)),
    )


def _test_figures(report: Report) -> Iterator[Block]:
    weights = report.weights
    yield Heading("How the weights were tested")
    if weights.metrics:
        rows = tuple((formats.visible(name), formats.visible(figure)) for name, figure in weights.metrics)
        yield Table((Column("Figure", width=1), Column("Value, with interval", width=1)), rows)
    if weights.operating_points:
        used = wording.chosen_point(report.verdict, weights)
        tells_asked = any(point.asked_rate is not None for point in weights.operating_points)
        points = tuple(
            (
                formats.score(point.threshold),
                formats.percent(point.false_positive_rate),
                formats.percent_interval(point.false_positive_interval),
                formats.percent(point.true_positive_rate),
                formats.percent_interval(point.true_positive_interval),
                *((_set_for(point),) if tells_asked else ()),
            )
            for point in weights.operating_points
        )
        columns = (
            Column("Threshold", "right", 1),
            Column("False positives", "right", 1),
            Column("95 % interval", "right", 1),
            Column("True positives", "right", 1),
            Column("95 % interval", "right", 1),
            *((Column("Set for false positives of", "right", 1),) if tells_asked else ()),
        )
        bold = tuple(at for at, point in enumerate(weights.operating_points) if point is used)
        caption = "Operating points on the video’s fake probability; intervals after Clopper and Pearson, over videos."
        if tells_asked:
            caption += " On which videos the rates were measured stands beside “Calibration” above."
        yield Table(columns, points, f"{caption} The one used is bold." if bold else caption, bold)
    if not weights.metrics and not weights.operating_points:
        yield Paragraph("The weights record states no test figures: no error rates are known.")


def _set_for(point: OperatingPoint) -> str:
    return "not known" if point.asked_rate is None else formats.percent(point.asked_rate)


def _settings(settings: AnalysisSettings) -> Table:
    used, defaults = settings.to_dict(), AnalysisSettings().to_dict()
    names = tuple(used)
    rows = tuple((name, _MEANINGS.get(name, ""), _value(used[name]), _default(name, defaults[name])) for name in names)
    bold = tuple(at for at, name in enumerate(names) if is_changed(name, used[name], defaults[name]))
    caption = "Settings that differ from the default are bold." if bold else "All settings are the defaults."
    columns = (Column("Setting"), Column("Meaning", width=1), Column("Used"), Column("Default"))
    return Table(columns, rows, caption, bold, small=True)


def is_changed(name: str, used: object, default: object) -> bool:
    """Whether a setting was chosen otherwise than the default; what a default was settled to is no change."""
    if name == "model":
        return used not in (default, DEFAULT_NAME)
    if name == "sampling":
        return used is not None and used not in SAMPLING_DEFAULTS
    return used != default


def _value(value: object) -> str:
    if value is None:
        return formats.ABSENT
    return f"{value:g}" if isinstance(value, float) else formats.visible(str(value))


def _default(name: str, value: object) -> str:
    return f"{SAMPLING_DEFAULTS[0]} on a CPU, {SAMPLING_DEFAULTS[1]} on a GPU" if name == "sampling" else _value(value)
