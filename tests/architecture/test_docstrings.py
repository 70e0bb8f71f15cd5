"""What a public function promises: a docstring everywhere, with the errors that it raises.

What is raised is read from the syntax: `raise SomeError(...)` in the function's own body, or in a private function or
method of the same module that it calls, unless it catches the error itself. A docstring, or that of the class, names an
error by its class or one of its bases. An `AssertionError` states what cannot happen and is not promised.
"""

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psycopg

CHECKOUT = Path(__file__).parents[2]

CALLED_BY_LIBRARIES = {"settings_customise_sources"}
ROOMS_OF_SERVICES = ("handlers", "workflow", "adapters", "postgres")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Definition:
    """A public function, method or class, and what its module says about it."""

    path: Path
    name: str
    docstring: str
    room: str
    """`shared`, `handlers`, `workflow`, `ports` or `adapters`."""
    raised: frozenset[str] = field(default_factory=frozenset)
    of_class: str = ""
    """The docstring of the class of a method: "Its methods raise the `RemoteError` family" is a promise of each."""

    def __str__(self) -> str:
        return f"{self.path.relative_to(CHECKOUT)}: {self.name}"

    @property
    def method(self) -> str:
        """Its name without its class."""
        return self.name.rpartition(".")[2]

    @property
    def owner(self) -> str:
        """The name of its class; empty for a function."""
        return self.name.rpartition(".")[0]

    @property
    def service(self) -> str:
        """The folder of its service, or of shared."""
        return self.path.relative_to(CHECKOUT).parts[1]

    def names(self, error: str) -> bool:
        """Whether its docstring, or that of its class, names this error or one of its bases."""
        return any(re.search(rf"\b{word}\b", self.docstring + self.of_class) for word in {error, *_bases(error)})


def _modules() -> list[tuple[Path, str]]:
    """Every module that is looked at, with its room."""
    shared = [(path, "shared") for path in (CHECKOUT / "shared/src").rglob("*.py")]
    services = [
        (path, "ports" if (room := path.relative_to(service).parts[2]) == "domain" else room)
        for service in (CHECKOUT / "services").iterdir()
        for path in (service / "src").rglob("*.py")
        if path.relative_to(service).parts[2] in (*ROOMS_OF_SERVICES, "domain")
    ]
    renamed = [(path, "adapters" if room == "postgres" else room) for path, room in services]
    return sorted(
        (path, room) for path, room in (*shared, *renamed) if "versions" not in path.parts and path.name != "env.py"
    )


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def definitions() -> tuple[Definition, ...]:
    """Everything public in the rooms: of a domain only its ports."""
    return tuple(each for path, room in _modules() for each in _of_module(path, room))


def _of_module(path: Path, room: str) -> Iterator[Definition]:
    tree = _tree(path)
    raising = _Raising(tree)
    for node in tree.body:
        if isinstance(node, Function) and _public(node.name) and room != "ports":
            yield Definition(path, node.name, _docstring(node), room, raising.of(node, None))
        elif isinstance(node, ast.ClassDef) and _public(node.name):
            port = _is_port(node)
            if port or room != "ports":
                yield from _of_class(path, "ports" if port else room, node, raising)


def _of_class(path: Path, room: str, node: ast.ClassDef, raising: "_Raising") -> Iterator[Definition]:
    yield Definition(path, node.name, _docstring(node), room)
    for each in node.body:
        if isinstance(each, Function) and _public(each.name) and not _is_exempt(each, of_port=room == "ports"):
            name = f"{node.name}.{each.name}"
            yield Definition(path, name, _docstring(each), room, raising.of(each, node), _docstring(node))


def _docstring(node: Function | ast.ClassDef) -> str:
    return ast.get_docstring(node) or ""


def _public(name: str) -> bool:
    return not name.startswith("_")


def _is_port(node: ast.ClassDef) -> bool:
    return any("Protocol" in ast.unparse(base) for base in node.bases)


def _is_exempt(node: Function, *, of_port: bool) -> bool:
    """A method that a library calls, and a member of a port whose type says all: `runs: Runs`."""
    decorators = {ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in node.decorator_list}
    says_all = of_port and "property" in decorators and not _docstring(node)
    return says_all or node.name in CALLED_BY_LIBRARIES


