"""Who delivered what for which period, who is late, and what changed or vanished since the period before."""
