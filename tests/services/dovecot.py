"""Dovecot, a mail server as offices run it: a mailbox for every name, one password, plain and by TLS."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import shutil
import subprocess
from pathlib import Path

from tests.services.base import Service, free_port, give_to

USER = "nobody"  # whom the letters belong to
PASSWORD = "slaptas"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
ssl_dh =
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""
# Who is not root can only run everything as themselves.
ALONE = """
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {me}
"""


class Dovecot(Service):
    name = "Dovecot"
    variable = "IMAP_SERVER"
    packages = ("dovecot-imapd",)

    def __init__(self) -> None:
        super().__init__()
        self.tls_port = free_port()
        self._certificate = Path()

    def missing(self) -> str:
        return "" if _program() and shutil.which("openssl") else "the program dovecot is not here"

    @property
    def address(self) -> str:
        """Port, port for TLS, and the file of the certificate that answers for localhost."""
        return f"{self.port} {self.tls_port} {self._certificate}"

    def start(self, folder: Path) -> None:
        for name in ("run", "mail"):
            (folder / name).mkdir()
        folder.chmod(0o755)
        self._certificate = folder / "server.pem"
        _make_certificate(folder)
        give_to(USER, folder / "mail")
        uid, gid = (os.stat(folder / "mail").st_uid, os.stat(folder / "mail").st_gid)
        words = CONFIG.format(
            folder=folder, password=PASSWORD, uid=uid, gid=gid, port=self.port, tls_port=self.tls_port
        )
        if os.getuid() != 0:
            words += ALONE.format(me=getpass.getuser(), group=_group())
        (folder / "dovecot.conf").write_text(words)
        self.spawn([_program(), "-F", "-c", str(folder / "dovecot.conf")], user=None)

    def answers(self) -> bool:
        try:
            with imaplib.IMAP4("127.0.0.1", self.port, timeout=1) as line:
                return line.login("anybody", PASSWORD)[0] == "OK"
        except imaplib.IMAP4.error:
            return False


def _program() -> str:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""


def _group() -> str:
    return grp.getgrgid(os.getgid()).gr_name


def _make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:TRUE"]
    command += ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.pem")]
    subprocess.run(command, check=True, capture_output=True)
