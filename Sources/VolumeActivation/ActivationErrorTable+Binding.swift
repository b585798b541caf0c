extension ActivationErrorTable {
  /// Codes of the licensing service: keys, KMS, binding, tokens and virtual machines.
  static let binding = #"""
    0xC004F050 | bad-key | final | MAK, KMS client, KMS host | E1 E2 S8 KEYS
    Product key invalid
    Typing error, wrong edition or release, beta key; on an old host: update for newer host keys
      missing (KB3172614 for 2012 R2 / 8.1)
    Choose the key again from build and EditionID

    0xC004F051 | mak-blocked | final | MAK, KMS client, KMS host | E1 E2 S8
    Product key blocked
    Key blocked by Microsoft
    Get a new MAK or KMS host key

    0xC004F055 | sku-mismatch | final | - | SL
    Base SKU not available
    Add-on without its base product
    Activate the base product first

    0xC004F056 | other | final | KMS client | SL
    Could not be activated using KMS (machine not bound)
    KMS activation did not bind
    Check that the GVLK of the edition is installed, then activate again

    0xC004F057 | sku-mismatch | final | - | SL
    BIOS lacks a required licence (SLIC / marker)
    Firmware marker missing
    KMS of volume Windows 7 impossible here; keep the MAK

    0xC004F058 | sku-mismatch | final | - | SL
    BIOS lacks a required licence (SLIC / marker)
    Firmware marker missing
    KMS of volume Windows 7 impossible here; keep the MAK

    0xC004F059 | sku-mismatch | final | - | SL
    Licence in the BIOS invalid
    Firmware marker damaged
    KMS of volume Windows 7 impossible here; keep the MAK

    0xC004F061 | bad-key | final | - | SL
    Upgrade-only key
    Clean installation with an upgrade key
    Use another key

    0xC004F063 | sku-mismatch | final | - | SL KB
    OEM licence missing
    Not a volume installation
    Exclude the machine

    0xC004F064 | other | final | MAK | E1 E2 S8
    Non-genuine grace period expired
    Windows Activation Technologies judged the system not genuine
    Activation Center; exclude the machine from the migration

    0xC004F065 | other | final | MAK, KMS client | E1 E2 S8
    Running in the non-genuine grace period
    Windows Activation Technologies judged the system not genuine; grace still running
    Install a genuine key and activate before grace ends

    0xC004F066 | sku-mismatch | final | - | S8 SL
    Product SKU not found (slmgr text); dependent property not set (constant)
    The two sources disagree
    Check the key against EditionID and build

    0xC004F067 | other | final | - | SL
    Non-genuine grace period expired (type 2)
    Windows Activation Technologies judged the system not genuine
    Activation Center; exclude the machine from the migration

    0xC004F069 | sku-mismatch | final | MAK, KMS client | SL
    Product SKU not found
    Key is for another edition or release, or the machine runs an evaluation edition
    Do not retry; choose the key again; convert an evaluation edition first

    0xC004F06A | other | final | - | SL
    Operation not allowed
    Not allowed in this state
    Re-read the state

    0xC004F06B | service | final | KMS host | S8
    KMS in a virtual machine not supported
    Old KMS host software runs inside a VM
    Use a host release that allows VMs

    0xC004F06C | clock-skew | final | KMS client | E1 E2 SL KB
    Request timestamp invalid
    Client and KMS host differ by more than 4 hours (UTC; time zone does not matter)
    Repair time synchronisation, then retry
    note: Retry is useful only after the clock was corrected.

    0xC004F074 | kms-unreachable | transient | KMS client | E1 E2 S8 KB
    No KMS could be contacted
    All tried hosts returned errors
    Read every event 12288 of the attempt (Application log) and treat each inner code
    note: This outer code hides the real one: in Microsoft's example the inner code in event 12288
      is 0xC004F06C (clock). Always read 12288 before classifying further.

    0xC004F075 | service | transient | - | S8
    Service is stopping
    Operation refused while the licensing service stops
    Retry later

    0xC004F07B | service | final | - | SL
    Not possible while the licensing service runs
    Operation needs a stopped service
    Do not retry remotely

    0xC004F07D | bad-key | final | - | SL
    Key cannot be used for this type of activation
    Key type and activation type disagree
    Use the right key type

    0xC004F07E | other | final | MAK | SL
    Installation and confirmation ID do not match the product key
    CID was made for another key
    Get a CID for the current key (new activation)

    0xC004F07F | other | final | MAK | SL
    Installation and confirmation ID not bound to this environment
    Hardware or installation differs from the one the CID was made for
    Get a new CID

    0xC004F080 | other | final | - | SL
    Licence not bound to this environment
    Hardware or installation changed
    Activate again

    0xC004F081 | other | final | - | SL
    AD activation object not found or invalid
    AD-based activation is tried but unusable
    Set VLActivationTypeEnabled to 2 (KMS only) or repair the object

    0xC004F082 | other | final | - | SL
    AD activation object name too long
    Forest side
    Out of scope for KMS

    0xC004F083 | other | final | - | SL
    AD schema does not support AD-based activation
    Forest side
    Out of scope for KMS

    0xC004F200 | other | final | - | S8
    Not genuine
    LicenseStatusReason for a system judged not genuine
    Exclude from the migration; Activation Center
    note: Used by slmgr as a reason code, not as a method result.

    0xC004F210 | sku-mismatch | final | - | SL
    Edition of licence and computer differ
    Key for another edition
    Choose the key again

    0xC004F304 | other | final | - | S8
    Licence not found (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F305 | other | final | - | S8
    No certificate on the machine can activate (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F30A | other | final | - | S8
    Certificate does not match the conditions of the licence (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F30D | other | final | - | S8
    Certificate thumbprint invalid (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F30E | other | final | - | S8
    No certificate for the thumbprint (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F30F | other | final | - | S8
    Certificate does not match the issuance licence (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F310 | other | final | - | S8
    Certificate does not match the trust point (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F311 | other | final | - | S8
    Soft token not allowed (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004F312 | other | final | - | S8
    Certificate's private key is exportable (token-based activation)
    Token-based activation is configured
    Out of scope for KMS: check VLActivationTypeEnabled (3 = token) and leave the machine to its
      owner

    0xC004FC03 | other | transient | MAK | SL
    Network problem during online activation
    Way to the activation server
    Check internet access or proxy; phone or VAMT proxy activation

    0xC004FC07 | other | final | - | SL
    Validity period expired
    Timed licence is over
    Activate again

    0xC004FD00 | other | transient | - | SL
    AVMA request limit reached
    Automatic VM activation
    Retry later

    0xC004FD01 | other | final | - | SL
    AVMA: not on a supported Hyper-V platform
    Guest has an AVMA key elsewhere
    Install the GVLK if the machine is meant to use KMS

    0xC004FD02 | other | final | - | SL
    AVMA: host machine not activated
    Hyper-V host
    Activate the host

    0xC004FD03 | other | final | - | SL
    AVMA: host cannot activate this guest edition
    Host and guest releases
    Use KMS instead

    0xC004FD04 | other | final | - | SL
    AVMA: not activated
    Guest not bound
    Leave out unless meant
    """#
}
