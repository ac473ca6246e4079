"""How many tags and attributes a file holds, counted before a tree is built of them."""

from ingest.documents.limits import limits
from ingest.documents.packages import Package
from kg.errors import DocumentError

REMEDY = "请删去多余的空段落和空单元格，或拆分为较小的文件后再提交"


def check_nodes(package: Package, name: str) -> None:
    """Inflates a part once, so that its size and what it holds are known before it is parsed.

    Raises: DocumentError over a limit of bytes, or of tags for its packed size.
    """
    caps, packed = limits(), package.packed(name)
    allowed = min(caps.nodes, caps.nodes_free + caps.nodes_per_byte * packed)
    stream, count = package.stream(name), 0
    while data := stream.read():
        count += nodes(data)
        if count > allowed:
            raise too_many(allowed)


def nodes(text: bytes) -> int:
    """Tags that open or are empty, comments and attributes; each becomes a node of a tree."""
    return text.count(b"<") - text.count(b"</") + text.count(b'="') + text.count(b"='")


def too_many(allowed: int) -> DocumentError:
    """The refusal of a file of more tags than it may have."""
    return DocumentError(f"段落、单元格或格式标记过多（超过{allowed // 10_000}万个）", REMEDY)
