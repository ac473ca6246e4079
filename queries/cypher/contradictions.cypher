// 来源之间的矛盾：同一条目被不同材料说成不同的样子，附各自出处
// :param type = "" | 条目类型，如 System；不给则全部
MATCH (entity:Entity)
WHERE entity._claims IS NOT NULL AND size(entity._claims) > 1 AND ($type = '' OR $type IN labels(entity))
UNWIND range(0, size(entity._records) - 1) AS at
MATCH (record:Record {key: entity._records[at]}) WHERE record.closed IS NULL
WITH entity, entity._claims[entity._said[at]] AS said, record
WITH entity, said, min(record.source + ' ' + record.document + ' ' + coalesce('第' + record.row + '行', '')) AS place
WITH entity, collect({said: said, place: place}) AS sayings
WHERE size(sayings) > 1
RETURN entity.id AS id, entity.name AS name, sayings
ORDER BY id
