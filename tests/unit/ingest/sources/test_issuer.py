"""Units named in prose are of the place that the document speaks from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import RunReport
from ingest.sources.organizations import organization
from kg.ontology import load_ontology
from kg.registry import region
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader

Load = Callable[..., RunReport]
HENGZHOU = "横州市人民政府办公室关于推进政务信息化项目复用的通知"
CHAOYANG = "朝阳区政务服务局关于建设区级平台的通知"


def places(store: GraphStore) -> dict[str, str]:
    """Name of each unit and the code of the region it is in."""
    names = {unit.id: unit.name for unit in store.entities(entity_type="Organization")}
    return {
        names[r.source]: r.target.removeprefix("region:")
        for r in store.relations(types=("LOCATED_IN",))
        if r.source in names
    }


def read(load: Load, folder: Path, *lines: str) -> None:
    paper = folder / f"{folder.name}.md"
    paper.write_text("\n\n".join(lines), "utf-8")
    load(paper)


@pytest.mark.parametrize(
    ("title", "said", "name", "code"),
    [
        (HENGZHOU, "市教育局建设学籍管理系统。", "横州市教育局", "450181"),
        (HENGZHOU, "自治区教育厅建设教育资源公共服务平台。", "自治区教育厅", "450000"),
        (HENGZHOU, "南宁市民政局建设养老服务管理系统。", "南宁市民政局", "450100"),
        ("青秀区人民政府关于数字政府建设的通知", "区卫健局建设区域医疗平台。", "区卫健局", "450103"),
        ("横县教育局关于学籍管理的通知", "县教育局建设学籍管理系统。", "县教育局", "450181"),
        ("长沙县人民政府关于数字政府建设的通知", "县教育局建设学籍管理系统。", "县教育局", "430121"),
        ("长沙县人民政府关于数字政府建设的通知", "省教育厅建设学籍管理系统。", "省教育厅", "430000"),
        (CHAOYANG, "按照长春市部署，区教育局建设学籍管理系统。", "区教育局", "220104"),
        (CHAOYANG, "按照北京市部署，朝阳区教育局建设学籍管理系统。", "朝阳区教育局", "110105"),
        (CHAOYANG, "朝阳区教育局建设学籍管理系统。", "朝阳区教育局", None),
        ("上海市推进国际金融中心建设条例", "市财政局建设预算一体化系统。", "上海市财政局", "310000"),
        ("桂林市“一网通办”改革规定（2024年）", "市民政局建设养老系统。", "桂林市民政局", "450300"),
        ("杭州湾大桥监测系统采购公告", "市公安局建设治安系统。", "市公安局", None),
        ("福建省福州市鼓楼区财政局关于预算一体化的通知", "区财政局建设非税收入系统。", "区财政局", "350102"),
        (
            "城关区数据局关于平台建设的通知",
            "区数据局建设城市运行平台，接入兰州市平台。",
            "区数据局",
            "620102",
        ),
    ],
)
def test_a_unit_is_where_the_document_says_it_from(
    load: Load, store: GraphStore, tmp_path: Path, title: str, said: str, name: str, code: str | None
) -> None:
    read(load, tmp_path, title, said)
    assert places(store).get(name) == code


def test_the_signature_tells_where_a_document_without_a_title_is_from(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    body = "县教育局建设学籍管理系统。", "上林县人民政府办公室", "2024年5月6日"
    read(load, tmp_path, "各乡镇人民政府：", *body)
    assert places(store)["县教育局"] == "450125"


def test_a_division_of_many_namesakes_is_the_one_of_the_document(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    read(load, tmp_path, CHAOYANG, "长春市部署后，朝阳区教育局建设朝阳区智慧教育平台。")
    assert {place.id for place in store.entities(entity_type="Region")} == {"region:220104"}


@pytest.mark.parametrize(
    ("name", "stated", "code"),
    [
        ("市教育局", "横州市", "450181"),
        ("省教育厅", "长沙市", "430000"),
        ("朝阳区教育局", "", None),
        ("朝阳区教育局", "长春市", "220104"),
        ("鼓楼区民政局", "福建省", "350102"),
        ("城关区财政局", "西藏自治区", "540102"),
        ("鼓楼区民政局", "江苏省", "320000"),
        ("国家发展改革委", "横州市", None),
        ("国家税务总局横州市税务局", "横州市", "450181"),
        ("人社厅", "450103", "450000"),
    ],
)
def test_a_unit_in_a_row_is_placed_by_its_name_and_what_is_stated(
    name: str, stated: str, code: str | None
) -> None:
    found = organization(name, region=stated).region
    assert found == (region(code) if code else None)


def test_systems_of_one_name_said_from_two_cities_are_two(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    for number, city in enumerate(("南宁市", "柳州市", "南宁市")):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        read(load, folder, f"{city}人民政府关于数字政府建设的通知", "市教育局建设学籍管理系统。")
    systems = list(store.entities(entity_type="System"))
    assert [one.name for one in systems] == ["学籍管理系统", "学籍管理系统"]
    assert {one.properties.get("region") for one in systems} == {"南宁市", "柳州市"}


def test_a_platform_named_in_a_notice_is_the_one_that_the_city_owns(
    load: Load, store: GraphStore, tmp_path: Path, workbook: Callable[..., Path]
) -> None:
    header = "系统名称", "建设单位", "运行状态", "区划"
    rows = [
        header,
        *((f"{city}城市运行调度平台", f"{city}数据局", "在用", city) for city in ("南宁市", "柳州市")),
    ]
    load(workbook("a.xlsx", rows))
    read(load, tmp_path, "南宁市人民政府关于数字政府建设的通知", "市城管局应急系统对接市城市运行调度平台。")
    reader = CanonicalReader(store, load_ontology())
    (platform,) = reader.named("市城市运行调度平台")
    assert reader.get([platform])[platform].name == "南宁市城市运行调度平台"
