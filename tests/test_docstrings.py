"""Whoever reads a name of the package finds in its docstring what goes in and what comes out."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "leadscore").rglob("*.py"))


def undocumented(tree):
    """The module, and its public classes, functions, methods and properties, that have no docstring.

    What stands inside a function or a private class is nobody else's; overloads are told by what they overload.
    """
    if ast.get_docstring(tree) is None:
        yield "the module"
    yield from _undocumented_in(tree, "")


def _undocumented_in(node, prefix):
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                if child.name.startswith("_") or _is_overload(child):
                    continue
                if ast.get_docstring(child) is None:
                    yield f"{prefix}{child.name} in line {child.lineno}"
                if isinstance(child, ast.ClassDef):
                    yield from _undocumented_in(child, f"{prefix}{child.name}.")
            case ast.stmt() | ast.ExceptHandler() | ast.match_case():  # an `if` or `try` around definitions
                yield from _undocumented_in(child, prefix)


def _is_overload(node):
    return any(ast.unparse(decorator).split(".")[-1] == "overload" for decorator in node.decorator_list)


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("x = 1", "the module"),
        ("'It.'\ndef f(): pass", "f in line 2"),
        ("'It.'\nasync def f(): pass", "f in line 2"),
        ("'It.'\nclass C: pass", "C in line 2"),
        ("'It.'\nclass C:\n 'It.'\n @property\n def p(self): pass", "C.p in line 5"),
        ("'It.'\nclass C:\n 'It.'\n class D:\n  'It.'\n  def m(self): pass", "C.D.m in line 6"),
        ("'It.'\ntry:\n def f(): pass\nexcept ImportError:\n pass", "f in line 3"),
        ("'It.'\ntry: pass\nexcept ImportError:\n def f(): pass", "f in line 4"),
    ],
)
def test_what_is_missing_is_found(source, missing):
    assert list(undocumented(ast.parse(source))) == [missing]


@pytest.mark.parametrize(
    "source",
    [
        "def _f(): pass",
        "class _C:\n def m(self): pass",
        "def f():\n 'It.'\n def g(): pass",
        "class C:\n 'It.'\n def __len__(self): pass",
        "@typing.overload\ndef f(): pass",
    ],
)
def test_what_is_private_needs_none(source):
    assert list(undocumented(ast.parse(f"'It.'\n{source}"))) == []


def test_everything_public_says_what_it_is():
    missing = [
        f"{path.relative_to(ROOT)}: {one}"
        for path in MODULES
        for one in undocumented(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert MODULES
    assert not missing, "\n".join(["no docstring:", *missing])
