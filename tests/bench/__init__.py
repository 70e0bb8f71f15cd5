"""Speed and memory of a whole installation, beside what its parts can do at best in the same run."""
