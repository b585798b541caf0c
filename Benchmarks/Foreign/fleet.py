#!/usr/bin/env python3
"""Migrates a fleet with somebody else's WinRM client: looks, steps, and a look at the end.

    fleet.py pywinrm|pypsrp USER PORT WORKERS HOSTS KEY KMSHOST      the password on standard input

HOSTS is a file with a name to a line; all of them are at 127.0.0.1:PORT. Each worker is a process.
"""
import concurrent.futures
import os
import socket
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Tests/FrontDoorTests/Fixtures"))
import foreign_client as wire  # noqa: E402

look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: look_up("127.0.0.1", *rest, **named)


def migrate(kind, user, password, host, port, key, kms_host):
    client = wire.connect(kind, "ntlm", user, password, host, port, address=host)
    wire.query(client, "SELECT Version, BuildNumber, ProductType FROM Win32_OperatingSystem")
    wire.query(client, "SELECT DNSHostName, Domain, PartOfDomain FROM Win32_ComputerSystem")
    wire.query(client, "SELECT UUID FROM Win32_ComputerSystemProduct")
    wire.migrate(client, key, kms_host)
    assert wire.primary(client)["PartialProductKey"] == key[-5:]


def main(kind, user, port, workers, hosts, key, kms_host):
    password = sys.stdin.readline().rstrip("\n")
    with open(hosts) as file:
        names = file.read().split()
    with concurrent.futures.ProcessPoolExecutor(int(workers)) as pool:
        waiting = [
            pool.submit(migrate, kind, user, password, name, int(port), key, kms_host)
            for name in names]
        for done in waiting:
            done.result()


if __name__ == "__main__":
    main(*sys.argv[1:])
