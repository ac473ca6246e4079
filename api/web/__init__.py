"""Pages for people: rendered on the server, in Chinese, no script needed."""
