import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from api.cli.app import run
from api.drawing import drawing_page
from kg.model import Entity, EntityId, Relation
from queries.neighbourhood import Drawing

ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
SYSTEM = Entity(EntityId("sys-1"), "System", f"养老平台{ATTACK}")
COMPONENT = Entity(EntityId("cmp-1"), "Component", "统一身份认证平台")
REUSE = Relation(SYSTEM.id, "REUSES", COMPONENT.id)
DRAWING = Drawing((SYSTEM, COMPONENT), (REUSE,), 5)


def tree_of(page: str) -> Any:
    return html.fromstring(page)


def page_of(drawing: Drawing, title: str = "示例") -> str:
    return drawing_page(drawing, title).decode("utf-8")


def test_no_word_of_the_data_becomes_markup() -> None:
    page = tree_of(page_of(DRAWING, ATTACK))
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//img")
    assert page.xpath("string(//h1)") == ATTACK


def test_every_script_carries_the_nonce_of_the_policy() -> None:
    page = tree_of(page_of(DRAWING))
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    nonces = set(page.xpath("//script/@nonce"))
    assert len(nonces) == 1
    assert f"script-src 'nonce-{nonces.pop()}'" in policy
    assert policy.startswith("default-src 'none'")


def test_nothing_is_fetched() -> None:
    page = tree_of(page_of(DRAWING))
    assert not page.xpath("//@src | //link/@href")


def test_the_same_drawing_is_the_same_file() -> None:
    assert drawing_page(DRAWING, "示例") == drawing_page(DRAWING, "示例")
    assert drawing_page(DRAWING, "示例") != drawing_page(DRAWING, "另一幅")


def test_what_is_not_shown_is_said() -> None:
    assert "显示 2 / 5 个条目" in page_of(DRAWING)


def test_the_picture_has_its_twin_as_a_table() -> None:
    page = tree_of(page_of(DRAWING))
    assert [cell.text_content() for cell in page.xpath("//tbody/tr[1]/td")] == [
        SYSTEM.name,
        "复用",
        COMPONENT.name,
    ]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    facts = [
        {"kind": "entity", "id": "org", "type": "Organization", "name": "市民政局"},
        *({"kind": "entity", "id": f"s{n}", "type": "System", "name": f"系统{n}"} for n in range(4)),
        {"kind": "relation", "source": "org", "type": "OWNS", "target": "s0"},
        *(
            {"kind": "relation", "source": f"s{n}", "type": "DEPENDS_ON", "target": f"s{n + 1}"}
            for n in range(3)
        ),
    ]
    lines = "\n".join(json.dumps(fact, ensure_ascii=False) for fact in facts)
    (tmp_path / "facts.jsonl").write_text(lines, "utf-8")
    assert run(["ingest", "facts.jsonl"]) == 0
    return tmp_path


def drawn(folder: Path) -> set[str]:
    page = (folder / "a.html").read_text("utf-8")
    return set(re.findall(r'"id": "(\w+)"', page))


def test_a_neighbourhood_goes_as_far_as_asked(loaded: Path) -> None:
    assert run(["export", "a.html", "--around", "系统0", "--depth", "2"]) == 0
    assert drawn(loaded) == {"org", "s0", "s1", "s2"}


def test_a_department_is_drawn_with_what_it_owns(loaded: Path) -> None:
    assert run(["export", "a.html", "--department", "市民政局", "--depth", "1"]) == 0
    assert drawn(loaded) == {"org", "s0", "s1"}


def test_without_a_root_the_whole_is_drawn(loaded: Path) -> None:
    assert run(["export", "a.html"]) == 0
    assert drawn(loaded) == {"org", "s0", "s1", "s2", "s3"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["a.html", "--department", "系统0"], 1),
        (["a.html", "--around", "没有"], 1),
        (["a.jsonl", "--around", "系统0"], 2),
        (["a.html", "--around", "系统0", "--department", "市民政局"], 2),
    ],
)
def test_what_cannot_be_drawn_is_refused(loaded: Path, arguments: list[str], code: int) -> None:
    assert run(["export", *arguments]) == code
    assert not (loaded / arguments[0]).exists()
