"""Bytes of text files decoded: UTF-8, UTF-16 with or without mark, GBK and GB18030, also line by line."""

import re

from kg.errors import DocumentError

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
READABLE = re.compile("[\t\n\r -~\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2000-\u206f]")
PLAUSIBLE = 0.9
"""Share of readable signs from which UTF-16 without a mark is believed."""
COMMON = 0.5
"""Share of characters of GB/T 2312 below which Chinese text was decoded from something else."""
ENOUGH = 20
"""Characters from which that share says something."""
SAMPLE = 20_000
UNKNOWN = "请另存为 UTF-8 编码后再提交"


def decode(data: bytes) -> str:
    """The text with plain line ends. Raises: DocumentError naming the line that is in no known encoding."""
    text = _wide(data) if _is_wide(data) else _narrow(data)
    if "\x00" in text:
        raise DocumentError("内容不是文字，或文字编码无法识别", UNKNOWN)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _is_wide(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:SAMPLE]


def _wide(data: bytes) -> str:
    """UTF-16 by its mark, else in the byte order that gives readable text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:SAMPLE]
        if marked or len(READABLE.findall(sample)) >= PLAUSIBLE * len(sample):
            return text
    raise DocumentError("内容不是文字，或文字编码无法识别", UNKNOWN)


def _narrow(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lines = data.split(b"\n")
    mixed = any(_utf8(line) for line in lines)
    texts = [_line(line, number, mixed=mixed) for number, line in enumerate(lines, 1)]
    text = "\n".join(texts)
    _check_common(text)
    return text


def _line(line: bytes, number: int, *, mixed: bool) -> str:
    """One line; in a file that mixes encodings UTF-8 wins where it gives Chinese."""
    text = _utf8(line) if mixed else None
    if text is not None:
        return text
    try:
        return line.decode("gb18030")
    except UnicodeDecodeError as error:
        raise DocumentError(f"第{number}行的文字编码无法识别", UNKNOWN) from error


def _utf8(line: bytes) -> str | None:
    """A line with Chinese in UTF-8; None for other encodings, which rarely look like it."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if HAN.search(text) else None


def _check_common(text: str) -> None:
    """Refuses what decodes without error but into characters that hardly anybody writes."""
    found = HAN.findall(text[: SAMPLE * 10])
    private = sum("\ue000" <= sign <= "\uf8ff" for sign in text[: SAMPLE * 10])
    common = sum(1 for sign in found if sign.encode("gb2312", "ignore"))
    if len(found) + private >= ENOUGH and common < COMMON * (len(found) + private):
        raise DocumentError("文字编码无法识别，按常用编码读出的是乱码", UNKNOWN)
