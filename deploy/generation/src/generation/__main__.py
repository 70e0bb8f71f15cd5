"""`python -m generation` writes every generated file of the project."""

from generation.generated_files import write

if __name__ == "__main__":
    write()
