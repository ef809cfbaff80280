from lav_gui.settings import AnalysisSettings
from lav_gui.verdict import bootstrap
from lav_gui.verdict.method import method_sentences


def test_the_rules_are_told_with_the_numbers_that_the_code_uses() -> None:
    texts = {reason.code: reason.text for reason in method_sentences(AnalysisSettings(smoothing_seconds=0.8))}
    assert "over 0.8 s" in texts["method_curve"]
    assert f"blocks of {bootstrap.BLOCK_SECONDS:g} s" in texts["method_interval"]
    assert f"{bootstrap.RESAMPLES} resamples, seed {bootstrap.SEED}" in texts["method_interval"]
    assert "The 95% interval" in texts["method_interval"]
    assert all("{" not in text for text in texts.values())
