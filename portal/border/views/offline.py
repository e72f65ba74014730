"""What a device keeps of the border page, so that it opens without a line: an empty shell."""

import hashlib
import json

from flask import Response, current_app, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.border.forms import CheckForm
from portal.border.views.checks import HEADERS, bp
from portal.core.access import Permission, quiet, requires
from portal.core.languages import DEFAULT, in_language
from portal.core.ui import asset, digest

STYLES, ICON, SCRIPT = ("vendor/app.css", "portal.css"), "icon.svg", "js/border.js"
FONTS = (  # those of English; the stylesheet names them without their content's hash
    "vendor/fonts/noto-sans-latin-400-normal.woff2",
    "vendor/fonts/noto-sans-latin-700-normal.woff2",
)


@bp.get("/border/shell")
@requires(Permission.BORDER_CHECK)
@quiet
def shell() -> ResponseReturnValue:
    """Return the page as a device keeps it: the same bytes for everybody who may check."""
    answer = make_response(drawn_shell())
    answer.headers.update(HEADERS)
    return answer


@bp.get("/border/worker.js")
@requires(Permission.BORDER_CHECK)
@quiet
def worker() -> ResponseReturnValue:
    """Return the script that keeps the shell; by its address its scope is the border's pages."""
    files = [*(asset(name) for name in (*STYLES, ICON, SCRIPT)), *map(font, FONTS)]
    kept = {"page": url_for(".page"), "shell": url_for(".shell"), "files": files}
    parts = [drawn_shell(), json.dumps(kept), *map(digest, FONTS), render("worker.js", kept={})]
    version = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    script = render("worker.js", kept=kept | {"version": version})
    return Response(script, mimetype="text/javascript")


def font(name: str) -> str:
    """Return the address of a font as the stylesheet asks for it."""
    return url_for("static", filename=name)


def drawn_shell() -> str:
    """Draw the page without anybody, in the one language of border posts."""
    form, call = CheckForm(formdata=None), current_app.config["AUTHORITY_PHONE"]
    with in_language(DEFAULT):
        return render("shell.html", form=form, call=call, styles=STYLES, icon=ICON, script=SCRIPT)


def render(name: str, **shown: object) -> str:
    """Draw a template of the border."""
    return render_template(f"border/{name}", **shown)
