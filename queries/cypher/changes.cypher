// 某日以来的变化：哪些条目有新的说法，哪些说法被后来的材料终止
// :param since | 起始日期，如 2025-01-01
MATCH (record:Record)
WHERE record.said_on >= $since OR record.ended >= $since
OPTIONAL MATCH (subject:Entity|Former {id: record.subject})
RETURN coalesce(record.ended, record.said_on) AS date,
       CASE WHEN record.closed IS NULL THEN '新增或修改' ELSE '终止' END AS change,
       record.subject AS id, subject.name AS name, record.document AS document, record.row AS row
ORDER BY date, id, document, row, change
