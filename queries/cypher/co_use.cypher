// 常一起使用的组件：两个组件或能力被多少系统同时复用
// :param least = 2 | 至少多少个系统
MATCH (a:Entity)<-[first:REUSES]-(system:Entity)-[second:REUSES]->(b:Entity)
WHERE a.id < b.id AND coalesce(first.modality, 'fact') = 'fact' AND coalesce(second.modality, 'fact') = 'fact'
WITH a, b, count(DISTINCT system) AS systems
WHERE systems >= $least
RETURN a.id AS a, a.name AS a_name, b.id AS b, b.name AS b_name, systems
ORDER BY systems DESC, a, b
