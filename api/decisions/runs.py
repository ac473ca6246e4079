"""The runs of a store, and what an undo did, as they are told."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ingest.undo import Undone
from kg.store.base import Run
from kg.store.books import standing

STATUS = {"complete": "完成", "failed": "失败", "running": "进行中", "undone": "已撤销"}


def runs_to_json(runs: Iterable[Run], *, limit: int) -> dict[str, Any]:
    """The document of `kg runs --json` and of GET /runs: the last `limit` runs, latest first.

    `clock_back` is true where the clock stood before that of the run before; the numbers tell the order.
    """
    told = standing(runs)
    back = {run.id for before, run in itertools.pairwise(told) if run.started < before.started}
    items = [_run(run) | {"clock_back": run.id in back} for run in reversed(told)]
    return {"items": items[:limit], "total": len(items)}


def _run(run: Run) -> dict[str, Any]:
    said = run.summary.get("because")
    by = run.summary.get("by")
    return {
        "run": str(run.id),
        "what": run.what,
        "status": run.status,
        "started": run.started,
        "finished": run.finished,
        "by": str(by) if by else None,
        "because": str(said) if said else None,
        "rows": run.summary.get("rows"),
        "deliveries": sorted(map(str, _read(run))),
    }


def _read(run: Run) -> Iterable[object]:
    told = run.summary.get("read", ())
    return told if isinstance(told, dict) else ()


def run_lines(told: dict[str, Any]) -> Iterator[str]:
    """The list for a person to read."""
    yield f"共 {told['total']} 个任务"
    for run in told["items"]:
        rows = "" if run["rows"] is None else f"  写入 {run['rows']} 行"
        by = f"  {run['by']}：{run['because'] or '未说明理由'}" if run["by"] else ""
        back = "  （时钟曾回拨，先后以编号为准）" if run["clock_back"] else ""
        yield f"{run['run']:>5}  {run['started']}  {STATUS[run['status']]}  {run['what']}{rows}{by}{back}"
        if run["deliveries"] and run["what"] == "ingest":
            yield f"       {_listed(run['deliveries'])}"


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:3])
    return f"{shown} 等 {len(names)} 份" if len(names) > 3 else shown


def undone_lines(made: Undone) -> Iterator[str]:
    """What an undo did, for a person to read."""
    yield f"已撤销任务 {made.undone}（任务 {made.run}）：{made.ended} 条不再有效，{made.again} 条恢复有效"
    for key, number in sorted(made.superseded.items()):
        yield f"    {key} 此后已由任务 {number} 重新载入，现状以任务 {number} 为准，只更正其间的历史"
    if made.kept:
        yield f"    {made.kept} 条在此后的任务中原样再次出现，予以保留"
