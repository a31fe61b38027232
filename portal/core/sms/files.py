"""Short messages as files: for trying the portal out, and for towns without a gateway."""

from __future__ import annotations

import logging
from pathlib import Path
from uuid import uuid4

from portal.core import clock
from portal.core.sms.base import LONGEST, Sms

logger = logging.getLogger(__name__)


class FileSms(Sms):
    """Writes each message into a folder, readable by the server alone; the log says that there was one."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def send(self, number: str, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.txt"
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_text(f"{number}\n\n{text[:LONGEST]}\n", encoding="utf-8")
        logger.info("sms: kept as %s", name)
