"""Makes the worlds that the project ships. Nothing here is needed to run a world."""
