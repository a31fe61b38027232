"""Everything to take away: made every night, and sooner when something changed or was withdrawn.

A making is a folder of its own under DATA_DIR/open-data; `current` points to the newest and is turned in one step, so
that nobody gets half of two. Whatever was withdrawn is gone from the files within minutes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import logging
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from charter.models import Municipality
from portal.api import changes, tables
from portal.api.entries import Entries
from portal.api.kinds import as_given, everything
from portal.core import clock
from portal.core.schedule import every

logger = logging.getLogger(__name__)
ZIP, MANIFEST, CURRENT = "parama.zip", "manifest.json", "current"
CATALOGUE, DATASET = "catalogue", "dataset"
A_DAY, AN_HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%S%f"
README = """Open data of {site}, as of {day}.

One file a kind: .jsonl has everything (one JSON object a line, UTF-8), .csv what fits into a table. catalogue.ttl and
catalogue.jsonld describe the services after CPSV-AP 3.2. manifest.json has counts, sizes and SHA-256 of every file.
Fields are described at {site}/api/v1/openapi.json; changes since at {site}/api/v1/changes.

Licence: {licence}
{demonstration}"""


@dataclass(frozen=True, slots=True)
class Made:
    """What the newest making is."""

    made_at: dt.datetime
    day: dt.date
    as_of: dt.datetime | None
    counts: dict[str, int]
    bytes: int
    sha256: str
    licence: str


def folder() -> Path:
    """Where makings lie."""
    return Path(settings.DATA_DIR) / "open-data"


def newest() -> Made | None:
    """The newest making; None before the first."""
    try:
        said = json.loads((folder() / CURRENT / MANIFEST).read_text())
    except (FileNotFoundError, NotADirectoryError):
        return None
    moments = {name: said[name] and dt.datetime.fromisoformat(said[name]) for name in ("made_at", "as_of")}
    return Made(**{**said, **moments, "day": dt.date.fromisoformat(said["day"])})


def content(name: str) -> bytes | None:
    """One file of the newest making; None when it is not there."""
    try:
        return (folder() / CURRENT / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


@every(5 * 60, "open data to take away")
def make_when_due() -> bool:
    """The round: nightly, an hour after a change, at once after something was withdrawn."""
    is_due = due(newest(), clock.now())
    if is_due:
        make()
    return is_due


def due(made: Made | None, now: dt.datetime) -> bool:
    """Whether the files are too old for what is public now."""
    if made is None or now - made.made_at >= A_DAY or clock.day_of(now) != made.day:
        return True
    later = changes.since(made.as_of)
    return later.filter(is_gone=True).exists() or (now - made.made_at >= AN_HOUR and later.exists())


def make() -> Made:
    """Make all files of what is public now, and let `current` point to them."""
    changes.note()
    now, as_of = clock.now(), changes.as_of()
    found = everything()
    files = _files(found, now)
    packed = _packed(files, found, now, as_of)
    made = Made(now, clock.day_of(now), as_of, _counts(found), len(packed), _digest(packed), settings.OPEN_DATA_LICENCE)
    kept = {name: data for name, data in files.items() if name.startswith((CATALOGUE, DATASET))}
    _publish({**kept, **_of_data(made), ZIP: packed, MANIFEST: tables.encode(asdict(made)).encode()}, now)
    logger.info("open data: %d entries, %d bytes", sum(made.counts.values()), made.bytes)
    return made


def _files(found: dict[str, Entries], now: dt.datetime) -> dict[str, bytes]:
    from portal.api.catalogue import build  # rdflib stays out of every process that makes nothing

    graph = build.of_services(found, now, settings.OPEN_DATA_LICENCE)
    files = {f"{CATALOGUE}.ttl": build.written(graph, build.TURTLE)}
    files[f"{CATALOGUE}.jsonld"] = build.written(graph, build.JSON_LD)
    for kind, entries in found.items():
        moments = changes.moments(kind, [entry["code"] for entry in entries])
        told = as_given(kind, [{**entry, "changed_at": moments.get(entry["code"])} for entry in entries])
        files |= {f"{kind}.jsonl": tables.as_lines(told), f"{kind}.csv": tables.as_table(told)}
    return files


def _of_data(made: Made) -> dict[str, bytes]:
    """The description for data portals; it names the size and sum of the archive, so it can't lie in it."""
    from portal.api.catalogue import build
    from portal.api.catalogue.dataset import Offered

    base = f"{settings.SITE_URL}/api/v1"
    offered = (
        Offered(ZIP, f"{base}/downloads/{ZIP}", "application/zip", "ZIP", made.bytes, made.sha256),
        Offered(f"{CATALOGUE}.ttl", f"{base}/{CATALOGUE}.ttl", "text/turtle", "RDF_TURTLE", 0, ""),
        Offered(f"{CATALOGUE}.jsonld", f"{base}/{CATALOGUE}.jsonld", "application/ld+json", "JSON_LD", 0, ""),
    )
    graph = build.of_data(offered, made.made_at, made.licence)
    return {f"{DATASET}.{end}": build.written(graph, form) for end, form in (("ttl", "turtle"), ("jsonld", "json-ld"))}


def _packed(files: dict[str, bytes], found: dict[str, Entries], now: dt.datetime, as_of: dt.datetime | None) -> bytes:
    is_demo = Municipality.objects.filter(is_demonstration=True).exists()
    licence = settings.OPEN_DATA_LICENCE
    manifest: dict[str, Any] = {
        "site": settings.SITE_URL,
        "made_at": now,
        "as_of": as_of,
        "licence": licence,
        "is_demonstration": is_demo,
        "counts": _counts(found),
        "files": [{"name": name, "bytes": len(data), "sha256": _digest(data)} for name, data in files.items()],
    }
    readme = README.format(
        site=settings.SITE_URL,
        day=clock.day_of(now),
        licence=licence or "none was set. Ask the municipality before you use the data.",
        demonstration="The figures are made up for demonstration.\n" if is_demo else "",
    )
    whole = {
        "README.txt": readme.encode(),
        MANIFEST: json.dumps(json.loads(tables.encode(manifest)), indent=1).encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (whole | files).items():
            archive.writestr(zipfile.ZipInfo(name, now.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _counts(found: dict[str, Entries]) -> dict[str, int]:
    return {kind: len(entries) for kind, entries in found.items()}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _publish(files: dict[str, bytes], now: dt.datetime) -> None:
    """Write everything, then turn `current` in one step; what it pointed to before stays for who is reading it."""
    place = folder() / f"{now:{_STAMP}}"
    place.mkdir(parents=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    before = os.path.realpath(folder() / CURRENT)
    turned = folder() / f".{place.name}"
    turned.symlink_to(place.name)
    turned.replace(folder() / CURRENT)
    for old in folder().iterdir():
        if old.is_dir() and not old.is_symlink() and str(old.resolve()) not in {before, str(place.resolve())}:
            shutil.rmtree(old, ignore_errors=True)
