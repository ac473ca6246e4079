"""A proposal handed back as a workbook is checked as the one that was sent."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.proposal.files import read_proposal_file
from ingest.report import RunReport
from tests.unit.ingest.proposal.papers import load as papers
from tests.unit.ingest.proposal.papers import write


def test_the_receipt_is_no_part_of_a_proposal(tmp_path: Path, load: Callable[..., RunReport]) -> None:
    layouts = dict(papers(Path(__file__).parents[3] / "data" / "layouts"))
    name = next(name for name, one in layouts.items() if one["form"] == "xlsx" and not one.get("census"))
    path = write(layouts[name], tmp_path, name)
    [returned] = load(path, returns=tmp_path / "back").returned
    sent, back = read_proposal_file(path), read_proposal_file(Path(returned.path))
    assert sent.description.items
    description = replace(back.description, id=sent.description.id)
    assert replace(back, sha256=sent.sha256, description=description) == sent
