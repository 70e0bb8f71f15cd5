"""The compose installation as it stands, with one part after another killed."""
