"""Documents of every kind, read into blocks with places."""
