#!/usr/bin/env python3
"""Migrates one machine with somebody else's WinRM client, and prints what the machine said as JSON.

    foreign_client.py pywinrm|pypsrp ntlm|kerberos USER HOST PORT KEY KMSHOST    the password on stdin

HOST is the machine's name; the connection goes to 127.0.0.1:PORT.
"""
import json
import sys
import xml.etree.ElementTree as ET

CIMV2 = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/"
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
ENUMERATE, PULL = ENUMERATION + "/Enumerate", ENUMERATION + "/Pull"
GET = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"


class Pypsrp:
    """jborean93's client: ElementTree in, ElementTree out."""

    def __init__(self, auth, user, password, host, port, address):
        from pypsrp.wsman import WSMan

        self.wsman = WSMan(
            address, port=port, ssl=False, auth=auth, username=user, password=password,
            encryption="always", negotiate_hostname_override=host, negotiate_service="HTTP",
            no_proxy=True)

    def call(self, action, uri, body, selectors):
        from pypsrp.wsman import SelectorSet

        chosen = SelectorSet() if selectors else None
        for name, value in selectors.items():
            chosen.add_option(name, value)
        return self.wsman.invoke(action, uri, body, selector_set=chosen)


class Pywinrm:
    """diyan's client: its header, its transport, our body."""

    def __init__(self, auth, user, password, host, port, address):
        from winrm.protocol import Protocol

        self.protocol = Protocol(
            f"http://{address}:{port}/wsman", transport=auth, username=user, password=password,
            message_encryption="always", kerberos_hostname_override=host, proxy=None)

    def call(self, action, uri, body, selectors):
        import xmltodict

        envelope = self.protocol.build_wsman_header(action, uri)
        if selectors:
            envelope["env:Header"]["w:SelectorSet"] = {
                "w:Selector": [{"@Name": n, "#text": v} for n, v in selectors.items()]}
        envelope["env:Body"] = {}
        text = xmltodict.unparse({"env:Envelope": envelope})
        if body is not None:
            inner = ET.tostring(body, encoding="unicode")
            text = text.replace("<env:Body></env:Body>", f"<env:Body>{inner}</env:Body>")
        return ET.fromstring(self.protocol.send_message(text))


def local(element):
    return element.tag.split("}")[-1]


def properties(element):
    return {local(child): child.text for child in element}


def rows(reply):
    """The items of a page, whatever namespace they are in, and where the rest is."""
    found, context, ended = [], None, False
    for element in reply.iter():
        if local(element) == "Items":
            found = [properties(item) for item in element]
        elif local(element) == "EnumerationContext":
            context = element.text
        elif local(element) == "EndOfSequence":
            ended = True
    return found, None if ended else context


def query(client, wql, uri=CIMV2 + "*", optimized=True):
    body = ET.Element(f"{{{ENUMERATION}}}Enumerate")
    if optimized:
        ET.SubElement(body, f"{{{WSMAN}}}OptimizeEnumeration")
        ET.SubElement(body, f"{{{WSMAN}}}MaxElements").text = "1"
    if wql:
        ET.SubElement(body, f"{{{WSMAN}}}Filter", Dialect=WQL).text = wql
    found, context = rows(client.call(ENUMERATE, uri, body, {}))
    while context:
        pull = ET.Element(f"{{{ENUMERATION}}}Pull")
        ET.SubElement(pull, f"{{{ENUMERATION}}}EnumerationContext").text = context
        ET.SubElement(pull, f"{{{ENUMERATION}}}MaxElements").text = "2"
        more, context = rows(client.call(PULL, uri, pull, {}))
        found += more
    return found


def invoke(client, name, method, selectors, parameters=None):
    uri = CIMV2 + name
    body = ET.Element(f"{{{uri}}}{method}_INPUT")
    for parameter, value in (parameters or {}).items():
        ET.SubElement(body, f"{{{uri}}}{parameter}").text = value
    reply = client.call(f"{uri}/{method}", uri, body, selectors)
    output = reply.find(f"{{{SOAP}}}Body")[0]
    assert properties(output)["ReturnValue"] == "0", ET.tostring(output)


def primary(client):
    """Windows' licence, as slmgr.vbs finds it."""
    found = query(
        client, "SELECT ID, Description, PartialProductKey, LicenseStatus FROM SoftwareLicensingProduct"
        " WHERE ApplicationID = '55c92734-d682-4d71-983e-d6ec3f16059f'"
        " AND PartialProductKey <> null AND LicenseIsAddon = FALSE")
    assert len(found) == 1, found
    return found[0]


def connect(kind, auth, user, password, host, port, address="127.0.0.1"):
    make = {"pypsrp": Pypsrp, "pywinrm": Pywinrm}[kind]
    return make(auth, user, password, host, port, address)


def migrate(client, key, kms_host):
    version = query(client, "SELECT Version FROM SoftwareLicensingService")[0]["Version"]
    service = {"Version": version}
    invoke(client, "SoftwareLicensingService", "InstallProductKey", service, {"ProductKey": key})
    invoke(client, "SoftwareLicensingService", "RefreshLicenseStatus", service)
    invoke(
        client, "SoftwareLicensingService", "SetKeyManagementServiceMachine", service,
        {"MachineName": kms_host})
    invoke(client, "SoftwareLicensingProduct", "Activate", {"ID": primary(client)["ID"]})
    return service


def main(kind, auth, user, host, port, key, kms_host):
    password = sys.stdin.readline().rstrip("\n")
    client = connect(kind, auth, user, password, host, int(port))
    said = {"before": primary(client)}
    said["everything"] = len(query(client, "SELECT * FROM SoftwareLicensingProduct"))
    said["systems"] = query(client, None, CIMV2 + "Win32_OperatingSystem", optimized=False)
    service = migrate(client, key, kms_host)
    got = client.call(GET, CIMV2 + "SoftwareLicensingService", None, service)
    said["service"] = properties(got.find(f"{{{SOAP}}}Body")[0])
    said["after"] = primary(client)
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
