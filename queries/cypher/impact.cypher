// 影响面：它变更或停用会影响哪些系统、组件和单位，各举一条最短路径及其依据
// :param id | 系统、组件或能力的 ID
// :param depth = 4 | 最多几步
MATCH (root:Entity {id: $id})
MATCH path = (root)<-[:DEPENDS_ON|REUSES|USES_SYSTEM]-{1,8}(reached:Entity)
WHERE length(path) <= $depth AND all(link IN relationships(path) WHERE coalesce(link.modality, 'fact') = 'fact')
WITH reached, path ORDER BY length(path)
WITH reached, head(collect(path)) AS path
OPTIONAL MATCH (owner:Organization)-[:OWNS]->(reached)
WITH reached, path, min(owner.name) AS department
CALL (path) {
  UNWIND relationships(path) AS link
  UNWIND link._records AS key
  MATCH (record:Record {key: key}) WHERE record.closed IS NULL
  RETURN collect(DISTINCT record.document + ' ' + coalesce(record.sheet, '') + ' ' + coalesce('第' + record.row + '行', '')) AS evidence
}
RETURN length(path) AS hop, reached.id AS id, reached.name AS name, department,
       [node IN nodes(path) | node.name] AS way, evidence
ORDER BY hop, id
