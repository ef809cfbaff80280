"""The commands of an analyst, and where all commands meet."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm
from tqdm.contrib.logging import logging_redirect_tqdm

from lav_gui import __version__
from lav_gui.cli import training
from lav_gui.errors import LavError, ReportError, SettingsError, WorkerError
from lav_gui.records import AnalysisStarted, FrameResult, Gap, Notice, Stage
from lav_gui.settings import AnalysisSettings, Sampling, load_settings, settings_path
from model_zoo.errors import WeightsError

EXIT_FAILURE = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 a clear failure, 2 wrong usage, 130 interrupted. The verdict never sets it."""
    options = build_parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.WARNING, format="lav: %(message)s")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
        return code
    except (LavError, WeightsError) as error:
        print(f"lav: {error}", file=sys.stderr)
        logging.getLogger(__name__).debug("details", exc_info=True)
        return EXIT_FAILURE
    except BrokenPipeError:
        # whoever read has seen enough; what Python still wants to write at its end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    except KeyboardInterrupt:
        print("lav: interrupted; what was finished is kept.", file=sys.stderr)
        return EXIT_INTERRUPTED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `run`."""
    parser = argparse.ArgumentParser(prog="lav", description="Locate and Verify: examine a video for face forgery.")
    parser.add_argument("--version", action="version", version=f"lav {__version__}")
    parser.add_argument("--verbose", action="store_true", help="say more on stderr")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_analyze(commands)
    _add_report(commands)

    info = commands.add_parser("info", help="what a file is: hashes, container, streams, frames")
    info.add_argument("video", type=Path)
    info.add_argument("--json", action="store_true", help="print JSON")
    info.add_argument("--frames", action="store_true", help="decode all frames: picture types and gaps")
    info.set_defaults(run=_info)

    training.add_prepare(commands)
    training.add_train(commands)
    training.add_evaluate(commands)

    models = commands.add_parser("models", help="list, show, import, shrink or register weights")
    models.set_defaults(run=_models)
    actions = models.add_subparsers(metavar="ACTION")
    show = actions.add_parser("show", help="print the card of one model")
    show.add_argument("name")
    show.set_defaults(run=_models_show)
    take = actions.add_parser("import", help="convert a checkpoint of the reference code")
    take.add_argument("file", type=Path)
    take.add_argument("--name", help="name to register, as in lvnet.mine (default: from the file's name)")
    take.set_defaults(run=_models_import)
    training.add_register(actions)
    training.add_average(actions)
    training.add_shrink(actions)
    training.add_card(actions)

    gui = commands.add_parser("gui", help="open the window")
    gui.add_argument("path", nargs="?", type=Path, help="a video or a case")
    gui.add_argument("--analyze", action="store_true", help="start the analysis at once")
    gui.set_defaults(run=_gui)
    return parser


def _add_analyze(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    analyze = commands.add_parser("analyze", help="analyze a video into a case file")
    analyze.add_argument("video", type=Path)
    analyze.add_argument("--case", type=Path, metavar="FILE", help="case file (default: in your documents folder)")
    analyze.add_argument("--model", metavar="NAME", help="registered weights (see: lav models)")
    analyze.add_argument("--device", metavar="D", help="auto, cpu, cuda, cuda:N or mps")
    analyze.add_argument("--sampling", metavar="every:N|fps:X", help="default: every:1 on a GPU, fps:5 on a CPU")
    analyze.add_argument("--detector", choices=["mtcnn", "yunet"])
    analyze.add_argument("--min-face", type=int, metavar="PX", help="smallest face side in pixels")
    analyze.add_argument("--contributions", metavar="every:N", help="stream contributions on each N-th frame; 0: none")
    analyze.add_argument("--color", choices=["auto", "bt601", "bt709"], help="rule for untagged files")
    analyze.add_argument(
        "--from", dest="from_seconds", type=float, metavar="T", help="first second, by the file's clock"
    )
    analyze.add_argument("--to", dest="to_seconds", type=float, metavar="T", help="last second")
    analyze.add_argument("--heatmaps", action="store_true", help="put the heatmaps into the JSON")
    _add_documents(analyze)
    analyze.set_defaults(run=_analyze)


def _add_report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser("report", help="write documents from a case file")
    report.add_argument("case", type=Path)
    report.add_argument(
        "--run-id",
        type=int,
        metavar="N",
        help="which run (default: the last; needed where the case holds several videos)",
    )
    report.add_argument("--heatmaps", action="store_true", help="put the heatmaps into the JSON")
    _add_documents(report)
    report.set_defaults(run=_report)


def _add_documents(parser: argparse.ArgumentParser) -> None:
    for kind in ("json", "csv", "pdf"):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=f"write the results as {kind.upper()}")


def _settings(options: argparse.Namespace) -> AnalysisSettings:
    """Take the user's settings file, with what the command line says on top."""
    chosen = load_settings(settings_path()).analysis.to_dict()
    given = {
        "model": options.model,
        "device": options.device,
        "sampling": options.sampling and str(Sampling.parse(options.sampling)),
        "detector": options.detector,
        "min_face_px": options.min_face,
        "contributions_every": _stride(options.contributions),
        "color": options.color,
        "from_seconds": options.from_seconds,
        "to_seconds": options.to_seconds,
    }
    return AnalysisSettings.from_dict(chosen | {key: value for key, value in given.items() if value is not None})


