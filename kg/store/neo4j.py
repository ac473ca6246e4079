"""The Neo4j store: connections, transactions and errors of the official driver, which is used here alone."""

import logging
from typing import Any

import neo4j
from neo4j import exceptions
from neo4j.graph import Node, Path, Relationship

from kg.errors import KgError, StoreError, StoreUnavailableError, ValidationError
from kg.store.cypher.address import Address
from kg.store.cypher.console import Question, Table
from kg.store.cypher.port import ConnectionLostError, Parameters, Row
from kg.store.cypher.schema import open_database
from kg.store.cypher.store import CypherStore
from kg.store.fold import Precedence

# The driver tells of every lost connection; so do our errors, once.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 30.0
PAGE = 2000
# What a server says that cannot write to its disk: first of the write, then to everybody until its restart.
_FULL = ("TransactionLogError", "No space left", "needs to be restarted")
_MEMORY = ("MemoryPoolOutOfMemory", "OutOfMemory", "MemoryLimit")
_READ_ONLY = (
    exceptions.ForbiddenOnReadOnlyDatabase,
    exceptions.NotALeader,
    exceptions.WriteServiceUnavailable,
)


def open_neo4j(
    address: Address, ontology: Precedence, *, create: bool = False, readonly: bool = False
) -> CypherStore:
    """The store in a Neo4j database; it closes its connections with itself.

    Raises:
        StoreUnavailableError: the server cannot be reached.
        StoreError: it refuses the login, or its database holds no graph of ours.
    """
    server = Neo4jServer(address)
    try:
        open_database(server, create=create and not readonly)
    except BaseException:
        server.close()
        raise
    return CypherStore(server, ontology, readonly=readonly)


class Neo4jServer:
    """One database of a Neo4j server; safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self._address = address
        auth = (address.user or "neo4j", address.password) if address.password is not None else None
        try:
            self._driver = neo4j.GraphDatabase.driver(
                address.server,
                auth=auth,
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=RETRY_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
        except (exceptions.DriverError, ValueError) as error:
            raise StoreError(f"Neo4j 地址有误：{address.server}（{error}）") from error
        # What one transaction wrote the next one reads, whichever member of a cluster answers.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError, ValueError) as error:
            self._driver.close()
            raise _translated(error, address, connecting=True) from error

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """See Server."""

        def read(work: neo4j.ManagedTransaction) -> list[Row]:
            return [record.values() for record in work.run(query, dict(parameters))]

        try:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(read)
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _translated(error, self._address) from error

    def begin(self) -> "Neo4jTransaction":
        """See Server."""
        session = self._session(neo4j.WRITE_ACCESS)
        try:
            return Neo4jTransaction(session, session.begin_transaction(), self._address)
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            session.close()
            raise _translated(error, self._address) from error

    def answer(self, question: Question) -> Table:
        """See Console."""
        access = neo4j.WRITE_ACCESS if question.writes else neo4j.READ_ACCESS
        try:
            with (
                self._session(access) as session,
                session.begin_transaction(timeout=question.seconds) as work,
            ):
                result = work.run(question.text, dict(question.parameters))
                rows = [[plain(value) for value in one.values()] for one in result.fetch(question.limit + 1)]
                columns = result.keys()
                if question.writes:
                    work.commit()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _answered(error, self._address, question) from error
        return Table(columns, rows[: question.limit], cut=len(rows) > question.limit)

    def define(self, statement: str) -> None:
        """See Server."""
        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                session.run(statement).consume()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _translated(error, self._address) from error

    def close(self) -> None:
        """See Server."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self._address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            fetch_size=PAGE,
        )


class Neo4jTransaction:
    """One transaction in a session of its own."""

    def __init__(self, session: neo4j.Session, work: neo4j.Transaction, address: Address) -> None:
        self._session = session
        self._work = work
        self._address = address

    def ask(self, query: str, parameters: Parameters) -> list[Row]:
        """See Transaction."""
        try:
            return [record.values() for record in self._work.run(query, dict(parameters))]
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _translated(error, self._address) from error

    def tell(self, query: str, parameters: Parameters) -> None:
        """See Transaction. The driver takes in what is left of an answer before it ends a transaction."""
        try:
            self._work.run(query, dict(parameters))
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _translated(error, self._address) from error

    def commit(self) -> None:
        """See Transaction."""
        try:
            self._work.commit()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            raise _translated(error, self._address) from error
        finally:
            self._session.close()

    def roll_back(self) -> None:
        """See Transaction."""
        try:
            self._work.close()
            self._session.close()
        except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
            logging.getLogger(__name__).info("rollback: %s", error)


