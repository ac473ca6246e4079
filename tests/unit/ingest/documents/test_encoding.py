"""Text in any encoding that offices use comes out as written, or is refused with the line that does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.encoding import decode
from kg.errors import DocumentError

TEXT = "系统名称,建设单位\n智慧水务平台,云江市水务局\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_each_encoding_and_line_end_gives_the_same_text(encoding: str, ends: str) -> None:
    assert decode(TEXT.replace("\n", ends).encode(encoding)) == TEXT


def test_file_joined_from_two_encodings_is_read_line_by_line() -> None:
    lines = [
        "系统名称,建设单位".encode(),
        "智慧水务平台,云江市水务局".encode("gbk"),
        "审批系统,大数据局".encode(),
    ]
    assert decode(b"\n".join(lines)) == "系统名称,建设单位\n智慧水务平台,云江市水务局\n审批系统,大数据局"


def test_line_in_no_known_encoding_is_named() -> None:
    with pytest.raises(DocumentError, match="第2行的文字编码无法识别") as caught:
        decode("系统名称".encode("gbk") + b"\n\xff\xff\xff\n")
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize("data", [b"PK\0\0\1\2\3\0\0\0", bytes(range(256)) * 4, b"\xff\xfe\x00"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="编码无法识别"):
        decode(data)


def test_text_of_another_encoding_is_refused_as_garbled() -> None:
    with pytest.raises(DocumentError, match="乱码"):
        decode(("資訊系統整合與資料共享平臺建置計畫書，包含使用者管理與權限控制功能。" * 3).encode("big5"))


def test_traditional_text_is_no_garble() -> None:
    text = "政務信息系統整合共享實施方案" * 3
    assert decode(text.encode("gbk")) == text


@given(st.text(st.characters(codec="gbk", exclude_characters="\r\x00"), max_size=60))
def test_what_is_written_in_utf8_is_read_back(text: str) -> None:
    assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")
