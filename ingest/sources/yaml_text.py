"""YAML from strangers: no objects, no alias bombs, no bottomless nesting, no endless files."""

from pathlib import Path

import yaml

from kg.errors import DocumentError


class _Guarded(yaml.SafeLoader):
    """Counts aliases and depth while composing, before anything is built."""

    max_aliases = 0
    max_depth = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.aliases = 0
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Composes one node; stops at too many aliases or levels."""
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
        self.depth += 1
        if self.aliases > self.max_aliases or self.depth > self.max_depth:
            raise DocumentError("YAML 的引用过多或嵌套过深", "请展开引用、减少层级后重新提交")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def load_documents(path: Path, *, max_bytes: int, max_aliases: int, max_depth: int) -> list[object]:
    """Every document of a YAML file, the empty ones left out.

    Raises: DocumentError for a file that is too big, not UTF-8, not YAML or built to exhaust its reader.
    """
    if path.stat().st_size > max_bytes:
        raise DocumentError(f"YAML 文件超过 {max_bytes} 字节", "请拆分后重新提交")
    limits = {"max_aliases": max_aliases, "max_depth": max_depth}
    loader = type("Guarded", (_Guarded,), limits)
    try:
        text = path.read_text("utf-8-sig")
        # A SafeLoader by descent: it builds plain values only.
        return [found for found in yaml.load_all(text, Loader=loader) if found is not None]
    except UnicodeDecodeError as error:
        raise DocumentError("不是 UTF-8 编码的文本", "请以 UTF-8 编码保存后重新提交") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f"第{line + 1}行" if line is not None else "文件"
        raise DocumentError(f"{where}不是有效的 YAML", "请改正后重新提交") from error
