"""What a package holds: files beside their hashes, the same bytes for the same files."""

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO

SUMS = "SHA256SUMS"
OLDEST = 1980  # the first year that a ZIP can tell
PLAIN_FILE = 0o100600 << 16  # its owner may read and write it


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Return the hashes of files as `sha256sum --check` reads them."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def parcel(files: Mapping[str, bytes], sign: Callable[[bytes], bytes], now: datetime) -> bytes:
    """Return a ZIP of the files, their hashes and the signature of these.

    Args:
        files: content by name.
        sign: returns the signature of some bytes, as a file.
        now: the moment that stands on every file.
    """
    sums = sums_of(files)
    held = {**files, SUMS: sums, f"{SUMS}.signature": sign(sums)}
    moment = (max(now.year, OLDEST), now.month, now.day, now.hour, now.minute, now.second)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(held):
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr = PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held[name])
    return out.getvalue()
