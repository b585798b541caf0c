/// The client setup keys that Microsoft publishes, as text that is parsed when first asked for.
///
/// A block opens with `= product | kind | NT version | builds | host keys`, and perhaps a flag;
/// `any` means that the NT version decides, `-` that Microsoft's host-key table does not name the
/// product. Lines with `#` are the block's note. A record is
/// `key | edition | EditionID | OperatingSystemSKU | read in`.
///
/// The keys were read in five versions of Microsoft's article on client setup keys; none comes from
/// memory or from an unofficial table:
/// - A: `MicrosoftDocs/windowsserverdocs`, `kms-client-activation-keys.md@0539a6bf` (10/01/2024)
/// - B: the same page `@e2fb59c9` (09/05/2023)
/// - C: `MicrosoftDocs/windowsserverdocs`, `KMSclientkeys.md@01bda6f7` (10/30/2017)
/// - D: Microsoft's French localisation of that page (11/2019), a public copy
/// - E: the article of 06/25/2025, a public copy
///
/// EditionID comes from a third-party table and slmgr outputs, OperatingSystemSKU from
/// `GetProductInfo`, the host keys from `kms-activation-planning.md@0521d9bc` (11/12/2024).
enum ClientSetupKeyTable {
  static let text = """
    = Windows Vista | client | 6.0 | any | -
    # Vista is absent from the current host-key table (kms-activation-planning.md); older key
    # groups are hierarchical, see kms-rules.md.
    YFKBB-PQJJV-G996G-VWGXY-2V3X8 | Business | Business | 6 | ABCE
    HMBQG-8H2RH-C77VX-27R82-VMQBT | Business N | BusinessN | 16 | ABCE
    VKK3X-68KWM-X2YGT-QR4M6-4BWMV | Enterprise | Enterprise | 4 | ABCE
    VTC42-BM838-43QHV-84HX6-XJXKV | Enterprise N | EnterpriseN | 27 | ABCE

    = Windows 7 | client | 6.1 | any | S2025 S2022 S2019 S2016 C10
    # The host-key table names only Professional and Enterprise (N and E editions are not listed
    # separately). KMS activation of volume Windows 7 needs a Windows marker in the BIOS
    # (0xC004F035).
    FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4 | Professional | Professional | 48 | ABCDE
    MRPKT-YTG23-K7D7T-X2JMM-QY7MG | Professional N | ProfessionalN | 49 | ABCDE
    W82YF-2Q76Y-63HXB-FGJG9-GF7QX | Professional E | ProfessionalE | 69 | ABCDE
    33PXH-7Y6KF-2VJC9-XBBR8-HVTHH | Enterprise | Enterprise | 4 | ABCDE
    YDRBP-3D83W-TY26F-D46B2-XCKRJ | Enterprise N | EnterpriseN | 27 | ABCDE
    C29WB-22CC8-VJ326-GHFJW-H9DH4 | Enterprise E | EnterpriseE | 70 | ABCDE

    = Windows 8 | client | 6.2 | any | -
    # Windows 8 is absent from the current host-key table (8.1 and 7 are listed); test on one
    # machine first.
    NG4HW-VH26C-733KW-K6F98-J8CK4 | Pro | Professional | 48 | ABCDE
    XCVCF-2NXM9-723PB-MHCB7-2RYQQ | Pro N | ProfessionalN | 49 | ABCDE
    32JNW-9KQ84-P47T8-D8GGY-CWCK7 | Enterprise | Enterprise | 4 | ABCDE
    JMNMF-RHW7P-DMY6X-RF3DR-X2BQT | Enterprise N | EnterpriseN | 27 | ABCDE

    = Windows 8.1 | client | 6.3 | any | S2025 S2022 S2019 S2016 C10
    # The host-key table names only 8.1 Professional and Enterprise (N editions are not listed
    # separately).
    GCRJD-8NW9H-F2CDX-CCM8D-9D6T9 | Pro | Professional | 48 | ABCDE
    HMCNV-VVBFX-7HMBH-CTY9B-B4FXY | Pro N | ProfessionalN | 49 | ABCDE
    MHF9N-XY6XB-WVXMC-BTDCT-MKKG7 | Enterprise | Enterprise | 4 | ABCDE
    TT4HM-HN7YT-62K67-RGRQJ-JFFXW | Enterprise N | EnterpriseN | 27 | ABCDE

    = Windows 10 | client | 10.0 | 10240-19045 | S2025 S2022 S2019 S2016 C10
    W269N-WFGWX-YVC9B-4J6C9-T83GX | Pro | Professional | 48 | ABCDE
    MH37W-N47XK-V7XM9-C7227-GCQG9 | Pro N | ProfessionalN | 49 | ABCDE
    NRG8B-VKK3Q-CXVCJ-9G2XF-6Q84J | Pro for Workstations | ProfessionalWorkstation | 161 | ABCDE
    NW6C2-QMPVW-D7KKK-3GKT6-VCFB2 | Education | Education | 121 | ABCDE
    2WH4N-8QGBV-H22JP-CT43Q-MDWWJ | Education N | EducationN | 122 | ABCDE
    NPPR9-FWDCX-D2C8J-H872K-2YT43 | Enterprise | Enterprise | 4 | ABCDE
    DPH2V-TTNVB-4X9Q3-TJR4H-KHJW4 | Enterprise N | EnterpriseN | 27 | ABCDE

    = Windows 10 | client | 10.0 | 10240-19045 | S2025 S2022 S2019 S2016
    9FNHH-K3HBT-3W4TD-6383H-6XYWF | Pro for Workstations N | ProfessionalWorkstationN | 162 | ABCDE

    = Windows 10 | client | 10.0 | 10240-19045 | -
    # Not named separately in the host-key table (which names Education and Education N); verify
    # on one machine.
    6TP4R-GNPTD-KYYHQ-7B7DP-J447Y | Pro Education | ProfessionalEducation | 164 | ABDE
    YVWGF-BXNMC-HTQYQ-CPQ99-66QFC | Pro Education N | ProfessionalEducationN | 165 | ABDE

    = Windows 10 | client | 10.0 | 10240-19045 | -
    # Not named in the host-key table; verify on one machine.
    YYVX9-NTFWV-6MDM3-9PT4T-4M68B | Enterprise G | EnterpriseG | 171 | ABDE
    44RPN-FTY23-9VTTB-MP9BX-T84FV | Enterprise G N | EnterpriseGN | 172 | ABDE

    = Windows 11 | client | 10.0 | 22000- | S2025 S2022
    W269N-WFGWX-YVC9B-4J6C9-T83GX | Pro | Professional | 48 | ABE
    MH37W-N47XK-V7XM9-C7227-GCQG9 | Pro N | ProfessionalN | 49 | ABE
    NRG8B-VKK3Q-CXVCJ-9G2XF-6Q84J | Pro for Workstations | ProfessionalWorkstation | 161 | ABE
    9FNHH-K3HBT-3W4TD-6383H-6XYWF | Pro for Workstations N | ProfessionalWorkstationN | 162 | ABE
    NW6C2-QMPVW-D7KKK-3GKT6-VCFB2 | Education | Education | 121 | ABE
    2WH4N-8QGBV-H22JP-CT43Q-MDWWJ | Education N | EducationN | 122 | ABE
    NPPR9-FWDCX-D2C8J-H872K-2YT43 | Enterprise | Enterprise | 4 | ABE
    DPH2V-TTNVB-4X9Q3-TJR4H-KHJW4 | Enterprise N | EnterpriseN | 27 | ABE

    = Windows 11 | client | 10.0 | 22000- | -
    # Not named separately in the host-key table (which names Education and Education N); verify
    # on one machine.
    6TP4R-GNPTD-KYYHQ-7B7DP-J447Y | Pro Education | ProfessionalEducation | 164 | ABE
    YVWGF-BXNMC-HTQYQ-CPQ99-66QFC | Pro Education N | ProfessionalEducationN | 165 | ABE

    = Windows 11 | client | 10.0 | 22000- | -
    # Not named in the host-key table; verify on one machine.
    YYVX9-NTFWV-6MDM3-9PT4T-4M68B | Enterprise G | EnterpriseG | 171 | ABE
    44RPN-FTY23-9VTTB-MP9BX-T84FV | Enterprise G N | EnterpriseGN | 172 | ABE

    = Windows 10 LTSC 2019 | client | 10.0 | 17763 | S2025 S2022 S2019
    # EditionID EnterpriseS/EnterpriseSN alone is ambiguous: the build decides between three keys.
    M7XTQ-FN8P6-TTKYV-9D4CC-J462D | Enterprise LTSC | EnterpriseS | 125 | ABDE
    92NFX-8DJQP-P6BBQ-THF9C-7CG2H | Enterprise N LTSC | EnterpriseSN | 126 | ABDE

    = Windows 10 LTSC 2021 | client | 10.0 | 19044 | S2025 S2022 S2019
    # EditionID EnterpriseS/EnterpriseSN alone is ambiguous: the build decides between three keys.
    # The 2019 host-key row says LTSC without a year, so 2021 under a 2019 host key is a reading
    # of the table, not an explicit statement.
    M7XTQ-FN8P6-TTKYV-9D4CC-J462D | Enterprise LTSC | EnterpriseS | 125 | ABE
    92NFX-8DJQP-P6BBQ-THF9C-7CG2H | Enterprise N LTSC | EnterpriseSN | 126 | ABE

    = Windows 11 LTSC 2024 | client | 10.0 | 26100 | S2025
    # EditionID EnterpriseS/EnterpriseSN alone is ambiguous: the build decides between three keys.
    M7XTQ-FN8P6-TTKYV-9D4CC-J462D | Enterprise LTSC | EnterpriseS | 125 | AE
    92NFX-8DJQP-P6BBQ-THF9C-7CG2H | Enterprise N LTSC | EnterpriseSN | 126 | AE

    = Windows 10 IoT Enterprise LTSC 2021 | client | 10.0 | 19044 | -
    # Microsoft marks this key for images 10.0.19044.2905 or later (Windows IoT Enterprise LTSC in
    # Volume License). Not named in the host-key table.
    KBN8V-HFGQ4-MGXVD-347P6-PDQGT | IoT Enterprise LTSC | IoTEnterpriseS | 191 | AE

    = Windows 11 IoT Enterprise LTSC 2024 | client | 10.0 | 26100 | -
    # Microsoft marks this key for images 10.0.19044.2905 or later (Windows IoT Enterprise LTSC in
    # Volume License). Not named in the host-key table.
    KBN8V-HFGQ4-MGXVD-347P6-PDQGT | IoT Enterprise LTSC | IoTEnterpriseS | 191 | AE

    = Windows 10 LTSB 2016 | client | 10.0 | 14393 | S2025 S2022 S2019 S2016
    # EditionID EnterpriseS/EnterpriseSN alone is ambiguous: the build decides between three keys.
    DCPHK-NFMTC-H88MJ-PFHPY-QJ4BJ | Enterprise LTSB | EnterpriseS | 125 | ABCDE
    QFFDN-GRT3P-VKWWX-X7T3R-8B639 | Enterprise N LTSB | EnterpriseSN | 126 | ABCDE

    = Windows 10 LTSB 2015 | client | 10.0 | 10240 | S2025 S2022 S2019 S2016 C10
    # EditionID EnterpriseS/EnterpriseSN alone is ambiguous: the build decides between three keys.
    WNMTR-4C88C-JK8YV-HQ7T2-76DF9 | Enterprise LTSB | EnterpriseS | 125 | ABCDE
    2F77B-TNFGY-69QQF-B8YKP-D69TJ | Enterprise N LTSB | EnterpriseSN | 126 | ABCDE

    = Windows Server 2008 | server | 6.0 | any | S2025 S2022 S2019 S2016
    # SKU numbers with a core suffix are returned only before Windows Server 2012.
    WYR28-R7TFJ-3X2YQ-YCY4H-M249D | Web | ServerWeb | 17 29 | ABCDE
    TM24T-X9RMF-VWXK6-X8JC9-BFGM2 | Standard | ServerStandard | 7 13 | ABCDE
    W7VD6-7JFBR-RX26B-YKQ3Y-6FFFJ | Standard without Hyper-V | ServerStandardV | 36 40 | ABCDE
    YQGMW-MPWTJ-34KDK-48M3W-X4Q6V | Enterprise | ServerEnterprise | 10 14 | ABCDE
    39BXF-X8Q23-P2WWT-38T2F-G3FPG | Enterprise without Hyper-V | ServerEnterpriseV | 38 41 | ABCDE
    RCTX3-KWVHP-BR6TB-RB6DM-6X7HP | HPC | ServerComputeCluster | 18 | ABCDE
    7M67G-PC374-GR742-YH8V4-TCBY3 | Datacenter | ServerDatacenter | 8 12 | ABCDE
    22XQ2-VRXRG-P8D42-K34TD-G3QQC | Datacenter without Hyper-V | ServerDatacenterV | 37 39 | ABCDE
    4DWFP-JF3DJ-B7DTH-78FJB-PDRHK | Itanium-Based Systems | ServerEnterpriseIA64 | 15 | ABCDE

    = Windows Server 2008 R2 | server | 6.1 | any | S2025 S2022 S2019 S2016
    # SKU numbers with a core suffix are returned only before Windows Server 2012.
    6TPJF-RBVHG-WBW2R-86QPH-6RTM4 | Web | ServerWeb | 17 29 | ABCDE
    TT8MH-CG224-D3D7Q-498W2-9QCTX | HPC | ServerHPC | 18 | ABCDE
    YC6KT-GKW9T-YTKYR-T4X34-R7VHC | Standard | ServerStandard | 7 13 | ABCDE
    489J6-VHDMP-X63PK-3K798-CPX3Y | Enterprise | ServerEnterprise | 10 14 | ABCDE
    74YFP-3QFB3-KQT8W-PMXWJ-7M648 | Datacenter | ServerDatacenter | 8 12 | ABCDE
    GT63C-RJFQ3-4GMB6-BRFB9-CB83V | Itanium-Based Systems | ServerEnterpriseIA64 | 15 | ABCDE

    = Windows Server 2012 | server | 6.2 | any | S2025 S2022 S2019 S2016
    XC9B7-NBPP2-83J2H-RHMBY-92BT4 | Standard | ServerStandard | 7 | ABCDE
    48HP8-DN98B-MYWDG-T2DCC-8W83P | Datacenter | ServerDatacenter | 8 | ABCDE
    HM7DN-YVMH3-46JC3-XYTG7-CYQJJ | MultiPoint Standard | ServerMultiPointStandard | 76 | ABCDE
    XNH6W-2V9GX-RGJ4K-Y8X6F-QGJ2G | MultiPoint Premium | ServerMultiPointPremium | 77 | ABCDE
    HTDQM-NBMMG-KGYDT-2DTKT-J2MPV | Essentials | ServerSolution | 50 | ABE

    = Windows Server 2012 | server | 6.2 | any | S2025 S2022 S2019 S2016 | doNotUseForServer
    # Microsoft lists this key under Windows Server 2012, but third-party tables give it to the
    # Windows 8 Core edition; the 10/01/2024 version of the article leaves the row out and the
    # 06/25/2025 version has it again. Never choose it for a server.
    BN3D2-R7TKB-3YPBD-8DRP2-27GG4 | (unnamed; see flags) | Core | 101 | BCDE

    = Windows Server 2012 | server | 6.2 | any | S2025 S2022 S2019 S2016 | doNotUseForServer
    # Microsoft lists this key under Windows Server 2012, but third-party tables give it to the
    # Windows 8 Core N edition; the 10/01/2024 version of the article leaves the row out and the
    # 06/25/2025 version has it again. Never choose it for a server.
    8N2M2-HWPGY-7PGT9-HGDD8-GVGGY | N (see flags) | CoreN | 98 | BCDE

    = Windows Server 2012 | server | 6.2 | any | S2025 S2022 S2019 S2016 | doNotUseForServer
    # Microsoft lists this key under Windows Server 2012, but third-party tables give it to the
    # Windows 8 Core Single Language edition; the 10/01/2024 version of the article leaves the row
    # out and the 06/25/2025 version has it again. Never choose it for a server.
    2WN2H-YGCQR-KFX6K-CD6TF-84YXQ | Single Language (see flags) | CoreSingleLanguage | 100 | BCDE

    = Windows Server 2012 | server | 6.2 | any | S2025 S2022 S2019 S2016 | doNotUseForServer
    # Microsoft lists this key under Windows Server 2012, but third-party tables give it to the
    # Windows 8 Core Country Specific edition; the 10/01/2024 version of the article leaves the
    # row out and the 06/25/2025 version has it again. Never choose it for a server.
    4K36P-JN4VD-GDC6V-KDT89-DYFKP | Country Specific (see flags) | CoreCountrySpecific | 99 | BCDE

    = Windows Server 2012 R2 | server | 6.3 | any | S2025 S2022 S2019 S2016
    D2N9P-3P6X9-2R39C-7RTCD-MDVJX | Standard | ServerStandard | 7 | ABCDE
    W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9 | Datacenter | ServerDatacenter | 8 | ABCDE
    KNC87-3J2TX-XB4WP-VCPJV-M4FWM | Essentials | ServerSolution | 50 | ABCDE

    = Windows Server 2016 | server | 10.0 | 14393 | S2025 S2022 S2019 S2016
    WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY | Standard | ServerStandard | 7 | ABCDE
    CB7KF-BWN84-R7R2Y-793K2-8XDDG | Datacenter | ServerDatacenter | 8 | ABCDE
    JCKRF-N37P4-C2D82-9YXRT-4M63B | Essentials | ServerSolution | 50 | ABCDE

    = Windows Server 2019 | server | 10.0 | 17763 | S2025 S2022 S2019
    # Same build as version 1809 (SAC); tell them apart by EditionID / SKU (145,146 = SAC).
    N69G4-B89J2-4G8F4-WWYCC-J464C | Standard | ServerStandard | 7 | ABDE
    WMDGN-G9PQG-XVVXX-R3X43-63DFG | Datacenter | ServerDatacenter | 8 | ABDE
    WVDHN-86M7X-466P6-VHXV7-YY726 | Essentials | ServerSolution | 50 | ABDE

    = Windows Server 2022 | server | 10.0 | 20348 | S2025 S2022
    # Wrong Datacenter keys for this release circulate on the web; use only the key recorded here.
    VDYBN-27WPP-V4HQT-9VMD4-VMK7H | Standard | ServerStandard | 7 | ABE
    WX4NM-KYWYW-QJJR4-XV3QB-6VM33 | Datacenter | ServerDatacenter | 8 | ABE

    = Windows Server 2022 | server | 10.0 | 20348 | S2025 S2022 | azureEdition
    # Wrong Datacenter keys for this release circulate on the web; use only the key recorded here.
    # Datacenter: Azure Edition is normally activated by Azure and cannot be a KMS host (footnote
    # of kms-activation-planning.md).
    NTBV8-9K7Q8-V27C6-M2BTV-KHMXV | Datacenter: Azure Edition | ServerTurbine | 407 408 | ABE

    = Windows Server 2025 | server | 10.0 | 26100 | S2025
    # Wrong keys for this release circulate on the web; use only the key recorded here. Same build
    # as Windows 11 24H2: decide by product type / EditionID, not by build alone.
    TVRH6-WHNXV-R9WG3-9XRFY-MY832 | Standard | ServerStandard | 7 | AE
    D764K-2NDRG-47T6Q-P8T8W-YP6DF | Datacenter | ServerDatacenter | 8 | AE

    = Windows Server 2025 | server | 10.0 | 26100 | S2025 | azureEdition
    # Wrong keys for this release circulate on the web; use only the key recorded here. Same build
    # as Windows 11 24H2: decide by product type / EditionID, not by build alone. Datacenter:
    # Azure Edition is normally activated by Azure and cannot be a KMS host (footnote of
    # kms-activation-planning.md).
    XGN3F-F394H-FD2MY-PP6FD-8MCRC | Datacenter: Azure Edition | ServerTurbine | 407 408 | AE

    = Windows Server, version 1809 | server | 10.0 | 17763 | S2025 S2022 S2019 S2016
    # Semi-annual channel; the host-key table says only Semi-Annual Channel, without a version.
    N2KJX-J94YW-TQVFB-DG9YT-724CC | Standard | ServerStandardACor | 146 | ABDE
    6NMRW-2C8FM-D24W7-TQWMY-CWH2D | Datacenter | ServerDatacenterACor | 145 | ABDE

    = Windows Server, version 1903 | server | 10.0 | 18362 | S2025 S2022 S2019 S2016
    # Semi-annual channel; the host-key table says only Semi-Annual Channel, without a version.
    N2KJX-J94YW-TQVFB-DG9YT-724CC | Standard | ServerStandardACor | 146 | ABDE
    6NMRW-2C8FM-D24W7-TQWMY-CWH2D | Datacenter | ServerDatacenterACor | 145 | ABDE

    = Windows Server, version 1909 | server | 10.0 | 18363 | S2025 S2022 S2019 S2016
    # Semi-annual channel; the host-key table says only Semi-Annual Channel, without a version.
    N2KJX-J94YW-TQVFB-DG9YT-724CC | Standard | ServerStandardACor | 146 | ABDE
    6NMRW-2C8FM-D24W7-TQWMY-CWH2D | Datacenter | ServerDatacenterACor | 145 | ABDE

    = Windows Server, version 2004 | server | 10.0 | 19041 | S2025 S2022 S2019 S2016
    # Semi-annual channel; the host-key table says only Semi-Annual Channel, without a version.
    N2KJX-J94YW-TQVFB-DG9YT-724CC | Standard | ServerStandardACor | 146 | ABE
    6NMRW-2C8FM-D24W7-TQWMY-CWH2D | Datacenter | ServerDatacenterACor | 145 | ABE

    = Windows Server, version 20H2 | server | 10.0 | 19042 | S2025 S2022 S2019 S2016
    # Semi-annual channel; the host-key table says only Semi-Annual Channel, without a version.
    N2KJX-J94YW-TQVFB-DG9YT-724CC | Standard | ServerStandardACor | 146 | ABE
    6NMRW-2C8FM-D24W7-TQWMY-CWH2D | Datacenter | ServerDatacenterACor | 145 | ABE

    = Windows Server, version 1803 | server | 10.0 | 17134 | S2025 S2022 S2019 S2016
    # KMSclientkeys.md@01bda6f7 swaps these two rows and loses the first letter of the Standard
    # key; four other versions agree with the values here.
    PTXN8-JFHJM-4WC78-MPCBR-9W4KR | Standard | ServerStandardACor | 146 | ABDE
    2HXDN-KRXHB-GPYC7-YCKFJ-7FVDG | Datacenter | ServerDatacenterACor | 145 | ABDE

    = Windows Server, version 1709 | server | 10.0 | 16299 | S2025 S2022 S2019 S2016
    DPCNP-XQFKJ-BJF7R-FRC8D-GF6G4 | Standard | ServerStandardACor | 146 | ABCDE
    6Y6KB-N82V8-D8CQV-23MJW-BWTG6 | Datacenter | ServerDatacenterACor | 145 | ABCDE
    """
}
