"""The shapes of Readarr's API, for programs that know how to read Readarr."""
