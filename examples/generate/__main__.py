"""Writes every sample file below a folder: python -m examples.generate [FOLDER]."""

import csv
import io
import json
import sys
from pathlib import Path

import yaml

from examples.generate import papers, proposals, workbooks
from examples.generate.systems import System, again, estate, later
from examples.generate.vocabulary import HERE, components, words

PROVIDER = "示例省大数据发展局"
PERIOD = "2026年上半年"


def generate(folder: Path) -> None:
    """Writes estate and proposals below `folder`; existing files of these names are replaced."""
    target = folder / "estate"
    target.mkdir(parents=True, exist_ok=True)
    _cities(target, estate())
    workbooks.write_workbook(target / "可复用组件目录.xlsx", "组件", workbooks.layout_components(PROVIDER))
    _catalog_info(target / "catalog-info.yaml")
    _publiccode(target / "publiccode.yml")
    (target / "关于统筹应用支撑的通知.txt").write_text(_policy(), "utf-8")
    _rules(target)
    (target / "平台登记.jsonl").write_text(_registered(), "utf-8")
    plan = yaml.safe_load((HERE / "policy.yaml").read_text("utf-8"))
    texts = ((0, workbooks.NOTE), *((level, text) for level, text in plan["paragraphs"]))
    (target / f"{plan['title']}.docx").write_bytes(papers.letter(plan["title"], texts))
    proposals.write_all(folder / "proposals")


def _cities(target: Path, systems: list[System]) -> None:
    """The deliveries of the cities, the later one of one of them, the province's own list, intentions."""
    cities = workbooks.by_city(systems)
    first, second, third, fourth, fifth = words()["cities"]
    unit, write = f"{third}大数据发展局", workbooks.write_workbook
    write(target / f"{first}普查表.xlsx", "普查表", workbooks.layout_wide(cities[first]))
    merged = workbooks.merged_units(cities[second])
    write(target / f"{second}摸底表.xlsx", "摸底", workbooks.layout_grouped(cities[second]), merged=merged)
    spring = workbooks.layout_reported(cities[third], unit, "2025年")
    write(target / f"{third}自查表.xlsx", "自查", spring)
    autumn = workbooks.layout_reported(later(cities[third]), unit, PERIOD)
    write(target / f"{third}自查表（{PERIOD}）.xlsx", "自查", autumn)
    listed = workbooks.layout_listed(cities[fourth], f"{fourth}大数据发展局", PERIOD)
    write(target / f"{fourth}系统清单.xlsx", "清单", listed)
    write(target / "省级汇总清单.xlsx", "清单", workbooks.layout_plain(again(systems)))
    write(target / "采购意向.xlsx", "采购意向", workbooks.layout_intentions(systems[10:60:8]))
    _gbk_csv(target / "2026年上半年" / f"{fifth}大数据发展局" / "系统清单.csv", cities[fifth])


def _gbk_csv(path: Path, systems: list[System]) -> None:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    for row in workbooks.layout_plain(systems):
        writer.writerow(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rows.getvalue().encode("gb18030"))


def _catalog_info(path: Path) -> None:
    component = components()[3]
    path.write_text(
        "# 示例数据（虚构）\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n"
        f"  name: message-center\n  title: {json.dumps(component.name, ensure_ascii=False)}\n"
        "  description: 短信、站内信和移动端消息的统一下发\nspec:\n  type: service\n"
        f"  lifecycle: production\n  owner: {PROVIDER}\n",
        "utf-8",
    )


def _publiccode(path: Path) -> None:
    path.write_text(
        "# 示例数据（虚构）\npubliccodeYmlVersion: '0.4'\nname: 示例省表单流程引擎\n"
        "url: https://code.example/forms.git\nsoftwareType: standalone/backend\ndevelopmentStatus: stable\n"
        "description:\n  zh:\n    shortDescription: 表单设计和审批流转的公共引擎（示例）\n    features:\n"
        "      - 表单设计\n      - 流程建模\n      - 待办流转\n"
        f"legal:\n  license: Apache-2.0\n  repoOwner: {PROVIDER}\n"
        "maintenance:\n  type: internal\n",
        "utf-8",
    )


def _rules(target: Path) -> None:
    rules = yaml.safe_load((HERE / "rules.yaml").read_text("utf-8"))
    chapters = (
        f"## {title}\n\n" + "\n".join(f"- {text}" for text in texts) for title, texts in rules["chapters"]
    )
    text = "\n\n".join([f"# {rules['title']}", f"> {workbooks.NOTE}", *chapters])
    (target / f"{rules['title']}.md").write_text(f"{text}\n", "utf-8")


def _registered() -> str:
    """Facts as native JSONL, as another register of the province would hand them over."""
    rows = yaml.safe_load((HERE / "registered.yaml").read_text("utf-8"))
    facts = [{"kind": "entity", **row, "properties": row.get("properties", {})} for row in rows["entities"]]
    facts[0]["properties"] = {**facts[0]["properties"], "remark": workbooks.NOTE}
    for source, kind, target in rows["relations"]:
        facts.append({"kind": "relation", "source": source, "type": kind, "target": target})
    return "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts)


def _policy() -> str:
    return (
        "关于统筹应用支撑的通知\n（示例数据，虚构）\n\n"
        f"{PROVIDER}负责示例省统一身份认证平台的建设和运行。各部门新建系统应当依托示例省统一身份认证平台，"
        "不得新建登录认证系统。\n云江市城市管理局的停车收费业务对接示例省统一公共支付平台，避免重复建设。\n"
        "各市大数据发展局应当将已建系统纳入示例省资源目录系统，通过示例省数据共享交换平台提供数据。\n"
    )


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])
