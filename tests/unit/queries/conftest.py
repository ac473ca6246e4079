"""A small estate in memory: two care systems, an education system, two components, a planned system."""

import pytest

from kg.matching.encoder.lexical import LexicalEncoder
from kg.store.memory import MemoryStore
from queries.check import CheckContext, prepare
from tests.unit.queries.small_estate import CARE, COPIED, SCHOOL, component, filled, system


@pytest.fixture(scope="session")
def store() -> MemoryStore:
    usable = {"status": "在用", "ip_owner": "市大数据局", "accreditation": "已认定", "price_mode": "免费"}
    return filled(
        [
            system("养老服务管理系统", "甲市民政局", CARE),
            system("养老服务管理系统", "乙市民政局", COPIED),
            system("义务教育学籍平台", "甲市教育局", SCHOOL),
            system("智慧河湖监管平台", "甲市水利局", ("河道水位监测", "排污口巡查"), status="拟建"),
            component("统一身份认证平台", "市大数据局", "identity", usable),
            component("统一短信网关", "市大数据局", "message", {"status": "在建"}),
        ]
    )


@pytest.fixture(scope="session")
def context(store: MemoryStore) -> CheckContext:
    return prepare(store, LexicalEncoder("test"), engine="1.0", newest="2025-06-30")


@pytest.fixture(scope="session")
def empty_store() -> MemoryStore:
    return filled([])
