"""Questions over the graph: functions of a reader that return frozen answers."""
