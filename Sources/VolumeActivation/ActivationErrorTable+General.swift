extension ActivationErrorTable {
  /// Codes of Windows, WMI, RPC, DNS and information.
  static let general = #"""
    0x00000005 | access-denied | final | - | S8
    Access denied (Win32)
    Caller not elevated
    Use an elevated local administrator

    0x4004F00C | other | final | - | SL
    Running in the initial grace period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004F00D | other | final | - | SL
    Running in the out-of-tolerance grace period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004F040 | other | final | - | SL
    Activated; owner should check the product use rights (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004F065 | other | final | - | SL
    Running in the non-genuine grace period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004F068 | other | final | - | SL
    Running in the non-genuine grace period (type 2) (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004FC04 | other | final | - | SL
    Running in a time-based validity period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004FC05 | other | final | - | SL
    Perpetual grace period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x4004FC06 | other | final | - | SL
    Running in the extended grace period (information, not an error)
    Status information in LicenseStatusReason or events
    Nothing to do

    0x80041003 | access-denied | final | - | W
    WMI access denied
    No namespace right on root\cimv2 (remote enable, execute methods)
    Local administrator, namespace rights
    note: Not in the activation article.

    0x8004D102 | clock-skew | final | - | SL
    Machine time inconsistent with trusted time (SYSTEM_TIME_SKEWED)
    Clock was moved
    Correct the clock, restart the licensing service

    0x8004E026 | bad-key | final | - | SL
    Add-on key given where a Windows key is expected
    For example an ESU key
    Install the base edition's GVLK

    0x8004FE21 | other | final | MAK, KMS client | E1 E2
    Not genuine Windows
    Language packs not licensed for the edition, tampering, or damaged system files
    Reinstall the operating system

    0x80070002 | other | final | - | S8
    File or value not found
    slmgr uses it for missing registry values
    Usually harmless when clearing a value

    0x80070005 | access-denied | final | MAK, KMS client, KMS host | E1 E2 S8 KB
    Access denied
    Caller not elevated (UAC), or no rights; also seen when SELF lacks DCOM access permissions
      (event 8229)
    Use an elevated local administrator; on workgroup machines set LocalAccountTokenFilterPolicy;
      for event 8229 repair the DCOM access permissions

    0x8007000D | service | final | - | KB
    Data invalid
    SYSTEM lacks rights on HKLM\SYSTEM\CurrentControlSet\Enum\Root
    Restore the registry permissions

    0x80070057 | bad-key | final | - | S8
    Parameter incorrect
    Malformed argument, for example a key with wrong dashes
    Check the argument

    0x8007007B | dns | final | KMS client | E1 E2
    DNS name does not exist
    Client finds no KMS SRV record (or has no primary DNS suffix)
    Publish or repair the _vlmcs._tcp record, or set the host by name (/skms)

    0x80070490 | bad-key | final | MAK | E1 E2
    Entered key did not work
    MAK not valid, or a known Windows Server 2019 user-interface problem
    Install the key with slmgr /ipk instead of the settings page

    0x800706BA | kms-unreachable | transient | KMS client | E1 E2 S8
    RPC server unavailable
    KMS host firewall closed on TCP 1688, stale SRV record, no network path
    Open the KMS exception on the host; correct the SRV record; test the path
    note: The same code means that our own DCOM connection to the managed machine failed (class
      rpc-transport). Decide by where it came up: connecting or binding = rpc-transport; as the
      result of Activate() = kms-unreachable.

    0x800706BE | rpc-transport | transient | - | W
    Remote procedure call failed
    Connection broke during a call
    Re-read the state before repeating a change
    note: Not in the activation article.

    0x8007139F | kms-unreachable | transient | KMS client | KB
    Service not in the right state (event 8198)
    No usable path to the KMS host
    Restart the licensing service on the client, check firewall, VPN, DNS

    0x80072030 | other | final | - | S8
    Directory object not found
    AD activation object missing
    Out of scope for KMS

    0x8007232A | dns | transient | KMS host, KMS client | E1 E2 S8 KB
    DNS server failure
    Network or DNS server trouble
    Repair DNS or the network; a host set by name avoids the SRV look-up

    0x8007232B | dns | final | KMS client | E1 E2 S8 KB
    DNS name does not exist
    No KMS SRV record found. Also the usual result of /ato on a KMS client when no host was ever
      published or set
    Publish SRV, or /skms; if there is no KMS host keep or restore the MAK

    0x80072338 | dns | final | KMS host | KB
    DNS: bad signature
    KMS host cannot update the _vlmcs record that another host owns (event 12293)
    Give the KMS hosts write permission on the record, or publish it by hand

    0x8007251D | dns | final | KMS client | E1 E2 S8
    No records for the DNS query
    KMS SRV record missing in the searched domain
    Publish SRV, or /skms; if there is no KMS host keep or restore the MAK

    0x8007267C | dns | final | KMS client | KB
    No DNS servers configured
    The local system has no DNS server set
    Repair network settings or set the host by name

    0x80072EE2 | other | transient | MAK | E1
    Time-out to the activation server
    MAK machine cannot reach the internet
    Phone activation (/dti, /atp) or VAMT proxy

    0x80080005 | service | transient | - | FR
    Server execution failed
    COM server did not start in time
    Retry; restart the licensing service or WMI

    0x80092328 | dns | final | KMS client | E1 E2
    DNS name does not exist
    KMS SRV record missing
    Publish SRV, or /skms; if there is no KMS host keep or restore the MAK

    0x803F7001 | bad-key | final | - | FR
    No valid digital licence found
    Machine has a retail or no volume key (seen when /ato was run on a retail key against KMS)
    Install the GVLK first

    0xC0020017 | kms-unreachable | transient | KMS client | KB
    RPC failure while contacting KMS (event 8198)
    No usable path to the KMS host
    Restart the licensing service on the client, check firewall, VPN, DNS
    """#
}
