"""Loads 10,000 generated census rows of 25 functions each, resolution included: seconds and peak memory."""

import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

from benchmarks.machine import machine
from ingest.pipeline import run
from ingest.reading import Options
from kg.store import open_store

ROWS = 10_000
FUNCTIONS = 25
SEED = 20260301
BAR_SECONDS, BAR_MEGABYTES = 20, 500
RESULTS = Path(__file__).parent / "results"
PLACES = ("南宁市", "柳州市", "桂林市", "梧州市", "北海市", "玉林市", "百色市", "贺州市", "河池市", "来宾市")
FIELDS = (
    "教育",
    "民政",
    "水利",
    "交通运输",
    "农业农村",
    "文化旅游",
    "卫生健康",
    "应急管理",
    "生态环境",
    "住房城乡建设",
)
OBJECTS = ("设施", "档案", "案件", "人员", "车辆", "项目", "物资", "许可", "资金", "企业", "地块", "设备")
ACTIONS = ("登记", "审批", "查询", "统计", "预警", "派单", "归档", "核验", "公示", "监测", "评价", "导出")
HEADER = ("序号", "建设单位", "信息系统名称", "主要功能", "运行状态", "总投资（万元）", "网络环境")
HEADER_END = ("上线时间", "复用组件")


def write_workbook(path: Path) -> None:
    """Writes the same workbook for the same seed: titles, a header on the third row, then the rows."""
    chance = random.Random(SEED)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("普查")
    sheet.append(["政务信息系统普查表（生成数据）"])
    sheet.append(["填报周期：2025年"])
    sheet.append([*HEADER, *HEADER_END])
    for number in range(1, ROWS + 1):
        place, trade = chance.choice(PLACES), chance.choice(FIELDS)
        subject = chance.choice(OBJECTS)
        functions = {f"{chance.choice(OBJECTS)}{chance.choice(ACTIONS)}{n}" for n in range(FUNCTIONS)}
        sheet.append(
            [
                number,
                f"{place}{trade}局",
                f"{place}{trade}{subject}管理系统{number}",
                "、".join(sorted(functions)),
                chance.choice(("在用", "在建", "停用")),
                round(chance.uniform(5, 900), 2),
                chance.choice(("政务外网", "互联网")),
                f"20{chance.randint(10, 25)}年{chance.randint(1, 12)}月",
                chance.choice(("", "统一身份认证", "统一身份认证、电子印章")),
            ]
        )
    book.save(path)


def main() -> int:
    """Runs the bench, writes its result, and answers 1 when a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census.xlsx"
        write_workbook(path)
        with open_store(f"sqlite:///{folder}/kg.db", create=True) as store:
            started, worked = time.perf_counter(), time.process_time()
            report = run([path], store, archive=None, options=Options(today="2026-03-01"))
            seconds, worked = time.perf_counter() - started, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "bench": "census",
        "machine": machine(),
        "rows": report.rows.to_json(),
        "entities": report.entities.written,
        "relations": report.relations.written,
        "seconds": round(seconds, 1),
        "processor_seconds": round(worked, 1),
        "load_average": round(os.getloadavg()[0], 1),
        "peak_megabytes": round(megabytes),
        "bars": {"seconds": BAR_SECONDS, "peak_megabytes": BAR_MEGABYTES},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "census.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    return int(seconds > BAR_SECONDS or megabytes > BAR_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
