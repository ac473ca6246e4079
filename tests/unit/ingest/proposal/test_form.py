"""Proposals as JSON: every field as stated, what is left out read from the description, faults named."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as Word

from ingest.proposal.files import read_proposal_file
from ingest.proposal.form import ProposalForm
from kg.errors import DocumentError

FULL = {
    "name": "清川县智慧灌区平台",
    "aliases": ["灌区平台"],
    "department": "清川县水利局",
    "region": "清川县",
    "period": "2026年4月至2027年3月",
    "budget": "186万元",
    "functions": [
        {"path": "用水管理", "text": "渠道流量采集", "amount": 300000},
        {"path": "用水管理", "text": "水费核算", "amount": "12.5万元"},
        "闸门远程控制",
    ],
    "uses": ["省统一身份认证平台"],
    "replaces": ["旧灌区系统"],
    "deploys": ["临江市智慧灌区平台"],
    "description": "本项目对接市物联感知平台。",
    "build_kind": "续建",
    "fund_source": "县级财政",
    "grade": "第二级",
}


def written(folder: Path, told: object, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False), "utf-8")
    return path


def test_every_field_is_read_as_stated(tmp_path: Path) -> None:
    proposal = read_proposal_file(written(tmp_path, FULL))
    described = proposal.description
    assert (described.name, described.aliases, described.department) == (
        "清川县智慧灌区平台",
        ("灌区平台",),
        "清川县水利局",
    )
    assert (described.region, described.period, proposal.budget) == ("清川县", "2026/2027", Decimal(1860000))
    assert [(item.path, item.text, item.amount) for item in described.items] == [
        ("用水管理", "渠道流量采集", Decimal(300000)),
        ("用水管理", "水费核算", Decimal(125000)),
        ("", "闸门远程控制", None),
    ]
    assert described.uses == ("省统一身份认证平台", "市物联感知平台")
    assert described.replaces == ("旧灌区系统",)
    assert "临江市智慧灌区平台" in described.declared
    assert (proposal.build_kind, proposal.fund_source, proposal.grade) == ("续建", "县级财政", "第二级")
    assert (proposal.confidence, proposal.unread, proposal.notes) == (1.0, (), ())
    assert proposal.file == "a.json"
    assert len(proposal.sha256) == 64


def test_functions_left_out_are_read_from_the_description(tmp_path: Path) -> None:
    told = {"name": "灌区平台", "description": "系统包括渠道流量采集、水费核算、闸门远程控制等功能。"}
    proposal = read_proposal_file(written(tmp_path, told))
    assert [item.text for item in proposal.description.items] == ["渠道流量采集", "水费核算", "闸门远程控制"]
    assert proposal.confidence < 1


def test_a_form_without_functions_says_so(tmp_path: Path) -> None:
    proposal = read_proposal_file(written(tmp_path, {"name": "灌区平台"}))
    assert proposal.description.items == ()
    assert any("未读出功能清单" in note for note in proposal.unread)


def test_unknown_fields_are_told_and_left_out(tmp_path: Path) -> None:
    proposal = read_proposal_file(
        written(tmp_path, {"name": "灌区平台", "functions": ["水费核算"], "预算": 3})
    )
    assert proposal.notes == ("未知字段 预算，未采用",)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"functions": ["水费核算"]}, "字段 name：缺少该字段"),
        ({"name": ""}, "字段 name：不能为空"),
        ({"name": 7}, "字段 name：应为文本"),
        ({"name": "甲", "budget": "若干"}, "字段 budget："),
        ({"name": "甲", "budget": -5}, "字段 budget：金额为负"),
        ({"name": "甲", "budget": True}, "字段 budget：应为金额"),
        ({"name": "甲", "functions": "水费"}, "字段 functions：应为数组"),
        ({"name": "甲", "functions": [{"path": "水费"}]}, "字段 functions[0].text：缺少该字段"),
        ({"name": "甲", "functions": ["乙", {"text": "丙", "amount": "x"}]}, "字段 functions[1].amount："),
        ({"name": "甲", "functions": [3]}, "字段 functions[0]：应为对象或文本"),
        ({"name": "甲", "uses": ["乙", 3]}, "字段 uses[1]：应为文本"),
        ([{"name": "甲"}], "顶层应为一个对象"),
        ("{", "不是 JSON：第1行"),
        ('{"name": "甲", "budget": NaN}', "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
    ],
)
def test_a_fault_is_named_by_its_field(tmp_path: Path, told: object, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_proposal_file(written(tmp_path, told))
    assert place in str(refused.value)
    assert str(refused.value).startswith("a.json：")
    assert "\n" not in str(refused.value)


def test_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('{"name": "灌区平台"}'.encode("gbk"))
    with pytest.raises(DocumentError, match="UTF-8"):
        read_proposal_file(path)


def test_a_secret_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="国家秘密"):
        read_proposal_file(written(tmp_path, {"name": "甲", "description": "机密★10年\n系统"}))


def test_a_file_that_lies_under_another_name_is_called_by_its_own(tmp_path: Path) -> None:
    kept = written(tmp_path, {"name": "灌区平台", "functions": ["水费核算"]}, "upload-7")
    assert read_proposal_file(kept, name="申报.json").file == "申报.json"
    word = tmp_path / "upload.docx"
    document = Word()
    document.add_paragraph("建设单位：清川县水利局")
    document.save(str(word))
    assert read_proposal_file(word, name="灌区平台建设方案.docx").description.name == "灌区平台"


def test_the_form_is_documented_for_its_senders() -> None:
    schema = json.loads((Path(__file__).parents[4] / "docs" / "proposal.schema.json").read_text("utf-8"))
    assert schema == ProposalForm.model_json_schema()


@pytest.mark.parametrize(
    ("told", "declared", "deployed"),
    [
        ({"uses": ["云江市养老服务平台"]}, "申报复用：云江市养老服务平台", ["云江市养老服务平台"]),
        ({"uses": ["临江市养老服务平台"]}, "申报复用：临江市养老服务平台", ["临江市养老服务平台"]),
        ({"uses": ["省统一身份认证平台"]}, "", []),
        ({"replaces": ["云江市养老服务平台"]}, "申报替换：云江市养老服务平台", []),
        ({"replaces": ["云江市老年人档案系统"]}, "申报替换：云江市老年人档案系统", []),
        ({"replaces": ["临江市公文系统"]}, "", []),
        ({"replaces": ["台账系统"]}, "", []),
        ({"description": "建成后替换原有养老服务系统。"}, "申报替换：养老服务系统", []),
        (
            {"description": "本项目复用临江市养老服务平台，不另行开发。"},
            "本项目复用临江市养老服务平台，不另行开发",
            ["临江市养老服务平台"],
        ),
        ({"description": "本项目接入临江市养老服务平台。"}, "", []),
        ({"build_kind": "升级改造"}, "云江市养老服务平台（升级改造）", []),
        ({"build_kind": "新建"}, "", []),
        (
            {"name": "云江市养老服务平台2026年运维"},
            "云江市养老服务平台2026年运维",
            ["云江市养老服务平台"],
        ),
        (
            {
                "name": "云江市养老服务平台（二次部署）",
                "description": "本项目在临江市养老服务平台基础上进行二次部署。",
            },
            "本项目在临江市养老服务平台基础上进行二次部署；云江市养老服务平台（二次部署）",
            ["云江市养老服务平台", "临江市养老服务平台"],
        ),
    ],
)
def test_going_on_with_a_system_of_its_own_is_declared(
    tmp_path: Path, told: dict[str, object], declared: str, deployed: list[str]
) -> None:
    form = {"name": "云江市养老服务平台", "department": "云江市民政局", "functions": ["床位管理"], **told}
    proposal = read_proposal_file(written(tmp_path, form))
    assert proposal.description.declared == declared
    assert [fact.value for fact in proposal.facts if fact.kind == "deploys"] == deployed
