"""The rules, one module each. Each checks one aspect of a release and returns a finding."""
