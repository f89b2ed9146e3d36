"""A name server on 127.0.0.1 that behaves in the ways of reliability.md T12, by the first label of the name asked."""

import contextlib
import socket
import threading
import time
from collections import Counter

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

PUBLIC, PRIVATE = "93.184.216.34", "10.1.2.3"
# First label -> record type -> what is answered; a type that is not there has no data.
RECORDS = {
    "plain": {"MX": ["10 mail.plain.com."]},
    "slow": {"MX": ["10 mail.slow.com."]},
    "address": {"A": [PUBLIC]},
    "texttimeout": {"A": [PUBLIC], "TXT": None},
    "textfailure": {"A": [PUBLIC], "TXT": dns.rcode.SERVFAIL},
    "nullmx": {"MX": ["0 ."]},
    "nodata": {},
    "private": {"A": [PRIVATE]},
    "spf": {"A": [PUBLIC], "TXT": ['"v=spf1 -all"']},
    "mxaddress": {"MX": [f"10 {PUBLIC}."]},
    "mxlocalhost": {"MX": ["10 localhost."]},
    "mixedmx": {"MX": ["10 localhost.", "20 mail.mixed.com."]},
    "spfsends": {"A": [PUBLIC], "TXT": ['"v=spf1 mx -all"']},
    "ipv6": {"AAAA": ["2606:2800:220:1::1"]},
}
RCODES = {
    "nxdomain": dns.rcode.NXDOMAIN,
    "servfail": dns.rcode.SERVFAIL,
    "refused": dns.rcode.REFUSED,
    "notimp": dns.rcode.NOTIMP,
    "yxdomain": dns.rcode.YXDOMAIN,
}
SLOW = 1.0  # seconds


class FakeDns:
    """Serves UDP, and TCP that hangs up; `asked` counts the questions by name and type."""

    def __init__(self):
        self.asked = Counter()
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.port = self.udp.getsockname()[1]
        self.tcp = socket.create_server(("127.0.0.1", self.port))
        for serve in (self._serve_udp, self._serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def close(self):
        for one in (self.udp, self.tcp):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _serve_tcp(self):
        with contextlib.suppress(OSError):
            while True:
                self.tcp.accept()[0].close()

    def _serve_udp(self):
        with contextlib.suppress(OSError):
            while True:
                data, address = self.udp.recvfrom(4096)
                if not data:  # the socket was shut down
                    return
                threading.Thread(target=self._answer, args=(data, address), daemon=True).start()

    def _answer(self, data, address):
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text().lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked[name, kind] += 1
        if wire := reply(query, name.partition(".")[0], question, kind):
            with contextlib.suppress(OSError):
                self.udp.sendto(wire, address)


def reply(query, label, question, kind):
    """The bytes answered, b'' for silence."""
    if label == "garbage":
        return query.to_wire()[:2] + b"\x80\x00\x00\x01\x00\x01\x00\x00\x00\x00" + b"\xff" * 9
    if label.startswith("timeout") or RECORDS.get(label, {}).get(kind, []) is None:
        return b""
    response = answered(query, label, question, kind)
    if label == "slow":
        time.sleep(SLOW)
    return response.to_wire()


def answered(query, label, question, kind):
    response = dns.message.make_response(query)
    response.flags |= dns.flags.RA
    records = RECORDS.get(label, {}).get(kind, [])
    if label in RCODES:
        response.set_rcode(RCODES[label])
    elif label == "truncated":
        response.flags |= dns.flags.TC
    elif label == "loop":
        response.answer.append(dns.rrset.from_text(question.name, 60, "IN", "CNAME", "loop2.loop.com."))
        response.answer.append(dns.rrset.from_text("loop2.loop.com.", 60, "IN", "CNAME", question.name.to_text()))
    elif label == "wrongid":
        response.id = (query.id + 1) % 65536
        response.answer.append(dns.rrset.from_text(question.name, 60, "IN", "MX", "10 mail.evil.com."))
    elif isinstance(records, int):
        response.set_rcode(records)
    elif records:
        response.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *records))
    return response
