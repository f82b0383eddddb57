"""How long a test waits for something that should come at once: long, because a busy machine is no fault."""

SECONDS = 60
