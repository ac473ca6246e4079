"""What the head of a proposal says: its name, unit, period, kind, funding, grade and place."""
