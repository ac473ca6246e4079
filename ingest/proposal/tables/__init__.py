"""Tables of a proposal: what their columns hold, and the lines of function lists."""
