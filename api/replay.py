"""Replays a check: the same file on the state of the graph it was checked with, and what differs."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from api.bootstrap import archive, encoder, kept_beside, remembering
from api.release import engine_version
from api.settings import Settings
from ingest.packed import unpacked
from ingest.proposal.handed import proposal_of
from kg.errors import ModelError, NotFoundError, ValidationError
from kg.ontology import load_ontology
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.past import last_run, newest_at
from queries.check import check, prepare

Report = dict[str, Any]
NEEDED = frozenset({"basis", "file", "modules", "proposal", "verdict"})
VERSIONS = ("engine", "ontology", "thresholds", "policy", "model", "mode")
SHOWN = 50
"""Differences listed; `total` counts them all."""
GONE = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of the report that is another one now; None on the side where there is none."""

    path: str
    was: Any
    now: Any

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "was": self.was, "now": self.now}


@dataclass(frozen=True, slots=True)
class Replay:
    """Whether the replayed report has the bytes of the first one; else what differs, and why it may."""

    file: str
    verdict: str | None
    equal: bool
    differences: tuple[Difference, ...]
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "verdict": self.verdict,
            "equal": self.equal,
            "differences": [one.to_json() for one in self.differences[:SHOWN]],
            "total": len(self.differences),
            "reasons": list(self.reasons),
        }


def replay(path: Path, store: GraphStore, settings: Settings, *, given: Path | None = None) -> Replay:
    """Checks the file of a report again, on the graph as it was then; `given` is where the file lies now.

    Raises: ValidationError for what is no report of one check or of another store, NotFoundError when its
    file is not to be found, ModelError when the sentence model it was made with is not here.
    """
    written = path.read_bytes()
    report = read_report(path, written)
    run = report["basis"].get("run")
    if not isinstance(run, int) or run > last_run(store):
        raise ValidationError(f"知识库中没有报告所依据的任务 {run}：不是当时的知识库，或报告由更早的程序写出")
    chosen = encoder(settings)
    _same_model(report, chosen.key if chosen.mode == "semantic" else None)
    remembered = remembering(chosen, kept_beside(settings, "vectors"))
    reader = CanonicalReader(store.at_run(run), load_ontology())
    context = prepare(reader, remembered, engine=engine_version(), newest=newest_at(store, run))
    estate = replace(context.estate, version=report["basis"]["store_version"])
    context = replace(context, estate=estate, run=run)
    with _file_of(report, settings, given or path) as file:
        proposal = proposal_of(file, name=report["proposal"]["file"])
        again = check(reader, proposal, context=context).to_json() | {"file": report["file"]}
    equal = json.dumps(again, ensure_ascii=False, indent=2).encode() + b"\n" == written
    differences = () if equal else tuple(_differences("", report, json.loads(json.dumps(again))))
    return Replay(report["file"], report["verdict"], equal, differences, _reasons(report, again))


def read_report(path: Path, written: bytes) -> Report:
    """The report in the bytes of a file. Raises: ValidationError when they hold none."""
    try:
        found = json.loads(written)
    except ValueError as error:
        raise ValidationError(f"{path} 不是 JSON 文档") from error
    if isinstance(found, dict) and "reports" in found:
        raise ValidationError(f"{path} 是一批报告，请逐份重放其文件夹中的 report.json")
    if not isinstance(found, dict) or not found.keys() >= NEEDED:
        raise ValidationError(f"{path} 不是查重报告（report.json）")
    return found


def _same_model(report: Report, here: str | None) -> None:
    then = report["basis"]["model"]
    if then != here:
        told = f"当时的语义模型 {then}" if then else "当时未用语义模型"
        now = f"现在是 {here}" if here else "现在没有安装语义模型"
        raise ModelError(f"{told}，{now}，不能重放；请用 KG_MODEL 指定当时的模型目录（当时未用则指定空目录）")


@contextmanager
def _file_of(report: Report, settings: Settings, near: Path) -> Iterator[Path]:
    """The file of the report by its bytes: in the archive, as given, beside the report, or where it lay."""
    digest = str(report["basis"]["input_sha256"])
    name = str(report["proposal"]["file"])
    kept = archive(settings)
    with tempfile.TemporaryDirectory(prefix="kg-replay-") as folder:
        if kept and digest and kept.path(digest).is_file():
            # Its name tells how it is read, and the archive keeps none.
            yield Path(shutil.copyfile(kept.path(digest), Path(folder) / f"file{Path(name).suffix}"))
            return
        around = [near, near.parent / name, Path(report["file"].partition("!/")[0])]
        places = [one for one in dict.fromkeys(around) if one.is_file()]
        with unpacked(places) as found:
            for one in found:
                if not one.refused and hashlib.sha256(one.path.read_bytes()).hexdigest() == digest:
                    yield one.path
                    return
    raise NotFoundError(f"找不到内容与报告一致的 {name}（校验码 {digest[:12]}…）；请用 --file 指明材料所在")


def _differences(path: str, was: object, now: object) -> Iterator[Difference]:
    if isinstance(was, dict) and isinstance(now, dict):
        for key in sorted(was.keys() | now.keys()):
            yield from _differences(f"{path}.{key}".lstrip("."), was.get(key, GONE), now.get(key, GONE))
    elif isinstance(was, list) and isinstance(now, list):
        for number in range(max(len(was), len(now))):
            sides = (side[number] if number < len(side) else GONE for side in (was, now))
            yield from _differences(f"{path}[{number}]", *sides)
    elif was != now:
        yield Difference(path, None if was is GONE else was, None if now is GONE else now)


def _reasons(report: Report, again: Mapping[str, Any]) -> tuple[str, ...]:
    """What the check was made with and is not here any more."""
    then, now = report["basis"], again["basis"]
    return tuple(
        f"{name}：当时 {then.get(name)}，现在 {now[name]}" for name in VERSIONS if then.get(name) != now[name]
    )
