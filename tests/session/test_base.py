"""What a damaged record raises becomes one sentence that names the file."""

import pytest

from lav_gui.errors import SessionError
from lav_gui.session import Case
from lav_gui.settings import AnalysisSettings


def test_a_record_that_cannot_be_read_is_a_damaged_case(case: Case) -> None:
    with (
        pytest.raises(SessionError, match=r"^李小龙.*\.lav is damaged: a record in it cannot be read") as caught,
        case._decoding(),
    ):
        raise KeyError("media")
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_setting_that_this_version_does_not_know_is_told_likewise(case: Case) -> None:
    with pytest.raises(SessionError, match="is damaged"), case._decoding():
        AnalysisSettings.from_dict({"modle": "default"})
