"""Everything that helps to find a fault, in one archive that a person can read before sending it."""
