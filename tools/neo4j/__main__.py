"""`python -m tools.neo4j start|stop|url`: the server for trials, in the ignored folder `.neo4j`."""

import argparse
import sys
from pathlib import Path

from tools.neo4j.lines import LINES, SetUpError
from tools.neo4j.server import Server

ROOT = Path(__file__).resolve().parents[2] / ".neo4j"


def trial(line: str) -> Server:
    """The server of a line for trials."""
    return Server(ROOT / f"trial-{line}", jars(line), LINES[line])


def jars(line: str) -> Path:
    """Where the artifacts of a line are kept."""
    return ROOT / f"jars-{LINES[line].version}"


def main() -> int:
    """Starts or stops the server and says where it is; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.neo4j")
    parser.add_argument("what", choices=["start", "stop", "url"])
    parser.add_argument("--line", choices=sorted(LINES), default="lts")
    asked = parser.parse_args()
    try:
        server = trial(asked.line)
        if asked.what == "stop":
            server.stop()
            sys.stdout.write("Neo4j 已停止\n")
            return 0
        access = server.start() if asked.what == "start" else server.access()
    except SetUpError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 1
    if access is None:
        sys.stderr.write("错误：Neo4j 未在运行，请先 make neo4j\n")
        return 1
    sys.stdout.write(f"{access.url}\n" if asked.what == "url" else _told(access.url))
    return 0


def _told(url: str) -> str:
    return f"Neo4j 已就绪，可用作知识库地址：\nexport KG_STORE={url}\n停止：make neo4j-stop\n"


if __name__ == "__main__":
    sys.exit(main())
