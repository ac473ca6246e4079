"""Dependencies held against what was measured: reconcile."""

from collections.abc import Iterator, Sequence
from typing import Any

import typer

from api.cli.answers import answer
from api.cli.options import Json, Store, Top
from api.cli.session import asking
from api.labels import basis_label
from queries.reconciliation import reconcile


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("reconcile", help="依赖核对：申报未实测、实测未申报、单点、循环依赖")(reconcile_command)


def reconcile_command(*, top: Top = 50, store: Store = "", as_json: Json = False) -> None:
    """Prints what is stated or measured alone, single points and circles."""
    with asking(store) as graph:
        found = reconcile(graph.reader).to_json(top=top)
    answer(found, _lines(found), as_json=as_json)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    coverage, totals = found["coverage"], found["totals"]
    period = f"，{coverage['since'] or '？'} 至 {coverage['until']}" if coverage["until"] else ""
    yield f"系统间依赖 {coverage['relations']} 条，其中实测 {coverage['measured']} 条{period}"
    if not coverage["measured"]:
        yield "  没有调用记录；用 kg ingest 载入网关或日志的导出表（调用方、被调用方、调用次数）后再核对"
    yield f"申报而未实测：{totals['unmeasured']} 条"
    yield from map(_pair, found["unmeasured"])
    yield f"实测而未申报：{totals['undeclared']} 条"
    yield from map(_pair, found["undeclared"])
    yield f"单点：{totals['single_points']} 个被依赖的系统，按受影响的系统数排列"
    yield from map(_point, found["single_points"])
    yield f"循环依赖：{totals['cycles']} 处"
    yield from (f"  {' → '.join(_name(one) for one in [*way, way[0]])}" for way in found["cycles"])


def _pair(line: dict[str, Any]) -> str:
    bases = "、".join(_based(one) for one in line["bases"])
    doubt = "" if line["observed"] else "（双方都不在监测范围内）"
    return f"  {_name(line['source'])} → {_name(line['target'])}：{bases}{doubt}"


def _based(one: dict[str, Any]) -> str:
    calls = f" {one['calls']:,} 次" if one.get("calls") else ""
    return f"{basis_label(one['basis'])}{calls}（{_first(one['claims'])}）"


def _first(claims: Sequence[str]) -> str:
    return f"{claims[0]}等 {len(claims)} 处" if len(claims) > 1 else claims[0]


def _point(point: dict[str, Any]) -> str:
    others = [one["name"] for one in point["alternatives"]]
    spare = f"，同能力的另有：{'、'.join(others)}" if others else "，没有同能力的其他系统"
    count = f"直接 {point['direct']}、共 {point['dependents']} 个系统，{point['departments']} 个单位"
    return f"  {_name(point)}：{count}{spare}"


def _name(party: dict[str, Any]) -> str:
    return f"{party['name']}（{party['department']}）" if party["department"] else str(party["name"])
