extension ActivationErrorTable {
  /// Codes of the activation service and the licence store.
  static let service = #"""
    0xC004B100 | bad-key | final | MAK | E1 E2 S8
    Activation server refused the computer
    MAK not supported
    Check that it is the MAK issued to the organisation; ask the Activation Center

    0xC004C001 | bad-key | final | MAK | E1 E2 S8
    Activation server: key invalid
    MAK mistyped or invalid
    Re-enter or verify the MAK

    0xC004C003 | mak-blocked | final | MAK | E1 E2 S8 KB
    Activation server: key blocked
    MAK blocked by Microsoft
    Get a new MAK from the Activation Center

    0xC004C008 | mak-exhausted | final | KMS host | E1 E2 S8 KB
    Key could not be used
    KMS host key over its limit (10 activations, 6 computers)
    Ask the Activation Center for more activations; use an already activated host
    note: Class means: activation quota of the key is used up. Here the key is the KMS host key,
      not a MAK.

    0xC004C017 | mak-blocked | final | MAK | S8
    Activation server: key blocked for this location
    Key not allowed in this country or region
    Use another key, or ask the Activation Center

    0xC004C020 | mak-exhausted | final | MAK | E1 E2 S8
    MAK over its limit
    All activations of the MAK are used
    Ask the Activation Center for more; do not roll back to this MAK

    0xC004C021 | mak-exhausted | final | MAK | E1 E2 S8
    MAK extension limit exceeded
    The extension of the MAK is used up
    Ask the Activation Center for more

    0xC004C050 | other | transient | MAK | SL
    Activation server: general error
    Microsoft's activation server
    Retry later

    0xC004C060 | mak-blocked | final | MAK | SL
    Activation server: key blocked dynamically
    MAK blocked
    Ask the Activation Center

    0xC004C770 | other | transient | MAK | SL
    Activation server: key is being used by another user
    MAK activation race or misuse
    Retry later, then ask the Activation Center

    0xC004D307 | other | final | - | S8
    Maximum number of rearms used
    /rearm quota is used up
    Do not rearm; rebuild the image if the CMID is duplicated

    0xC004E002 | service | final | - | SL KB
    Licence store holds inconsistent data
    Token store (tokens.dat) damaged
    Rebuild the store, then install the key again

    0xC004E003 | service | final | - | SL
    Licence evaluation failed
    Store or licences damaged
    Re-read; rebuild the store

    0xC004E007 | service | final | - | SL
    Requested licence not in the store
    Store incomplete
    Re-install licences (/rilc, local only)

    0xC004E009 | service | transient | - | SL
    Licence store not initialised
    Service starting
    Retry later

    0xC004E015 | service | final | - | SL KB
    Licence consumption failed
    Store damaged or incomplete
    Rebuild the store

    0xC004E016 | bad-key | final | - | SL
    Product key invalid (configuration)
    Key does not decode for this system
    Choose the key again from build and EditionID

    0xC004E017 | bad-key | final | - | SL
    Product key invalid (unique id)
    Key does not decode for this system
    Choose the key again from build and EditionID

    0xC004E018 | bad-key | final | - | SL
    Product key invalid (algorithm)
    Key does not decode for this system
    Choose the key again from build and EditionID

    0xC004E019 | bad-key | final | - | SL
    Validation of the key failed (internal error)
    Key could not be checked
    Retry once, then choose the key again

    0xC004E01C | sku-mismatch | final | - | SL
    Evaluation key no longer valid
    Evaluation edition
    Convert the edition first

    0xC004E01D | sku-mismatch | final | - | SL
    New key cannot be used on this installation
    Key change refused
    Leave the machine as it is and report

    0xC004E01E | sku-mismatch | final | - | SL
    New key cannot be used on this installation
    Key change refused
    Leave the machine as it is and report

    0xC004E027 | service | final | - | SL
    Service version does not match the policy
    Half-installed update
    Restart, finish servicing

    0xC004E028 | service | transient | - | SL
    Another activation of this SKU is in progress
    Concurrent /ato
    Wait, re-read the state
    """#
}
