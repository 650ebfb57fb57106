"""Jinja for a site of thousands of pages: a template is compiled once for all languages, and what it puts out is escaped.

Templates get finished views, which are plain objects, so that `view.name` and a call can be what they are in Python: the
compiled template reads and calls directly, without Jinja's search for items, contexts and undefined values at every dot
(decision 002). A name that is nowhere still stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.ext import Extension
from markupsafe import Markup, escape

try:  # MarkupSafe's own C function: the text escaped, without a Markup made of it
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # a Python without compiled extensions
    escape_text = escape

from generator.localise.views import Chosen


def escaped(value: Any) -> str:
    """What a template puts out, escaped unless it is Markup already; a text in another language is marked with it."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is Chosen:
        text = escape_text(value.text)
        return f'<span lang="{escape_text(value.lang)}">{text}</span>' if value.lang else text
    if kind is int:
        return str(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # the line above says so
    return escape("" if value is None else value)


class _Tight(Extension):
    """Takes indentation and empty lines out of a template's source once, not out of every page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"\n\s*", "\n", source)


class _Direct(CodeGenerator):
    """Python that reads attributes, calls and puts out without Jinja's detours: a third of a page's time."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(keyword.key) for keyword in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class _Environment(jinja2.Environment):
    code_generator_class = _Direct


class Templates:
    """The templates of `folders`, for several languages, each with `globals` of its own.

    `filters` must give the same in every language: Jinja folds what they give for a constant into the template.
    """

    def __init__(self, folders: list[Path], filters: Mapping[str, Any]) -> None:
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader(folders),
            # Escaping is done in `finalize`, which sees whatever a template puts out: the same as autoescape, without
            # an object made for each of the million values of a large site.
            autoescape=False,
            finalize=escaped,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
        )
        self._environment.add_extension(_Tight)
        self._environment.filters.update(filters)
        self._environment.globals.clear()
        self._codes: dict[str, CodeType] = {}

    def get(self, name: str, variables: dict[str, Any]) -> jinja2.Template:
        """The template `name` with the global names `variables`."""
        environment = self._environment
        code = self._codes.get(name)
        if code is None:
            source, file, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr] # given above
            code = self._codes[name] = environment.compile(source, name, file)
        return jinja2.Template.from_code(environment, code, variables)
