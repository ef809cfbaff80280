"""The details of a case are kept, and each change of them is logged."""

from dataclasses import replace

from lav_gui.session import Case, CaseDetails


def test_a_new_case_has_no_details(case: Case) -> None:
    assert case.details() == CaseDetails()


def test_details_come_back_in_another_session(case: Case) -> None:
    details = CaseDetails("№ 7", "Lab", "Court", "李小龙", "Nguyễn", "2026-05-09", "restricted", "Is it?", "I think …")
    case.set_details(details)
    case.close()
    with Case.open(case.path, read_only=True) as again:
        assert again.details() == details


def test_the_log_tells_what_was_changed_and_nothing_where_nothing_was(case: Case) -> None:
    case.set_details(CaseDetails(case_number="1", examiner="a"))
    case.set_details(replace(case.details(), examiner="b"))
    case.set_details(case.details())
    logged = [entry.details for entry in case.audit_log() if entry.action == "case.details"]
    assert logged == [{"case_number": ["", "1"], "examiner": ["", "a"]}, {"examiner": ["a", "b"]}]
