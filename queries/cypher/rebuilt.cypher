// 重复建设的组件：某单位（可不限）的系统自建了哪些已有组件提供的能力，且没有声明复用
// :param department = "" | 单位名称；不给则全部单位
MATCH (owner:Organization)-[:OWNS]->(system:System)-[:PROVIDES]->(function:Function)
WHERE $department = '' OR owner.name = $department
MATCH (component:Component)-[:OFFERS]->(ability:Capability)
WHERE component <> system
  AND (EXISTS { (function)-[:INSTANCE_OF]->(ability) } OR function.name CONTAINS ability.name
       OR any(alias IN coalesce(ability.aliases, []) WHERE size(alias) > 2 AND function.name CONTAINS alias))
  AND NOT EXISTS { (system)-[:REUSES]->(component) } AND NOT EXISTS { (system)-[:REUSES]->(ability) }
RETURN owner.name AS department, system.id AS id, system.name AS system, ability.name AS ability,
       collect(DISTINCT component.name) AS components, collect(DISTINCT function.name) AS functions
ORDER BY department, id, ability
