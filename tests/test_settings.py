from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lav_gui.errors import SettingsError
from lav_gui.settings import (
    AnalysisSettings,
    ColorPolicy,
    PictureSettings,
    Sampling,
    SamplingMode,
    Settings,
    load_settings,
    save_settings,
)

samplings = st.one_of(
    st.integers(1, 10_000).map(lambda n: Sampling(SamplingMode.EVERY, n)),
    st.floats(0.01, 240).map(lambda fps: Sampling(SamplingMode.FPS, fps)),
)
analysis_settings = st.builds(
    AnalysisSettings,
    model=st.text(min_size=1, max_size=20).filter(str.isprintable),
    sampling=st.none() | samplings,
    from_seconds=st.none() | st.floats(0, 1e4),
    min_face_px=st.integers(16, 500),
    crop_margin=st.floats(1, 3),
    contributions_every=st.integers(0, 100),
    color=st.sampled_from(ColorPolicy),
)


@given(analysis_settings)
def test_analysis_settings_survive_plain_values(settings: AnalysisSettings) -> None:
    assert AnalysisSettings.from_dict(settings.to_dict()) == settings


def test_settings_survive_the_disk(tmp_path: Path) -> None:
    settings = Settings(
        analysis=AnalysisSettings(sampling=Sampling.parse("fps:2.5"), to_seconds=9.5), language="zh_CN", theme="dark"
    )
    save_settings(settings, tmp_path / "deep" / "settings.toml")
    assert load_settings(tmp_path / "deep" / "settings.toml") == settings
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["settings.toml"]


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_an_unknown_key_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("schema = 1\n[analysis]\nmin_face = 30\n")
    with pytest.raises(SettingsError, match="did you mean 'min_face_px'"):
        load_settings(path)


@pytest.mark.parametrize(
    "text", ["schema = 99", "not toml at all =", "[analysis]\ncolor = 'pink'", "[analysis]\nbatch_size = 'x'"]
)
def test_a_file_that_is_not_understood_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(SettingsError):
        load_settings(path)


@pytest.mark.parametrize("text", ["every:0", "every:1.5", "fps:0", "fps:-1", "fps:nan", "twice:2", "every", "fps:"])
def test_a_sampling_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        Sampling.parse(text)


@given(samplings)
def test_a_sampling_reads_back_what_it_prints(sampling: Sampling) -> None:
    assert Sampling.parse(str(sampling)) == sampling


@pytest.mark.parametrize(
    "change", [{"min_face_px": 3}, {"crop_margin": 0.5}, {"batch_size": 0}, {"from_seconds": 5.0, "to_seconds": 4.0}]
)
def test_a_choice_that_is_not_allowed_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(SettingsError, match="not allowed"):
        replace(AnalysisSettings(), **change)


def test_comments_stay_when_settings_are_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        "# our lab's choices\nschema = 1\ntheme = 'dark'  # for the dim room\n\n[analysis]\n"
        "# small faces matter here\nmin_face_px = 24\nto_seconds = 5.0\n"
    )
    settings = load_settings(path)
    changed = replace(settings, theme="light", analysis=replace(settings.analysis, to_seconds=None, detector="yunet"))
    save_settings(changed, path)
    text = path.read_text()
    for comment in ("# our lab's choices", "# for the dim room", "# small faces matter here"):
        assert comment in text
    assert "to_seconds" not in text
    assert load_settings(path) == changed


def test_a_file_that_is_not_toml_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("not toml at all =")
    with pytest.raises(SettingsError, match="mend or delete"):
        save_settings(Settings(), path)
    assert path.read_text() == "not toml at all ="


@pytest.mark.parametrize("change", [{"theme": "pink"}, {"language": "xx"}, {"cache_megabytes": 1}])
def test_a_choice_of_the_window_that_is_not_allowed_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="not allowed"):
        replace(Settings(), **change)  # type: ignore[arg-type]


def test_how_the_picture_was_shown_survives_the_disk(tmp_path: Path) -> None:
    picture = PictureSettings(view="split", gain=8, split=0.25, contours=True, opacity=0.75)
    save_settings(Settings(picture=picture), tmp_path / "settings.toml")
    assert load_settings(tmp_path / "settings.toml").picture == picture


@pytest.mark.parametrize(
    "line", ['view = "upside_down"', "gain = 3", "opacity = 1.5", "heatmap = 1", "opacity = '1'", "opacty = 0.5"]
)
def test_a_wrong_choice_of_the_picture_is_an_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"[picture]\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(path)
