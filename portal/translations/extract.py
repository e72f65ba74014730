"""Finds the texts that people read in Python files, for the catalogue of translations.

Texts stand where they are declared, as plain English: in forms, kinds, enumerations, refusals. This
reads the files without running them. What is meant for programs or operators alone is left out.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any

Message = tuple[int, str | None, str | tuple[str, ...], list[str]]

FUNCTIONS = {"gettext": 1, "ngettext": 2}  # how many texts they take
FIRST_ONLY = {"told"}  # the first text alone is for people
DECLARATIONS = {
    "Step",
    "Help",
    "need",
    "Kind",
    "Duty",
    "Problem",
    "Indicator",
    "Listed",
    "Text",
    "flash",
    "options",
}
DECLARATIONS |= {"Required", "RequiredIf", "ValidationError", "StopValidation", "ValueError"}
ENDINGS = ("Field", "Error")  # of the names of fields and refusals, which are declarations too
FOR_OPERATORS = {"KeyFolderError", "SettingsError", "ReferenceDataError", "PdfError", "TypeError"}
FOR_OPERATORS |= {"RuntimeError", "PermissionError", "UnreadableSecretError", "UnsafeMailError"}
SILENT = {"render_kw", "once", "mention", "direction", "gathers", "other"}
NAMES = {"item"}  # a single word that is shown
OTHERS: tuple[str, ...] = (
    "portal/demo/",
    "portal/core/db.py",
    "portal/core/press.py",
    "portal/core/crypto.py",
)
OTHERS += ("portal/api/answers.py", "portal/api/document.py", "portal/api/manual.py")
OTHERS += ("portal/reference/formats.py",)
OTHERS += ("portal/core/signing.py", "portal/core/languages.py", "mailbox_address.py")
OTHERS += ("portal/reference/rules/", "portal/translations/", "portal/config.py")
WORDS = re.compile(
    r"(%\(\w+\)s )?[A-Z“]['’]?[a-z].*|[A-Z] [a-z].*|[^\W\d_][\w-]*[,;]?( [\w/(),;:’'-]+)+|% .*"
    r"|[A-Z\d][\w/-]*,?( [^\s%]+)+|[a-z/]+ \(.+\)"
    r"|[A-Z]{2} [a-z]+ %\(\w+\)s"
    r"|([a-z]+ ){0,2}%\(\w+\)s.+|[a-z]+ %\(\w+\)s",
    re.DOTALL,
)
CODE = re.compile(r".*[=_<>\\|\[\]]|[A-Z][a-z]+(-[A-Z][a-z]+)+|[a-z]+-[a-z]+ '.*", re.DOTALL)


def extract(
    file: IO[bytes],
    keywords: Any,  # noqa: ARG001  Babel names them
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Message]:
    """Yield the texts of one file, as Babel asks for them."""
    if any(part in file.name for part in OTHERS):
        return
    tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from of_call(node, name_of(node.func))
        elif isinstance(node, ast.ClassDef) and "StrEnum" in map(name_of, node.bases):
            yield from of_enumeration(node)
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            yield from of_constant(node, node.value)


def of_call(node: ast.Call, name: str) -> Iterator[Message]:
    """Yield what a call shows to people."""
    if name in FUNCTIONS:
        texts = [str(a.value) for a in node.args if isinstance(a, ast.Constant)][: FUNCTIONS[name]]
        if len(texts) == FUNCTIONS[name]:
            yield node.lineno, name, texts[0] if len(texts) == 1 else tuple(texts), []
    elif name in FIRST_ONLY:
        yield from shown(node.args[:1])
    elif name in DECLARATIONS or (name.endswith(ENDINGS) and name not in FOR_OPERATORS):
        yield from (
            (k.value.lineno, None, str(k.value.value), [])
            for k in node.keywords
            if k.arg in NAMES and isinstance(k.value, ast.Constant) and k.value.value
        )
        yield from shown([*node.args, *(k.value for k in node.keywords if k.arg not in SILENT)])


def of_enumeration(node: ast.ClassDef) -> Iterator[Message]:
    """Yield the values of an enumeration: they are its words."""
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            text = str(line.value.value)
            if len(text) > 1 and ":" not in text and "_" not in text:
                yield line.lineno, None, text, []


def of_constant(node: ast.Assign | ast.AnnAssign, value: ast.expr) -> Iterator[Message]:
    """Yield what a constant of a module holds, if it is written in capitals."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    if all(name_of(name).isupper() for name in names):
        yield from shown([value])


def shown(nodes: Iterable[ast.expr]) -> Iterator[Message]:
    """Yield every text that reads like words; keys of tables are for programs."""
    for node in nodes:
        keys = {id(k) for d in ast.walk(node) if isinstance(d, ast.Dict) for k in d.keys}
        keys |= {id(p) for j in ast.walk(node) if isinstance(j, ast.JoinedStr) for p in j.values}
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and id(part) not in keys:
                text = part.value
                if isinstance(text, str) and WORDS.fullmatch(text) and not CODE.match(text):
                    yield part.lineno, None, text, []


def name_of(node: ast.expr) -> str:
    """Return the last part of a name: `Error` for `files.Error`."""
    return node.attr if isinstance(node, ast.Attribute) else str(getattr(node, "id", ""))
