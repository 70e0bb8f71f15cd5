"""The first steps of a person, in a browser."""
