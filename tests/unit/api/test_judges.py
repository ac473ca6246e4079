"""Papers checked in another process: the same report, also after it has died; it ends with its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.graph import Graph
from api.http.judges import Judges, judge_here
from api.settings import Settings
from tests.unit.api.conftest import EXAMPLES

PAPER = EXAMPLES / "proposals" / "1-重复建设.docx"
pytestmark = pytest.mark.slow


def children(parent: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def is_alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_another_process_gives_the_same_report_also_after_one_has_died(
    configured: Settings, graph: Graph
) -> None:
    wanted = judge_here(graph)(PAPER, "方案.docx")
    judges = Judges(configured, processes=1)
    try:
        assert judges(PAPER, "方案.docx") == wanted
        before = set(children(os.getpid()))
        for process in before:
            if b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes():
                os.kill(process, signal.SIGKILL)
        assert judges(PAPER, "方案.docx") == wanted
    finally:
        judges.close()


def test_a_judge_ends_when_the_server_is_killed(configured: Settings) -> None:
    code = (
        "import sys, time; from api.http.judges import Judges; from api.settings import Settings\n"
        "if __name__ == '__main__':\n"
        "    judges = Judges(Settings(store=sys.argv[1], model=sys.argv[2]), processes=1); judges.warm()\n"
        "    print('begun', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, configured.store, str(configured.model)], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        while not (judges := [p for p in children(server.pid) if _is_judge(p)]):
            time.sleep(0.1)
        time.sleep(1)
        server.kill()
    end = time.monotonic() + 20
    while any(map(is_alive, judges)):
        assert time.monotonic() < end
        time.sleep(0.1)


def _is_judge(process: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
