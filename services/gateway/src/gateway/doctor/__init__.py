"""The doctor: checks everything and says what to do."""
