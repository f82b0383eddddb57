"""Windows: they show and they ask."""
