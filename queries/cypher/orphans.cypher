// 孤立的系统：既不复用也不依赖别的系统，也不被谁复用或依赖
// :param department = "" | 单位名称；不给则全部单位
MATCH (system:System)
WHERE NOT EXISTS { (system)-[:REUSES|DEPENDS_ON|USES_SYSTEM|PART_OF|OFFERS]-(:Entity) }
OPTIONAL MATCH (owner:Organization)-[:OWNS]->(system)
WITH system, min(owner.name) AS owner
WHERE $department = '' OR owner = $department
RETURN system.id AS id, system.name AS name, owner AS department, system.status AS status
ORDER BY id
