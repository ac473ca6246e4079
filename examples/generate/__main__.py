"""Writes every sample file below a folder: python -m examples.generate [FOLDER]."""

import csv
import io
import json
import sys
from pathlib import Path

from examples.generate import proposals, workbooks
from examples.generate.systems import System, estate
from examples.generate.vocabulary import components, words

PROVIDER = "示例省大数据发展局"


def generate(folder: Path) -> None:
    """Writes estate and proposals below `folder`; existing files of these names are replaced."""
    systems = estate()
    cities = workbooks.by_city(systems)
    target = folder / "estate"
    first, second, third, fourth, fifth = words()["cities"]
    workbooks.write_workbook(target / f"{first}普查表.xlsx", "普查表", workbooks.layout_wide(cities[first]))
    workbooks.write_workbook(target / f"{second}普查表.xlsx", "系统", workbooks.layout_wide(cities[second]))
    reported = workbooks.layout_reported(cities[third], f"{third}大数据发展局", "2025年")
    workbooks.write_workbook(target / f"{third}自查表.xlsx", "自查", reported)
    workbooks.write_workbook(
        target / f"{fourth}系统清单.xlsx", "清单", workbooks.layout_plain(cities[fourth])
    )
    workbooks.write_workbook(target / "可复用组件目录.xlsx", "组件", workbooks.layout_components(PROVIDER))
    _gbk_csv(target / f"{fifth}系统清单.csv", cities[fifth])
    _manifest(target / "catalog-info.yaml")
    (target / "关于统筹应用支撑的通知.txt").write_text(_policy(), "utf-8")
    for paper in proposals.papers():
        proposals.write(paper, folder / "proposals")


def _gbk_csv(path: Path, systems: list[System]) -> None:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\r\n")
    for row in workbooks.layout_plain(systems):
        writer.writerow(row)
    path.write_bytes(rows.getvalue().encode("gb18030"))


def _manifest(path: Path) -> None:
    component = components()[3]
    path.write_text(
        "# 示例数据（虚构）\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n"
        f"  name: message-center\n  title: {json.dumps(component.name, ensure_ascii=False)}\n"
        "  description: 短信、站内信和移动端消息的统一下发\nspec:\n  type: service\n"
        f"  lifecycle: production\n  owner: {PROVIDER}\n",
        "utf-8",
    )


def _policy() -> str:
    return (
        "关于统筹应用支撑的通知\n（示例数据，虚构）\n\n"
        f"{PROVIDER}负责示例省统一身份认证平台的建设和运行。各部门新建系统应当依托示例省统一身份认证平台，"
        "不得新建登录认证系统。\n云江市停车综合服务管理系统接入示例省统一公共支付平台。\n"
    )


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1])
