"""Rules of the code that a reader would otherwise have to watch over."""

import ast
import re

import pytest
import tree

each_addon = pytest.mark.parametrize("name", tree.NAMES)


@each_addon
def test_sudo_has_a_reason(name):
    """Each ``sudo()`` has a comment: in its statement so far, or on the line above that."""
    silent = []
    for path in tree.python_files(name):
        lines = path.read_text(encoding="utf-8").splitlines()
        module = tree.parse(path)
        statements = [node for node in ast.walk(module) if isinstance(node, ast.stmt)]
        for node in ast.walk(module):
            if gains_rights(node):
                line = node.func.end_lineno
                around = [
                    each
                    for each in statements
                    if each.lineno <= line <= each.end_lineno
                ]
                begin = max(each.lineno for each in around)
                if not any("#" in text for text in lines[max(0, begin - 2) : line]):
                    silent.append(tree.where(path, line))
    assert silent == []


def gains_rights(node):
    """Whether this is a call of ``sudo()``; ``sudo(False)`` gives rights up."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if not called or node.func.attr != "sudo":
        return False
    return not node.args or ast.unparse(node.args[0]) != "False"


@each_addon
def test_sql_is_composed_safely(name):
    """Texts sent to the database are constants or ``SQL`` objects, never glued together."""
    glued = []
    for path in tree.python_files(name):
        for node in ast.walk(tree.parse(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            if called == "SQL" or re.search(r"(^|[._])cr\.execute$", called):
                if is_glued(node.args[0]):
                    glued.append(tree.where(path, node.lineno))
    assert glued == []


def is_glued(node):
    if isinstance(node, ast.BinOp):
        return not all(
            isinstance(part, ast.Constant) for part in (node.left, node.right)
        )
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).endswith((".format", ".join"))
    return isinstance(node, ast.JoinedStr)


@each_addon
def test_constraints_are_declared_the_new_way(name):
    """Odoo 19 ignores ``_sql_constraints``: a constraint would silently not be there."""
    for path in tree.python_files(name):
        assert "_sql_constraints" not in path.read_text(encoding="utf-8"), path.name


@each_addon
def test_views_are_lists(name):
    """A view of type ``tree`` no longer exists."""
    for path in (tree.ADDONS / name).rglob("*.xml"):
        if "static" not in path.relative_to(tree.ADDONS / name).parts:
            assert not re.search(
                r"<tree[\s>]|view_mode\W+[\w,]*\btree\b",
                path.read_text(encoding="utf-8"),
            ), path.name
