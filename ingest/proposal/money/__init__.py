"""The money of a proposal: figures, shared cells, cost tables and the budget."""