class _Raising:
    """The errors that the functions of one module raise themselves."""

    def __init__(self, tree: ast.Module) -> None:
        self._functions = {node.name: node for node in tree.body if isinstance(node, Function)}
        self._methods = {
            (node.name, each.name): each
            for node in tree.body
            if isinstance(node, ast.ClassDef)
            for each in node.body
            if isinstance(each, Function)
        }

    def of(self, function: Function, owner: ast.ClassDef | None) -> frozenset[str]:
        """What it raises, and what the private functions that it calls in its module raise."""
        return frozenset(self._walk(function, owner.name if owner else "", set()))

    def _walk(self, function: Function, owner: str, seen: set[int]) -> Iterator[str]:
        seen.add(id(function))
        caught = _caught(function)
        for node in _own_nodes(function):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func).rpartition(".")[2]
                if name[:1].isupper() and name != "AssertionError" and not caught & {name, *_bases(name)}:
                    yield name
            elif isinstance(node, ast.Call) and (called := self._private(node.func, owner)) and id(called) not in seen:
                yield from (each for each in self._walk(called, owner, seen) if not caught & {each, *_bases(each)})

    def _private(self, called: ast.expr, owner: str) -> Function | None:
        match called:
            case ast.Name(id=name) if not _public(name):
                return self._functions.get(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if not _public(name):
                return self._methods.get((owner, name))
        return None


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    """Its statements without those of the functions that are defined in it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*Function.__args__, ast.Lambda, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))


def _caught(function: Function) -> set[str]:
    """The errors that the function catches itself."""
    handlers = [node.type for node in _own_nodes(function) if isinstance(node, ast.ExceptHandler) and node.type]
    kinds = [each for kind in handlers for each in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
    return {ast.unparse(kind).rpartition(".")[2] for kind in kinds}


@cache
def _parents() -> dict[str, set[str]]:
    """The direct bases of every class, by name."""
    parents: dict[str, set[str]] = defaultdict(set)
    sources = (path for root in ("shared", "services") for path in (CHECKOUT / root).glob("**/src/**/*.py"))
    for source in sources:
        for node in _tree(source).body:
            if isinstance(node, ast.ClassDef):
                parents[node.name] |= {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases}
    return parents


@cache
def _bases(error: str) -> frozenset[str]:
    """The named bases of an error, the built-in ones that every error has excepted."""
    known = getattr(builtins, error, None) or getattr(psycopg, error, None)
    direct = {known.__base__.__name__} if isinstance(known, type) and known.__base__ else _parents().get(error, set())
    direct = direct - {"Exception", "BaseException", "object"}
    return frozenset(direct | {each for base in direct for each in _bases(base)})


def _unnamed(definition: Definition) -> list[str]:
    return sorted(error for error in definition.raised if not definition.names(error))


Methods = dict[str, dict[str, Definition]]
"""The methods of classes, by class and name."""


@cache
def _methods(service: str) -> tuple[Methods, Methods]:
    """The methods of the ports and of the other classes of a service."""
    ports: Methods = defaultdict(dict)
    classes: Methods = defaultdict(dict)
    for each in definitions():
        if each.of_class and each.service == service:
            (ports if each.room == "ports" else classes)[each.owner][each.method] = each
    return ports, classes


def _implementations(port: Definition) -> list[Definition]:
    """The methods that implement a method of a port: in the class of its name, or in any class with all its methods."""
    ports, classes = _methods(port.service)
    wanted = ports[port.owner].keys()
    candidates = [port.owner] if port.owner in classes else [each for each in classes if each not in ports]
    return [classes[each][port.method] for each in candidates if wanted <= classes[each].keys()]


def test_everything_public_has_a_docstring() -> None:
    assert [str(each) for each in definitions() if not each.docstring] == []


def test_nine_of_ten_functions_that_raise_name_the_errors() -> None:
    raising = [each for each in definitions() if each.raised]
    silent = {str(each): _unnamed(each) for each in raising if _unnamed(each)}
    assert len(raising) > 80
    assert len(silent) <= len(raising) / 10, silent


def test_every_handler_that_raises_names_the_errors() -> None:
    handlers = [each for each in definitions() if each.room == "handlers"]
    assert {str(each): _unnamed(each) for each in handlers if _unnamed(each)} == {}


def test_every_port_names_the_errors_that_its_adapters_raise() -> None:
    ports = [each for each in definitions() if each.room == "ports" and each.of_class]
    silent = {
        f"{port} ({error}, as {adapter.name})"
        for port in ports
        for adapter in _implementations(port)
        for error in adapter.raised
        if not port.names(error)
    }
    assert silent == set()
    assert any(adapter.raised for port in ports for adapter in _implementations(port))


def test_an_error_is_found_where_it_is_raised_and_not_where_it_is_caught() -> None:
    tree = ast.parse(
        "def reads():\n    raise NotFound('no')\n"
        "def asks():\n    return _asks()\n"
        "def _asks():\n    raise RemoteUnavailable('no')\n"
        "def catches():\n    try:\n        _asks()\n    except RemoteError:\n        return None\n"
    )
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    raising = _Raising(tree)
    assert raising.of(functions["reads"], None) == {"NotFound"}
    assert raising.of(functions["asks"], None) == {"RemoteUnavailable"}
    assert raising.of(functions["catches"], None) == frozenset()
