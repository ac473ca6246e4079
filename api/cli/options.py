"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档")]
Store = Annotated[str, typer.Option("--store", help="知识库地址，默认取 KG_STORE，再默认 sqlite:///kg.db")]
Top = Annotated[int, typer.Option("--top", min=1, help="最多给出多少条")]
Asked = Annotated[str, typer.Argument(metavar="ID|NAME", help="ID 或名称")]
InputFile = Annotated[
    Path, typer.Argument(metavar="IN.jsonl", exists=True, dir_okay=False, help="每行一个 JSON")
]
OutputFile = Annotated[Path, typer.Argument(metavar="OUT.jsonl", dir_okay=False, help="结果，每行一个 JSON")]

By = Annotated[str, typer.Option("--by", help="谁")]
Because = Annotated[str, typer.Option("--because", help="理由")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, max=64, help="同时读取的进程数；不指明时，读得久而核有空闲才增加，至多 4"
    ),
]


class Way(StrEnum):
    """Which way to follow dependencies."""

    IN = "in"
    OUT = "out"
    BOTH = "both"
