"""For schemathesis: each request comes from an address of its own, as a trusted proxy would say.
Wrong credentials are counted per address, and the probes of ignored_auth have nothing but those."""

import ipaddress
import itertools

import requests

ADDRESSES = itertools.count(int(ipaddress.IPv4Address("10.0.0.1")))
send = requests.Session.send


def send_from_the_next_address(session, request, **options):
    request.headers["X-Forwarded-For"] = str(ipaddress.IPv4Address(next(ADDRESSES)))
    return send(session, request, **options)


requests.Session.send = send_from_the_next_address
