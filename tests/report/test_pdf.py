"""The set page: read back with poppler, and looked at in its raw bytes."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lav_gui.errors import ReportError
from lav_gui.records import Evidence, Gap, Reason
from lav_gui.report.pdf import pdf_bytes, write_pdf
from lav_gui.report.record import Examination, NoteLine, Report
from lav_gui.resources import resource_path

PageTexts = Callable[[bytes], list[str]]

NAMES = (
    "李小龙",
    "Nguyễn",
    "محمد",
    "Владимир",
    "देवनागरी",
    "ひらがな カタカナ 直木賞",
    "한국어",
    "สวัสดี",
    "שלום",
    "தமிழ்",
    "বাংলা",
    "ქართული",
    "Հայերեն",
    "አማርኛ",
    "Ελληνικά",
    "İstanbul ß Łódź",
    "🎬😀 ❤️",
    "½ ≥1 ≤2 →3 × € №",
    "‹U+202E›",
)
MARKUP = r'#let x = 1; *bold* _it_ [box] $m^2$ @ref <tag> \ // `raw` -- ... ~ "q" #image("a.png") = h - l + e'


def _with_metadata(report: Report, values: tuple[str, ...]) -> Report:
    pairs = tuple((f"tag{n}", value) for n, value in enumerate(values))
    media = replace(report.evidence.media, metadata=pairs)
    return replace(report, evidence=replace(report.evidence, media=media))


def _poppler(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} of poppler-utils is not installed")
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def test_names_of_any_script_are_printed_and_read_back_as_they_are(
    faceless_report: Report, page_texts: PageTexts
) -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn")
    text = "\n".join(page_texts(pdf_bytes(_with_metadata(faceless_report, (*NAMES, decomposed)))))
    assert [name for name in (*NAMES, decomposed) if name not in text] == []


def test_text_that_looks_like_markup_is_printed_letter_by_letter(
    faceless_report: Report, make_evidence: Callable[[str], Evidence], page_texts: PageTexts
) -> None:
    named = replace(faceless_report, evidence=make_evidence("#panic() *a* _b_ [c].mp4"))
    odd = replace(
        _with_metadata(named, ("_value_ of #it",)),
        case_name="#case *1*.lav",
        software=replace(named.software, device="_CPU_ #1"),
        weights=replace(named.weights, source="[source] *x*"),
        verdict=replace(named.verdict, reasons=(Reason("code", "Reason #1 in *stars*."),)),
        gaps=(Gap(1, 1, "gap #1 $x$"),),
        notices=("Notice `raw` // no comment",),
        notes=(NoteLine("Question", "$y$ and #y[", "a", "now", None, None),),
        examination=Examination(examiner="Dr. #x *Bold*", opinion=f"= Not a title\n- not a list\n{MARKUP}"),
    )
    text = "\n".join(page_texts(pdf_bytes(odd)))
    expected = (
        "#panic() *a* _b_ [c].mp4", "_value_ of #it", "#case *1*.lav", "_CPU_ #1", "[source] *x*",
        "Reason #1 in *stars*.", "gap #1 $x$", "Notice `raw` // no comment", "$y$ and #y[", "Dr. #x *Bold*",
        "= Not a title", "- not a list", MARKUP,
    )  # fmt: skip
    assert [part for part in expected if part not in text] == []
    assert text.count("Reason #1 in *stars*.") == 2


def test_a_letter_without_a_glyph_is_an_error_that_names_the_text(faceless_report: Report) -> None:
    hieroglyph = replace(faceless_report, examination=Examination(examiner="Ahmose \U000131f2 of Thebes"))
    with pytest.raises(ReportError, match=r"U\+131F2, egyptian hieroglyph.*“Ahmose \U000131f2 of Thebes”") as caught:
        pdf_bytes(hieroglyph)
    assert caught.value.__cause__ is not None


def test_only_shipped_fonts_are_used_and_all_are_embedded(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    try:
        listed = subprocess.run(
            ["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
        ).stdout
    except FileNotFoundError:
        pytest.skip("pdffonts of poppler-utils is not installed")
    shipped = {path.stem for path in resource_path("fonts").iterdir()}
    rows = listed.splitlines()[2:]
    assert rows
    for row in rows:
        name = row.split()[0].split("+")[1].removesuffix("-Identity-H")
        assert name in shipped
        assert re.search(r"Identity-H +yes yes yes", row)


def test_the_file_says_that_it_is_pdf_a_3b(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF-1.7")
    assert re.search(rb"pdfaid:part>\s*3\s*<", pdf)
    assert re.search(rb"pdfaid:conformance>\s*B\s*<", pdf)
    assert b"/OutputIntent" in pdf


def test_the_data_are_attached_byte_for_byte(report: Report, pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    _poppler("pdfdetach", "-saveall", "-o", str(tmp_path), str(tmp_path / "a.pdf"))
    for file in report.attachments:
        assert (tmp_path / file.name).read_bytes() == file.content


def test_every_page_bears_report_exhibit_and_number(report: Report, pdf: bytes, page_texts: PageTexts) -> None:
    pages = page_texts(pdf)
    for number, page in enumerate(pages, start=1):
        assert report.report_id in page
        assert f"Exhibit SHA-256 {report.evidence.hashes.sha256[:16]}" in page
        assert f"page {number} of {len(pages)}" in page
        assert "DRAFT" in page
    assert "END OF REPORT" in pages[-1]


def test_every_page_of_an_untrained_run_says_so(untrained_pdf: bytes, pdf: bytes, page_texts: PageTexts) -> None:
    assert all("UNTRAINED" in page for page in page_texts(untrained_pdf))
    assert not any("UNTRAINED" in page for page in page_texts(pdf))


def test_every_page_of_an_uncalibrated_run_says_so(uncalibrated_report: Report, page_texts: PageTexts) -> None:
    assert all("UNCALIBRATED" in page for page in page_texts(pdf_bytes(uncalibrated_report)))


def test_the_summary_fits_on_its_page_even_when_much_is_said(
    report: Report, make_evidence: Callable[[str], Evidence], page_texts: PageTexts
) -> None:
    long = tuple(
        Reason(f"r{n}", f"Reason {n}: " + "a sentence of the usual length with numbers 0.123, " * 4) for n in range(9)
    )
    verdict = replace(report.verdict, reasons=long, speaks_for=long, speaks_against=long)
    crowded = replace(
        report,
        verdict=verdict,
        evidence=make_evidence("a_long_name_" * 20 + ".mp4"),
        examination=Examination(question="What was asked, in some detail? " * 12),
    )
    pages = page_texts(pdf_bytes(crowded))
    assert "Summary for the reader" in pages[1]
    assert "Most important limitation" in pages[1]
    assert re.search(r"^ *2 +Items examined", pages[2], re.MULTILINE)


def test_no_face_and_no_video_can_be_set(faceless_report: Report, report: Report, page_texts: PageTexts) -> None:
    text = "\n".join(page_texts(pdf_bytes(faceless_report)))
    assert "No face was measured" in text
    assert "the packet is damaged" in text
    bare = tuple(replace(shown, pictures=None, digest_now=None, remark="No picture.") for shown in report.faces)
    text = "\n".join(page_texts(pdf_bytes(replace(report, faces=bare))))
    assert "Decoded again" in text
    assert "No picture." in text


def test_the_same_report_gives_the_same_bytes(report: Report, pdf: bytes) -> None:
    assert pdf_bytes(report) == pdf


def test_a_pdf_is_written_whole_or_not_at_all(faceless_report: Report, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot be written"):
        write_pdf(faceless_report, tmp_path / "missing" / "a.pdf")
    write_pdf(faceless_report, tmp_path / "a.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
