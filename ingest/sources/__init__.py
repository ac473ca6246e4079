"""Sources: for each kind of delivery how its rows become records of the graph."""
