"""All generated modules of the Python client."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from generation.python_client.models import models_text
from generation.python_client.operations import OPERATIONS, clients_text, group_name, group_text, groups
from generation.python_client.writing import PACKAGE

MODELS = PACKAGE / "models.py"


def generated_modules() -> set[Path]:
    """The generated modules that are there now."""
    return {MODELS, *OPERATIONS.glob("*.py")}


def package_texts(api: dict[str, Any]) -> dict[Path, str]:
    """The text of each generated module."""
    about = {tag["name"]: tag["description"] for tag in api["tags"]}
    operations = groups(api)
    with ThreadPoolExecutor() as pool:
        tags = {tag: pool.submit(group_text, tag, about[tag], found) for tag, found in operations.items()}
        models = pool.submit(models_text, api)
        texts = {OPERATIONS / f"{group_name(tag)}.py": text.result() for tag, text in tags.items()}
        texts[MODELS] = models.result()
    texts[OPERATIONS / "clients.py"] = clients_text({tag: about[tag] for tag in operations})
    texts[OPERATIONS / "__init__.py"] = '"""The operations of the API, by tag."""\n'
    return texts
