"""The method in words, each step with its sources; sources are numbered in the order in which they are cited."""

from collections.abc import Iterator

from lav_gui.report import formats
from lav_gui.report.blocks import Block, Bullets, Heading, Paragraph, Reference, References, Section
from lav_gui.report.record import Report
from model_zoo.weights_record import Weights

SOURCES: dict[str, tuple[str, str]] = {
    "shuai": (
        "C. Shuai, J. Zhong, S. Wu, F. Lin, Z. Wang, Z. Ba, Z. Liu, L. Cavallaro, K. Ren: Locate and Verify: A"
        " Two-Stream Network for Improved Deepfake Detection. ACM Multimedia 2023, pp. 7131–7142.",
        "https://doi.org/10.1145/3581783.3612386",
    ),
    "chollet": (
        "F. Chollet: Xception: Deep Learning with Depthwise Separable Convolutions. CVPR 2017, pp. 1800–1807.",
        "https://doi.org/10.1109/CVPR.2017.195",
    ),
    "fridrich": (
        "J. Fridrich, J. Kodovský: Rich Models for Steganalysis of Digital Images. IEEE Transactions on Information"
        " Forensics and Security 7(3), 2012, pp. 868–882.",
        "https://doi.org/10.1109/TIFS.2012.2190402",
    ),
    "zhang": (
        "K. Zhang, Z. Zhang, Z. Li, Y. Qiao: Joint Face Detection and Alignment Using Multitask Cascaded Convolutional"
        " Networks. IEEE Signal Processing Letters 23(10), 2016, pp. 1499–1503.",
        "https://doi.org/10.1109/LSP.2016.2603342",
    ),
    "wu": (
        "W. Wu, H. Peng, S. Yu: YuNet: A Tiny Millisecond-level Face Detector. Machine Intelligence Research 20(5),"
        " 2023, pp. 656–665.",
        "https://doi.org/10.1007/s11633-023-1423-y",
    ),
    "shapley": (
        "L. S. Shapley: A Value for n-Person Games. Contributions to the Theory of Games II, Princeton University"
        " Press, 1953, pp. 307–317.",
        "https://doi.org/10.1515/9781400881970-018",
    ),
    "platt": (
        "J. C. Platt: Probabilistic Outputs for Support Vector Machines and Comparisons to Regularized Likelihood"
        " Methods. Advances in Large Margin Classifiers, MIT Press, 1999, pp. 61–74.",
        "",
    ),
    "guo": (
        "C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger: On Calibration of Modern Neural Networks. ICML 2017,"
        " PMLR 70, pp. 1321–1330.",
        "https://proceedings.mlr.press/v70/guo17a.html",
    ),
    "tukey": ("J. W. Tukey: Exploratory Data Analysis. Addison-Wesley, 1977.", ""),
    "canny": (
        "J. Canny: A Computational Approach to Edge Detection. IEEE Transactions on Pattern Analysis and Machine"
        " Intelligence 8(6), 1986, pp. 679–698.",
        "https://doi.org/10.1109/TPAMI.1986.4767851",
    ),
    "kuensch": (
        "H. R. Künsch: The Jackknife and the Bootstrap for General Stationary Observations. The Annals of Statistics"
        " 17(3), 1989, pp. 1217–1241.",
        "https://doi.org/10.1214/aos/1176347265",
    ),
    "politis": (
        "D. N. Politis, J. P. Romano: A Circular Block-Resampling Procedure for Stationary Data. Exploring the"
        " Limits of Bootstrap, Wiley, 1992, pp. 263–270.",
        "",
    ),
    "hesterberg": (
        "T. C. Hesterberg: What Teachers Should Know About the Bootstrap. The American Statistician 69(4), 2015,"
        " pp. 371–386.",
        "https://doi.org/10.1080/00031305.2015.1089789",
    ),
    "clopper": (
        "C. J. Clopper, E. S. Pearson: The Use of Confidence or Fiducial Limits Illustrated in the Case of the"
        " Binomial. Biometrika 26(4), 1934, pp. 404–413.",
        "https://doi.org/10.1093/biomet/26.4.404",
    ),
}


class Citations:
    """Numbers sources as they are cited."""

    def __init__(self) -> None:
        self._keys: list[str] = []

    def __call__(self, *keys: str) -> str:
        """The mark of one or more sources, as in [3] or [3, 4]."""
        self._keys += [key for key in keys if key not in self._keys]
        return f"[{', '.join(str(self._keys.index(key) + 1) for key in keys)}]"

    def references(self) -> References:
        """The list of the sources cited so far."""
        numbered = enumerate(self._keys, start=1)
        return References(tuple(Reference(number, *SOURCES[key]) for number, key in numbered))


