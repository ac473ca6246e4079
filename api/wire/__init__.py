"""The forms of what the HTTP API is asked and answers; keys may be added to answers, never renamed."""
