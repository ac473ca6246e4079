"""Native lines: ids kept, bad lines refused one by one with their number."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

Load = Callable[..., RunReport]


def entity(identity: str, kind: str = "System", name: str = "某系统", **properties: object) -> str:
    row = {"kind": "entity", "id": identity, "type": kind, "name": name, "properties": properties}
    return json.dumps(row, ensure_ascii=False)


def relation(source: str, kind: str, target: str) -> str:
    return json.dumps({"kind": "relation", "source": source, "type": kind, "target": target})


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_ids_are_kept_and_relations_may_stand_before_their_ends(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    lines = (
        relation("sys-7", "PROVIDES", "sys-7/f%1"),
        entity("sys-7", aliases=["简称"]),
        entity("sys-7/f%1", "Function", "床位管理", amount=120000.5),
    )
    report = load(written(tmp_path / "a.jsonl", *lines))
    assert (report.rows.read, report.rows.written) == (3, 3)
    assert [r.key for r in store.relations()] == [("sys-7", "PROVIDES", "sys-7/f%1")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "不是 JSON"),
        ("[]", "对象"),
        (entity("x", "Spaceship"), "未知的实体类型"),
        (entity("x", name=" "), "名称为空"),
        (relation("sys-7", "LOVES", "sys-7"), "未知的关系类型"),
        (relation("sys-7", "DEPENDS_ON", "nowhere"), "一端不存在：nowhere"),
        (relation("sys-7", "OWNS", "sys-7"), "不能从 System 指向 System"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_loads(
    load: Load, store: GraphStore, tmp_path: Path, line: str, reason: str
) -> None:
    report = load(written(tmp_path / "a.jsonl", entity("sys-7"), line, "", entity("sys-8")))
    (refused,) = report.rejected
    assert (refused.row, refused.sheet) == (2, None)
    assert reason in refused.reason
    assert [found.id for found in store.entities()] == ["sys-7", "sys-8"]
    assert report.status == "complete"


def test_a_value_that_does_not_fit_is_left_out_and_told(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    line = entity("sys-7", budget=-5, status="量子态", novel="x", network="外网")
    report = load(written(tmp_path / "a.jsonl", line))
    (found,) = store.entities()
    properties = found.properties
    assert "budget" not in properties
    assert "status" not in properties
    assert (properties["status_text"], properties["novel"]) == ("量子态", "x")
    assert properties["network"] == "互联网"
    assert len(report.warnings) == 2


def test_ends_may_stand_in_another_file_or_in_the_store(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    load(written(tmp_path / "old.jsonl", entity("old")))
    folder = tmp_path / "new"
    folder.mkdir()
    written(folder / "a.jsonl", relation("new", "DEPENDS_ON", "old"))
    written(folder / "b.jsonl", entity("new"))
    assert load(folder).rows.rejected == 0
    assert [r.key for r in store.relations()] == [("new", "DEPENDS_ON", "old")]
