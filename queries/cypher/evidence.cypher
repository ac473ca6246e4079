// 依据：一个条目的每条现行说法出自哪份材料的哪一处
// :param id | 条目的 ID
MATCH (entity:Entity {id: $id})
UNWIND entity._records AS key
MATCH (record:Record {key: key}) WHERE record.closed IS NULL
RETURN record.source AS source, record.document AS document, record.sheet AS sheet, record.row AS row,
       record.page AS page, record.quote AS quote, record.said_on AS said_on, record.confidence AS confidence
ORDER BY said_on DESC, document, row
