"""The checks of a library: each looks at the books of one author and reports what is wrong."""