def _stride(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(text.removeprefix("every:"))
    except ValueError as error:
        raise SettingsError(f"Contributions {text!r} are not understood; write every:N, or 0 for none.") from error


def _analyze(options: argparse.Namespace) -> int:
    from lav_gui.analysis import analyze_file
    from lav_gui.reporting import write_documents

    settings = _settings(options)
    targets = _targets(options)
    with closing(analyze_file(options.video, options.case, settings)) as steps:
        started = _show_progress(steps)
    print(f"case: {started.case_path}", file=sys.stderr)
    write_documents(started.case_path, started.run_id, targets, options.heatmaps)
    print(*_verdict_lines(started.case_path, started.run_id), sep="\n", file=sys.stderr)
    return 0


def _verdict_lines(case_path: Path, run_id: int) -> list[str]:
    """The verdict of a run and its reasons, as the report words them."""
    from lav_gui.report.wording import STATE_TITLES, video_score
    from lav_gui.reporting import judge_run
    from lav_gui.session.case import Case

    with Case.open(case_path, read_only=True) as case:
        judged = judge_run(case, run_id)
    score = video_score(judged.verdict, judged.run.weights)
    sentences = (score, *(reason.text for reason in judged.verdict.reasons))
    return [f"verdict: {STATE_TITLES[judged.verdict.state]}", *(f"  {sentence}" for sentence in sentences)]


def _show_progress(steps: Iterable[object]) -> AnalysisStarted:
    """Walk an analysis to its end with a progress bar on a terminal, quiet in a pipe."""
    started = None
    bar = tqdm(unit="frame", disable=None, dynamic_ncols=True)
    with bar, logging_redirect_tqdm():
        for step in steps:
            match step:
                case Stage(text, done, total):
                    bar.set_description_str(f"{text} {done / max(total, 1):.0%}")
                case AnalysisStarted():
                    started = step
                    bar.reset(total=len(step.planned))
                    bar.set_description_str(step.evidence.file_name)
                    bar.update(step.done)
                case Notice(text):
                    print(f"lav: {text}", file=sys.stderr)
                case FrameResult() | Gap():
                    bar.update()
    if started is None:
        raise WorkerError("The analysis ended before it began.")
    return started


def _targets(options: argparse.Namespace) -> dict[str, Path]:
    """Where the documents go; refused before hours of work, not after, when a folder is missing."""
    targets = {kind: path for kind in ("json", "csv", "pdf") if (path := getattr(options, kind)) is not None}
    for path in targets.values():
        if not path.absolute().parent.is_dir():
            raise ReportError(f"The folder {path.absolute().parent} does not exist; make it, or choose another.")
    return targets


def _report(options: argparse.Namespace) -> int:
    from lav_gui.reporting import write_documents

    targets = _targets(options)
    if not targets:
        print("lav report: name at least one of --pdf, --json, --csv", file=sys.stderr)
        return EXIT_USAGE
    write_documents(options.case, options.run_id, targets, options.heatmaps)
    return 0


def _info(options: argparse.Namespace) -> int:
    from lav_gui.media.inspect import inspect_file
    from lav_gui.report.json_document import evidence_document

    facts = evidence_document(inspect_file(options.video))
    if options.frames:
        facts["frames"] = _frame_facts(options.video)
    if options.json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return 0
    for key, value in facts.items():
        if isinstance(value, list):
            print(key, *(f"    {_line(row)}" for row in value), sep="\n")
        else:
            print(f"{key:28} {_line(value)}")
    return 0


def _frame_facts(video: Path) -> list[dict[str, object]]:
    """One row per frame of the packet index; a gap has a reason instead of a picture type."""
    from lav_gui.media.frame_types import scan_frame_types

    return [asdict(found) for found in tqdm(scan_frame_types(video), unit="frame", disable=None)]


def _line(value: object) -> str:
    if not isinstance(value, dict):
        return "-" if value is None else str(value)
    return ", ".join(f"{name} {item}" for name, item in value.items() if item not in (None, ""))


def _models(_: argparse.Namespace) -> int:
    from model_zoo.registry import read_catalog

    catalog = read_catalog()
    for problem in catalog.problems:
        print(f"lav: {problem.sentence}", file=sys.stderr)
    for weights in catalog.weights:
        state = "trained" if weights.trained else "UNTRAINED"
        calibrated = "calibrated" if weights.calibration else "not calibrated"
        print(f"{weights.name:32} {state:10} {calibrated:15} sha256 {weights.sha256[:16]}")
    return 0


def _models_show(options: argparse.Namespace) -> int:
    from model_zoo.registry import find_weights

    print(json.dumps(find_weights(options.name).to_dict(), indent=2, ensure_ascii=False))
    return 0


def _models_import(options: argparse.Namespace) -> int:
    from model_zoo.checkpoints import import_checkpoint
    from model_zoo.registry import user_folder

    weights = import_checkpoint(options.file, options.name, user_folder())
    print(f"imported as {weights.name}, sha256 {weights.sha256}")
    print("It is not calibrated, so its verdicts are out of scope.")
    return 0


def _gui(options: argparse.Namespace) -> int:
    from lav_gui.app import run

    return run(options.path, analyze=options.analyze)
