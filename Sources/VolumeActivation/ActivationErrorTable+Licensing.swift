extension ActivationErrorTable {
  /// Codes of the licensing service.
  static let licensing = #"""
    0xC004F001 | service | transient | - | SL
    Licensing service: internal error
    Service
    Retry once after a service restart

    0xC004F004 | bad-key | final | - | SL
    Key outside the range defined in the licence
    Key of another release or range
    Choose the key again

    0xC004F005 | bad-key | final | - | SL
    Key does not match the product key of the licence
    Wrong key
    Choose the key again

    0xC004F009 | other | final | MAK, KMS client | E1 E2 S8
    Grace period expired
    Not activated before the grace period ended; machine is in Notification state
    Activate (KMS or MAK). As a LicenseStatusReason it only says that grace is over

    0xC004F00A | bad-key | final | - | SL
    Application ID mismatch
    Key or licence of another application (Office versus Windows)
    Choose the product again

    0xC004F00E | service | final | - | SL
    Licence unusable with this security processor version
    Servicing problem
    Finish servicing, restart

    0xC004F00F | other | final | MAK, KMS client, KMS host | E1 E2 S8
    Hardware binding beyond tolerance
    Hardware or drivers changed
    KMS: restart, then activate again. MAK: re-activate in the out-of-tolerance grace period (uses
      an activation)

    0xC004F010 | bad-key | final | - | SL
    Product key invalid
    Key does not fit
    Choose the key again

    0xC004F011 | service | final | - | SL
    Licence file not installed
    Licences missing
    Re-install licences (/rilc, local only)

    0xC004F012 | other | final | - | SL
    Value for the input key not found
    Property not present on this release or in this state
    Treat as not set

    0xC004F014 | bad-key | final | MAK, KMS client | E1 E2 S8
    No product key available
    No key installed (for example after /upk)
    Install the GVLK for the edition

    0xC004F015 | sku-mismatch | final | - | SL KB
    Licence of the SKU not installed
    Key's SKU has no licence here; on a KMS host (event 12290): wrong kind of host key for Windows
      10 clients
    Client: choose the key again. Host: KB3086418 and the 2012 R2 host key for Windows 10

    0xC004F016 | other | final | - | SL
    Request not supported
    Operation not supported for this product
    Do not retry

    0xC004F017 | service | final | - | SL
    Publishing licence not installed
    Licences missing
    Re-install licences (/rilc, local only)

    0xC004F021 | other | final | - | SL
    Validity period of the licence expired
    Timed licence is over
    Activate again

    0xC004F022 | service | final | - | SL
    Licence authorisation failed
    No usable licence
    Re-install licences, restart the service

    0xC004F025 | access-denied | final | - | S8
    Administrator needed
    Caller is not elevated
    Use an elevated local administrator

    0xC004F02C | other | final | MAK, KMS client | E1 E2 S8
    Offline activation data has a wrong format
    Confirmation ID mistyped
    Check the confirmation ID and its installation ID

    0xC004F02D | other | final | - | SL
    Confirmation ID: wrong version
    CID belongs to another system
    Get a fitting CID

    0xC004F02E | other | final | - | SL
    Confirmation ID: version not supported
    CID belongs to another system
    Get a fitting CID

    0xC004F02F | other | final | - | SL
    Confirmation ID: wrong length
    Mistyped
    Check the CID

    0xC004F030 | service | transient | - | SL
    Installation or confirmation ID could not be saved
    Store
    Retry after a service restart

    0xC004F031 | other | final | MAK | SL
    Installation ID and confirmation ID do not match
    CID belongs to another IID
    Read the IID again, get a fitting CID

    0xC004F033 | sku-mismatch | final | - | SL
    Product key must not be installed
    Key does not fit edition or policy (details in the event log)
    Choose the key again

    0xC004F034 | other | final | - | SL FR
    Licence not found or invalid
    As a LicenseStatusReason: seen on unactivated Windows 10 / 11 machines
    As reason code: normal before activation; as a method result: check key and store

    0xC004F035 | sku-mismatch | final | KMS client, KMS host | E1 E2 S8
    Volume key cannot activate this computer
    Windows 7 volume licence is an upgrade: no Windows marker in the BIOS
    Use a MAK or retail key for this machine; KMS is impossible on it

    0xC004F038 | kms-count-low | transient | KMS client | E1 E2 S8 KB
    KMS count too low
    Fewer than 25 (client) or 5 (server, Office) distinct machines at the host
    Let more machines ask; the refused request is itself counted, so retry later

    0xC004F039 | kms-unreachable | transient | KMS client | E1 E2 S8
    KMS not enabled
    No answer to the KMS request (port 1688 filtered)
    Check path, port and firewall

    0xC004F041 | service | final | KMS client | E1 E2 S8
    KMS host not activated
    The host's own key is not activated
    Activate the KMS host
    note: A fleet stopper: stop the batch.

    0xC004F042 | sku-mismatch | final | KMS client | E1 E2 S8 KB
    This KMS host cannot be used
    Host key does not cover the client's product
    Use the right KMS host, or install a newer host key and its updates on it
    note: Stop for that product family, not for the fleet. Microsoft's example: a 2016 host key
      and a 2022 client.

    0xC004F04D | other | final | MAK | SL
    Installation or confirmation ID invalid (check digits)
    Mistyped IID or CID
    Check both
    """#
}
