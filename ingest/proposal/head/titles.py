"""The name of a project and its unit as a title page gives them without labels."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from ingest.documents.blocks import BlockKind
from ingest.documents.headings import heading_level
from ingest.proposal.head.labels import before_label
from ingest.proposal.sections import Placed, bare, unquoted
from ingest.proposal.tables.lines import place_of
from ingest.proposal.wording import any_of, facts
from kg.matching.proposal import Fact

TAIL = 4
"""Blocks at the end among which a letter is signed."""
HEAD = 14
"""Blocks from the top among which a title page stands."""
LONGEST = 60
BROKEN = 20
"""Signs of a line that only begins a name."""
ENDS = re.compile(r"[书表单号页]$|\d$|^附件|项目$")


def title(blocks: Sequence[Placed], path: str) -> Fact:
    """The name on the title page; the name of the file where no line bears one."""
    lines = [(paperless(line), line, place) for line, place in _cover(blocks)]
    named = [n for n, (name, _, _) in enumerate(lines) if re.search(facts().named, name)]
    called = [n for n, (name, line, _) in enumerate(lines) if name and name != line]
    if not named and not called:
        stem = Path(path).stem
        return Fact("name", paperless(bare(stem)) or stem, "文件名")
    core = (named or called)[0]
    return Fact("name", _joined([name for name, _, _ in lines], core), lines[core][2])


def _joined(names: Sequence[str], core: int) -> str:
    """A name broken over lines, from the line that ends like one, with what stands before it and its rest."""
    start = core
    while start and names[start - 1] and len(names[start - 1]) <= BROKEN and not _ends(names[start - 1]):
        start -= 1
    end = core + 1
    while end < len(names) and re.fullmatch(facts().tail, names[end]):
        end += 1
    return "".join(names[start:end])


def _ends(name: str) -> bool:
    """Whether a line is a name of its own, of a unit or of something else."""
    return bool(re.search(facts().named, name) or re.search(facts().unit_line, name) or ENDS.search(name))


def _cover(blocks: Sequence[Placed]) -> Iterator[tuple[str, str]]:
    """Short lines from the top, up to the first numbered heading or the first row of several cells."""
    for one in blocks[:HEAD]:
        if one.block.kind is BlockKind.TABLE:
            yield from _top_rows(one)
            return
        text = before_label(" ".join(one.block.text.split()))
        if heading_level(text) and not re.search(facts().named, text):
            return
        if text and len(text) < LONGEST and not re.search(r"[：:。；]|^\d[\d年月日\s./-]*$", text):
            yield text, one.place


def _top_rows(one: Placed) -> Iterator[tuple[str, str]]:
    """Rows of one cell at the top of a table, as sheets have their titles."""
    for row in one.block.rows:
        cells = [cell.strip() for column, cell in enumerate(row.cells) if column not in row.merged]
        own = [cell for cell in cells if cell]
        if len(own) > 1:
            return
        if own and len(own[0]) < LONGEST and not re.search(r"[：:。；]", own[0]):
            yield " ".join(own[0].split()), place_of(row)


@cache
def _papers() -> re.Pattern[str]:
    """The words for a paper at the end of a title, two of them joined (初步设计及概算) as one."""
    papers, also = any_of(facts().papers).pattern, any_of(facts().papers_joined).pattern
    return re.compile(rf"(?:{papers})(?:[及与和暨、]+(?:{papers}|{also}))?$", re.IGNORECASE)


def paperless(text: str) -> str:
    """A title without what it calls the paper itself: 可行性研究报告, 建设方案（送审稿）."""
    name = unquoted(text.strip())
    if asked := re.match(facts().request, name):
        name = asked[1]
    for _ in range(3):
        name = re.sub(facts().paper_notes, "", name).strip()
        name = _papers().sub("", name).strip(" 的-—_")
    return unquoted(name)


def unit(blocks: Sequence[Placed]) -> Iterator[Fact]:
    """Units that a sentence names as the builder, then one that stands alone on the title page or
    signs the paper."""
    for one in blocks:
        for rule in facts().unit_prose if one.block.kind is BlockKind.PARAGRAPH else ():
            if found := re.search(rule.pattern, one.block.text):
                yield Fact("department", found[1], one.place)
    ends = ((" ".join(one.block.text.split()), one.place) for one in blocks[-TAIL:])
    for text, place in (*_cover(blocks), *ends):
        if re.match(facts().unit_line, text):
            yield Fact("department", text, place)
