"""Reads mails as they arrived with Python's own `email` library, and says what is wrong with them.

Usage: letters.py FOLDER REFERENCE. Prints one fault a line; nothing when all is well.
"""

import email
import html.parser
import re
import sys
from email import policy
from pathlib import Path

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Balance(html.parser.HTMLParser):
    """Open elements are closed, headings descend by one, tables have headings, links say where they lead."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.levels, self.links = [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "a":
            self.links.append(dict(attrs).get("href", ""))
        if tag in {"script", "img", "iframe", "form"}:
            self.faults.append(f"<{tag}> in a mail")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


def headers(mail, raw, faults):
    head = raw.split(b"\r\n\r\n", 1)[0]
    for line in raw.split(b"\r\n"):
        if len(line) > 998 or b"\n" in line or b"\r" in line:
            faults.append(f"a line of {len(line)} bytes, or a bare line end")
            break
    for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted"):
        if len(mail.get_all(name, [])) != 1:
            faults.append(f"{name}: {mail.get_all(name)}")
    for name in ("Bcc", "Cc", "Sender"):
        if mail[name]:
            faults.append(f"{name} is there")
    if not head.isascii():
        faults.append("a header is not ASCII")
    if mail["Auto-Submitted"] != "auto-generated":
        faults.append(f"Auto-Submitted: {mail['Auto-Submitted']}")
    if mail.defects:
        faults.append(f"defects: {mail.defects}")


def bodies(mail, faults):
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    if text is None or page is None:
        faults.append("a body is missing")
        return
    for part in mail.walk():
        if part.defects:
            faults.append(f"{part.get_content_type()}: {part.defects}")
    if text.get_content_charset() != "utf-8" or page.get_content_charset() != "utf-8":
        faults.append("a body is not UTF-8")
    words = text.get_content()
    if "{{" in words or "{%" in words or "\ufffd" in words:
        faults.append("a place of the template was not filled")
    balance = Balance()
    balance.feed(page.get_content())
    faults += balance.faults
    if balance.open:
        faults.append(f"never closed: {balance.open}")
    if balance.levels[:1] != [1] or any(b - a > 1 for a, b in zip(balance.levels, balance.levels[1:])):
        faults.append(f"headings: {balance.levels}")
    for link in balance.links:
        if not link.startswith(("http://", "https://")):
            faults.append(f"a link leads to {link!r}")


def attachments(mail, faults):
    for part in mail.iter_attachments():
        name = part.get_filename() or ""
        if not re.fullmatch(r"ML93-[0-9]{4}-[0-9]{6}-[A-Z](-C[0-9]+)?-[a-z0-9-]+\.(pdf|jpg|png|csv|json)", name):
            faults.append(f"the name {name!r}")
        if part["Content-Transfer-Encoding"] != "base64":
            faults.append(f"{name}: {part['Content-Transfer-Encoding']}")


def main(folder, reference):
    mails = {}
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
        raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        mails[path.name] = (email.message_from_bytes(raw, policy=policy.default), raw)
    faults = []
    ids = [mail["Message-ID"] for mail, _ in mails.values()]
    if len(set(ids)) != len(ids):
        faults.append(f"the same Message-ID twice: {ids}")
    for name, (mail, raw) in mails.items():
        own = []
        headers(mail, raw, own)
        bodies(mail, own)
        attachments(mail, own)
        if reference not in mail["Subject"]:
            own.append(f"Subject: {mail['Subject']}")
        for header in ("In-Reply-To", "References"):
            if mail[header] and mail[header] not in ids:
                own.append(f"{header} names no mail that arrived: {mail[header]}")
        faults += [f"{mail['Subject']}: {fault}" for fault in own]
    threaded = [mail for mail, _ in mails.values() if mail["In-Reply-To"]]
    print(f"{len(mails)} mails, {len(threaded)} in a thread", file=sys.stderr)
    print("\n".join(faults))


main(*sys.argv[1:])
