"""The write lock of a server's graph: a lease that its holder renews with every batch it writes.

A lease that ran out may be taken by somebody else; the former holder learns of it at its next write, which
then changes nothing. The clock is the server's.
"""

import json
import os
import secrets
import socket

from kg.errors import StoreUnavailableError
from kg.store.clock import now
from kg.store.cypher.port import Transaction

SECONDS = 120
_HELD = "MATCH (n:Graph {name: 'kg'}) SET n.asked = true RETURN n.holder, n.token, n.until > datetime()"
_TAKE = (
    "MATCH (n:Graph {name: 'kg'}) SET n.holder = $holder, n.token = $token, n.asked = null,"
    " n.until = datetime() + duration({seconds: $seconds})"
)
_RENEW = (
    "MATCH (n:Graph {name: 'kg'}) WHERE n.token = $token SET n.turn = n.turn + 1,"
    " n.version = n.version + $moves, n.until = datetime() + duration({seconds: $seconds}) RETURN n.turn"
)
_RELEASE = (
    "MATCH (n:Graph {name: 'kg'}) WHERE n.token = $token SET n.token = null, n.holder = null, n.until = null"
)


class Lease:
    """One store's hold on the graph."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(8)

    def take(self, work: Transaction) -> None:
        """Takes the lease.

        Raises:
            StoreUnavailableError: another process holds it; the text says which, where and since when.
        """
        ((holder, token, stands),) = work.ask(_HELD, {})
        if holder and stands and token != self._token and not _is_dead(holder):
            raise StoreUnavailableError(_busy(holder))
        told = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now()})
        work.ask(_TAKE, {"holder": told, "token": self._token, "seconds": SECONDS})

    def renew(self, work: Transaction, *, moves: int) -> int:
        """Moves the version by `moves`; a part of every write. Returns a number that no other write has.

        Raises:
            StoreUnavailableError: the lease was lost to another process.
        """
        rows = work.ask(_RENEW, {"token": self._token, "seconds": SECONDS, "moves": moves})
        if not rows:
            raise StoreUnavailableError(
                f"写入权已失效（超过 {SECONDS} 秒没有写入，被另一进程接管）；本批没有写入，请重新运行"
            )
        return int(rows[0][0])

    @staticmethod
    def reached(work: Transaction, turn: int) -> bool:
        """Whether the write of this number is in the database."""
        ((reached,),) = work.ask("MATCH (n:Graph {name: 'kg'}) RETURN n.turn", {})
        return bool(reached >= turn)

    def release(self, work: Transaction) -> None:
        """Gives the lease back if it is still held."""
        work.ask(_RELEASE, {"token": self._token})


def _is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    told = json.loads(holder)
    if told["host"] != socket.gethostname():
        return False
    try:
        os.kill(told["pid"], 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _busy(holder: str) -> str:
    told = json.loads(holder)
    return (
        f"知识库正在被另一进程写入：进程 {told['pid']}，主机 {told['host']}，自 {told['since']}；"
        f"请等它结束后重试（它若已中断，最迟 {SECONDS} 秒后可写）"
    )
