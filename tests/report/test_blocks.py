import json

from lav_gui.report.blocks import Callout, Column, Paragraph, Section, Table, plain


def test_a_section_becomes_plain_values_that_name_their_kind() -> None:
    table = Table((Column("A", "right", 1),), (("1",), ("2",)), bold_rows=(1,))
    section = plain(Section("Title", (Paragraph("Text", "note"), table, Callout("T", "x")), own_page=True))

    assert [block["kind"] for block in section["blocks"]] == ["paragraph", "table", "callout"]
    assert section["own_page"] is True
    assert json.loads(json.dumps(section))["blocks"][1]["rows"] == [["1"], ["2"]]
