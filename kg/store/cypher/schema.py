"""Constraints and indexes, and whether a database is ours to write into."""

from kg.errors import StoreError
from kg.store.cypher.port import ConnectionLostError, Server

SCHEMA = 1
NAMES, CROWD_NAMES = "kg_names", "kg_function_names"
# Grams are made by us and parted by spaces; the analyzer may not change them any further.
_GRAMS = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}}"
STATEMENTS = (
    "CREATE CONSTRAINT kg_graph IF NOT EXISTS FOR (n:Graph) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT kg_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT kg_former IF NOT EXISTS FOR (n:Former) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT kg_record IF NOT EXISTS FOR (n:Record) REQUIRE n.key IS UNIQUE",
    "CREATE CONSTRAINT kg_run IF NOT EXISTS FOR (n:Run) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT kg_delivery IF NOT EXISTS FOR (n:Delivery) REQUIRE n.name IS UNIQUE",
    "CREATE INDEX kg_digest IF NOT EXISTS FOR (n:Record) ON (n.delivery, n.digest)",
    "CREATE INDEX kg_former_source IF NOT EXISTS FOR (n:FormerRelation) ON (n._source)",
    "CREATE INDEX kg_former_target IF NOT EXISTS FOR (n:FormerRelation) ON (n._target)",
    "CREATE INDEX kg_folded IF NOT EXISTS FOR (n:Entity) ON (n._folded)",
    f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:Entity) ON EACH [n._grams] {_GRAMS}",
    f"CREATE FULLTEXT INDEX {CROWD_NAMES} IF NOT EXISTS FOR (n:Entity) ON EACH [n._crowd_grams] {_GRAMS}",
)
_OURS = "MATCH (n:Graph {name: 'kg'}) RETURN n.schema"
_SIZE = "MATCH (n) RETURN count(n)"
_LABELS = "MATCH (n) WITH n LIMIT 1000 UNWIND labels(n) AS label RETURN DISTINCT label ORDER BY label LIMIT 5"
_MAKE = (
    "MERGE (n:Graph {name: 'kg'}) ON CREATE SET n.schema = $schema, n.version = 0, n.records = 0, n.turn = 0"
)


def open_database(server: Server, *, create: bool) -> None:
    """Makes sure that the database holds a graph of ours, making an empty one where allowed.

    Raises:
        StoreError: there is none and none is to be made, somebody else's data is there, or another schema.
    """
    found = server.ask(_OURS, {})
    if found:
        _check(found[0][0])
        return
    ((nodes,),) = server.ask(_SIZE, {})
    if nodes:
        labels = "、".join(str(row[0]) for row in server.ask(_LABELS, {}))
        raise StoreError(
            f"该数据库里已有别的图（{nodes} 个节点，标签：{labels or '无'}），不会写入；"
            "请在地址末尾指定一个空的数据库（neo4j://主机:端口/数据库名），或先清空它"
        )
    if not create:
        raise StoreError(
            "该数据库里还没有知识库；请先运行 kg ingest 建库（no store there: run kg ingest first）"
        )
    for statement in STATEMENTS:
        server.define(statement)
    server.define("CALL db.awaitIndexes(300)")
    work = server.begin()
    try:
        work.ask(_MAKE, {"schema": SCHEMA})
        work.commit()
    except ConnectionLostError:
        # Another process may have made it at the same moment.
        if not server.ask(_OURS, {}):
            raise
    finally:
        work.roll_back()


def _check(schema: object) -> None:
    if schema != SCHEMA:
        raise StoreError(f"知识库的结构版本是 {schema}，本程序需要 {SCHEMA}；请用相同版本的程序打开")
