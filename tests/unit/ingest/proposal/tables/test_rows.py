"""Notes and signatures below a list are no lines of it."""

import pytest

from ingest.documents.blocks import Row
from ingest.proposal.tables.rows import is_note


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (("", "注：1.以上报价含税", ""), True),
        (("说明：金额含税", "", ""), True),
        (("经办人：钟意", "负责人：沈清", "日期：3月"), True),
        (("说明书生成", "", ""), False),
        (("注册审核", "", ""), False),
        (("备注管理", "按单备注", "3"), False),
    ],
)
def test_notes_and_signatures_are_told_from_lines(cells: tuple[str, ...], *, note: bool) -> None:
    assert is_note(Row(cells)) is note