def method(report: Report, cite: Citations) -> Section:
    """How the numbers came about, step by step."""
    blocks: list[Block] = []
    for title, text in _steps(report, cite):
        blocks += [Heading(title), Paragraph(text)]
    blocks += [
        Heading("Curves, segments, scores and intervals"),
        Bullets(tuple(formats.visible(rule) for rule in report.method_rules)),
        Paragraph(
            f"Sources: moving median {cite('tukey')}; hysteresis {cite('canny')}; block bootstrap"
            f" {cite('kuensch', 'politis')}, stretched for few blocks {cite('hesterberg')}; intervals of error rates"
            f" {cite('clopper')}."
        ),
    ]
    return Section("Method", tuple(blocks))


def _logit(weights: Weights) -> str:
    if weights.map_contrast == 0:
        return "The logit is the fake value minus the real one."
    return (
        "The logit is the fake value minus the real one, plus"
        f" {weights.map_contrast:g} times the contrast of the heatmap: the mean logit of the highest quarter of its"
        " patches minus that of the lowest quarter, each taken as a probability of .001 to .999 at most."
    )


def _steps(report: Report, cite: Citations) -> Iterator[tuple[str, str]]:
    settings, weights = report.settings, report.weights
    yield (
        "Frames",
        "Frame n is the n-th packet of the video stream that is not marked as discarded, in order of presentation"
        " time, counted from 0; time is the presentation time stamp (PTS) of the file. A packet that yields no"
        " picture keeps its number and is listed as a gap. The rotation flag is applied, and the color rule is"
        " stated under Items examined. The SHA-256 of a frame is that of its upright 8-bit RGB pixels, row by row.",
    )
    yield "Faces", _faces_step(report, cite)
    yield (
        "Crops",
        f"Each face is cut as a square of {settings.crop_margin:g} times the longer side of its box, not turned, and"
        f" brought to {weights.input_size} × {weights.input_size} pixels by one antialiased bicubic resampling"
        " straight from the decoded frame; pixels that are not square are made square, and the picture’s edge is"
        " repeated beyond the frame. The same mapping brings the heatmap back.",
    )
    yield (
        "Network",
        f"Two streams look at the same crop {cite('shuai')}: one at its colors, one at its noise residual, what three"
        f" fixed high-pass filters of the spatial rich model {cite('fridrich')} leave of it. Each is an Xception"
        f" network {cite('chollet')}; they exchange what they have in common at several depths. One head gives a real"
        " and a fake value; another gives the heatmap, a value in [0, 1] for each patch of the crop."
        f" {_logit(weights)}",
    )
    yield "Calibration", _calibration_step(report, cite)
    if settings.contributions_every:
        yield "Stream contributions", _contributions_step(report, cite)


def _faces_step(report: Report, cite: Citations) -> str:
    settings = report.settings
    name, source = ("YuNet", "wu") if settings.detector == "yunet" else ("MTCNN", "zhang")
    return (
        f"Faces are found by {name} {cite(source)} down to {settings.min_face_px} display pixels of the shorter side"
        " and followed over time; each face that is followed is a track with a number. Where the detector did not"
        " look, boxes are carried on between two detections, and no detection score is given. A track is a face"
        " followed over time, not a proven identity."
    )


def _calibration_step(report: Report, cite: Citations) -> str:
    if report.weights.calibration is None:
        return (
            "These weights have no calibration: the score is the sigmoid of the raw logit. It orders frames from low to"
            " high and is no probability."
        )
    kind = (
        f"temperature scaling {cite('guo')}"
        if report.weights.calibration.offset == 0
        else f"Platt scaling {cite('platt')}"
    )
    return (
        f"The logit is calibrated by {kind}, fitted on {formats.visible(report.weights.calibration.source)}; the fake"
        " probability is the sigmoid of the calibrated logit."
    )


def _contributions_step(report: Report, cite: Citations) -> str:
    every = report.settings.contributions_every
    stride = "" if every == 1 else f"{formats.ordinal(every)} "
    return (
        f"How much each stream adds to the logit is its exact Shapley value {cite('shapley')} in a game of two"
        " players. The network is asked four times: with both streams, with each alone, and with none; an absent"
        " stream sees a flat mid-gray picture (colors 0 after normalization, noise residual 0). The two values add"
        " up to the logit with both streams less the logit with none. The interaction is what both together give"
        " beyond what each gives alone; half of it is inside each value. Measured on every"
        f" {stride}analyzed frame."
    )
