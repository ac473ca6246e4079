"""What a proposal uses, replaces, deploys or extends."""
