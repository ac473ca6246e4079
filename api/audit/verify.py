"""Verifies the audit log: the first line that is not as it was written, and what is missing at the end.

The chain shows every change, removal or insertion of lines, and the head beside the log every cut at its
end. It cannot show that somebody who may write both wrote the whole log and its head anew: for that, a hash
told by an earlier verification is kept elsewhere and looked for again. What was done past the log, by a
program that opens the store itself, shows only in the runs of the store.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.audit.head import read_head
from api.audit.lines import FIRST, Line, digest, read_line
from kg.errors import NotFoundError, StoreError, ValidationError


@dataclass(slots=True)
class Verified:
    """What was found; `line` is the first broken line of the file, from 1, None when it ends too early."""

    lines: int = 0
    last: str = FIRST
    fault: str | None = None
    line: int | None = None
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The answer of `kg audit verify --json`."""
        return {
            "intact": self.fault is None,
            "lines": self.lines,
            "last": self.last,
            "fault": self.fault,
            "line": self.line,
            "notes": self.notes,
        }


def verify(log: Path, *, anchor: str = "", runs: Collection[str] = ()) -> Verified:
    """Goes through the whole log; `anchor` is a hash told earlier, `runs` are those that the store knows.

    Raises: NotFoundError when there is no log, StoreError when it cannot be read.
    """
    try:
        with log.open("rb") as stream:
            return _verified(log, stream, anchor=anchor, runs=runs)
    except FileNotFoundError as error:
        raise NotFoundError(f"没有审计日志 {log}") from error
    except OSError as error:
        raise StoreError(f"审计日志 {log} 无法读取：{error.strerror}") from error


def read_log(log: Path) -> Iterator[dict[str, Any]]:
    """What each line says, oldest first; nothing where there is no log. Cut lines are left out."""
    try:
        with log.open("rb") as stream:
            for raw in stream:
                if line := read_line(raw.removesuffix(b"\n")):
                    yield dict(line.told)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"审计日志 {log} 无法读取：{error.strerror}") from error


def _verified(log: Path, stream: Any, *, anchor: str, runs: Collection[str]) -> Verified:
    found, walk = Verified(), _Walk()
    for number, raw in enumerate(stream, start=1):
        fault = walk.step(raw.removesuffix(b"\n"), found)
        if fault:
            found.fault, found.line = f"第 {number} 行{fault}", number
            return found
    if walk.cut:
        found.notes.append("末行不完整（写入时中断），下一次记录时补正")
    found.fault = _cut_off(log, walk.last)
    if found.fault is None and anchor and anchor not in walk.digests:
        found.fault = "日志中没有所给的摘要：此前的记录已被改写或删除"
    told = sorted(set(runs) - walk.runs, key=lambda run: (len(run), run))
    if told:
        shown = "、".join(told[:20]) + ("等" if len(told) > 20 else "")
        found.notes.append(f"知识库中的运行 {shown} 没有审计记录：由程序直接写入，或记录已丢失")
    return found


class _Walk:
    """The chain as far as it was followed."""

    def __init__(self) -> None:
        self.last: Line | None = None
        self.cut: list[bytes] = []
        self.digests = {FIRST}
        self.runs: set[str] = set()

    def step(self, raw: bytes, found: Verified) -> str | None:
        """Follows one line; what is wrong with it, None for nothing."""
        line = read_line(raw)
        if line is None:
            if raw.strip():
                self.cut.append(raw)
            return None
        fault = self._fault(line)
        if fault:
            return fault
        if self.cut:
            found.notes.append(f"第 {line.number} 条之前有一次写入中断，残行已保留")
        if self.last and str(line.told.get("at", "")) < str(self.last.told.get("at", "")):
            found.notes.append(f"第 {line.number} 条的时间早于上一条：时钟曾被调回")
        self.last, self.cut = line, []
        self.digests.add(line.digest)
        self.runs.add(str(line.told.get("run", "")))
        found.lines, found.last = found.lines + 1, line.digest
        return None

    def _fault(self, line: Line) -> str | None:
        cut = digest(b"\n".join(self.cut)) if self.cut else None
        if line.told.get("torn") != cut:
            return "之前的一行不是原来的内容"
        if line.before != (self.last.digest if self.last else FIRST):
            return "与上一行不相接：上一行被改动，或有行被删除、插入、调换"
        if line.number != (self.last.number + 1 if self.last else 1):
            return "的序号不连续"
        if "gap" in line.told:
            count = line.told["gap"].get("count")
            held = f"，当时应有 {count} 条" if count else ""
            return f"写入时发现之前的记录已有缺失{held}"
        return None


def _cut_off(log: Path, last: Line | None) -> str | None:
    """What the head says is missing at the end; a head one line behind is that of a write cut short."""
    try:
        head = read_head(log)
    except StoreError as error:
        return str(error)
    if (head.last if head else FIRST) in ((last.digest, last.before) if last else (FIRST,)):
        return None
    if head is None:
        return "审计计数文件缺失，无法确认末尾是否完整"
    missing = head.count - (last.number if last else 0)
    return f"末尾缺少 {missing} 条" if missing > 0 else "末尾的记录与计数文件不符"


def check_anchor(text: str) -> str:
    """The hash in small letters, "" for none. Raises: ValidationError when it is none."""
    text = text.strip().lower()
    if text and (len(text) != len(FIRST) or not set(text) <= set("0123456789abcdef")):
        raise ValidationError("摘要应为 64 位十六进制数，见上一次 kg audit verify 的输出")
    return text
