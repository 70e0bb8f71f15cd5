"""The dashboard in a browser. A package, so that its modules share fixtures, which end before other tests run."""