def _translated(error: Exception, address: Address, *, connecting: bool = False) -> StoreError:
    """What happened, in our terms, with what to do about it."""
    text, code = " ".join(str(error).split()), str(getattr(error, "code", ""))
    if isinstance(error, exceptions.AuthError):
        return StoreError(
            f"Neo4j 拒绝登录 {address.server}：用户名或密码不对，或账号被锁定；"
            "请检查地址中的用户名和密码，或 KG_NEO4J_USER 与 KG_NEO4J_PASSWORD"
        )
    if any(sign in text for sign in _FULL):
        return StoreError(
            f"Neo4j 服务器不能写磁盘：{address.server}，多半是磁盘已满（详见服务器的 debug.log）；"
            "请腾出空间并重启服务器后重试，未提交的内容没有写入"
        )
    if any(sign in code or sign in text for sign in _MEMORY):
        return StoreError(
            f"Neo4j 服务器内存不足：{address.server}；请调大 server.memory.heap.max_size 或 "
            "dbms.memory.transaction.total.max 后重试，未提交的内容没有写入"
        )
    if isinstance(error, _READ_ONLY) or "read-only" in text or "read only" in text:
        return StoreError(
            f"Neo4j 的这个成员或数据库只读，不能写入：{address.server}；集群请用 neo4j:// 地址连接"
        )
    if isinstance(error, exceptions.Forbidden):
        return StoreError(f"Neo4j 账号权限不足：{text}")
    return _unreachable(error, address, text) if connecting else _lost(error, address, text)


def _answered(error: Exception, address: Address, question: Question) -> KgError:
    """What became of a question a person wrote."""
    code, text = str(getattr(error, "code", "")), " ".join(str(getattr(error, "message", error)).split())
    if "TransactionTimedOut" in code:
        return StoreError(f"查询超过 {question.seconds:g} 秒，已中止；可用 --timeout 放宽，或缩小范围")
    if "AccessMode" in code:
        return StoreError("该查询要修改图谱，默认只读；知识库的内容请用 kg ingest 等命令修改")
    if ".Statement." in code:
        return ValidationError(f"Cypher 有误：{text}")
    return _translated(error, address)


def plain(value: Any) -> Any:
    """A value of an answer as JSON knows it; of nodes and relationships what Cypher shows of them."""
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": plain(_shown(value))}
    if isinstance(value, Relationship):
        ends = [node.get("id") if node else None for node in (value.start_node, value.end_node)]
        return {"type": value.type, "source": ends[0], "target": ends[1], "properties": plain(_shown(value))}
    if isinstance(value, Path):
        return {"nodes": plain(list(value.nodes)), "relationships": plain(list(value.relationships))}
    if isinstance(value, dict):
        return {name: plain(part) for name, part in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _shown(entity: Node | Relationship) -> dict[str, Any]:
    """Its properties without the bookkeeping of the store."""
    return {name: value for name, value in entity.items() if not name.startswith("_")}


def _unreachable(error: Exception, address: Address, text: str) -> StoreError:
    if isinstance(error, exceptions.ClientError):
        return StoreError(f"Neo4j 不接受连接 {address.server}：{text}")
    return StoreUnavailableError(
        f"无法连接 Neo4j {address.server}：{text}；请确认服务器已启动、端口是 Bolt 端口、"
        "加密方式与地址一致（neo4j+s:// 用于 TLS）"
    )


def _lost(error: Exception, address: Address, text: str) -> StoreError:
    retryable = isinstance(error, exceptions.IncompleteCommit | exceptions.ServiceUnavailable | OSError)
    if retryable or (
        isinstance(error, exceptions.Neo4jError | exceptions.DriverError) and error.is_retryable()
    ):
        return ConnectionLostError(f"与 Neo4j 的连接中断：{address.server}：{text}")
    return StoreError(f"Neo4j 未能执行：{text}")
