from dataclasses import replace

from scipy.special import expit

from lav_gui.report.blocks import Bullets, Heading, Paragraph
from lav_gui.report.method import SOURCES, Citations, method
from lav_gui.report.record import Report
from lav_gui.settings import AnalysisSettings
from model_zoo import margins


def _text(report: Report) -> str:
    return " ".join(block.text for block in method(report, Citations()).blocks if isinstance(block, Paragraph))


def test_sources_are_numbered_as_they_are_cited() -> None:
    cite = Citations()
    assert cite("shapley") == "[1]"
    assert cite("zhang", "shapley") == "[2, 1]"
    assert [item.number for item in cite.references().items] == [1, 2]
    assert cite.references().items[0].text.startswith("L. S. Shapley")


def test_the_sources_that_the_method_rests_on_are_cited(report: Report) -> None:
    cite = Citations()
    method(report, cite)
    links = {item.link for item in cite.references().items}
    for key in ("shuai", "zhang", "fridrich", "shapley", "kuensch"):
        assert SOURCES[key][1] in links
    assert "https://doi.org/10.1145/3581783.3612386" in links


def test_the_method_follows_the_settings(report: Report) -> None:
    assert "MTCNN" in _text(report)
    assert "down to 60 display pixels" in _text(report)
    assert "every 4th analyzed frame" in _text(report)
    other = replace(report, settings=AnalysisSettings(detector="yunet", contributions_every=0))
    assert "YuNet" in _text(other)
    titles = [block.text for block in method(other, Citations()).blocks if isinstance(block, Heading)]
    assert "Stream contributions" not in titles
    every = replace(report, settings=AnalysisSettings(contributions_every=1))
    assert "on every analyzed frame" in _text(every)


def test_the_method_follows_the_calibration(report: Report, untrained_report: Report) -> None:
    assert "Platt scaling" in _text(report)
    assert report.weights.calibration is not None
    tempered = replace(report.weights, calibration=replace(report.weights.calibration, offset=0.0))
    assert "temperature scaling" in _text(replace(report, weights=tempered))
    assert "no calibration" in _text(untrained_report)


def test_the_method_tells_what_the_logit_is_made_of(report: Report) -> None:
    assert "The logit is the fake value minus the real one." in _text(report)
    mapped = replace(report, weights=replace(report.weights, map_contrast=2.0))
    assert "the real one, plus 2 times the contrast of the heatmap" in _text(mapped)
    assert (margins.PART, round(expit(-margins.LIMIT), 9), round(expit(margins.LIMIT), 9)) == (0.25, 0.001, 0.999)
    assert "highest quarter" in _text(mapped)
    assert "a probability of .001 to .999 at most" in _text(mapped)


def test_the_rules_of_the_judgement_are_printed_in_its_own_words(report: Report) -> None:
    lists = [block.items for block in method(report, Citations()).blocks if isinstance(block, Bullets)]
    assert lists == [report.method_rules]
