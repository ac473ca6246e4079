// 经过某组件的依赖链：谁依赖它，它又依赖谁，首尾相连
// :param id | 组件或系统的 ID
// :param depth = 3 | 每一侧最多几步
MATCH (middle:Entity {id: $id})
MATCH before = (user:Entity)-[:DEPENDS_ON|REUSES]->{1,6}(middle) WHERE length(before) <= $depth
MATCH after = (middle)-[:DEPENDS_ON|REUSES]->{0,6}(needed:Entity) WHERE length(after) <= $depth
  AND none(node IN nodes(before)[..-1] WHERE node IN nodes(after))
  AND (length(after) > 0 OR NOT EXISTS { (middle)-[:DEPENDS_ON|REUSES]->(:Entity) })
RETURN DISTINCT [node IN nodes(before) | node.name] + [node IN nodes(after)[1..] | node.name] AS chain,
       length(before) + length(after) AS length
ORDER BY length DESC, chain
