// swift-tools-version: 6.2
import PackageDescription

/// What every target is compiled with: Swift 6, the upcoming features of Swift 7, and no warning.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .treatAllWarnings(as: .error),
]

/// A target of `Sources/` with the settings above.
func part(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A target of `Sources/` that speaks to a C library: each place where the compiler takes our word
/// is marked.
func door(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: settings + [.strictMemorySafety()])
}

/// A target of `Tests/` with the settings above.
///
/// - Parameter fixtures: Whether it has files to read, which tests find beside their sources.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: fixtures ? ["Fixtures"] : [],
    swiftSettings: settings)
}

/// A target of `Tests/Support/`, which the tests of several parts share.
func support(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Tests/Support/\(name)",
    swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "muster",
  products: [.executable(name: "muster", targets: ["muster"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CEpoll"),
    .systemLibrary(name: "CExpat"),
    .systemLibrary(name: "CGSSAPI"),
    door("Curl", ["CCurl", "CEpoll", collections]),
    door("Negotiate", ["CGSSAPI", "VolumeActivation", crypto]),
    part("VolumeActivation"),
    part("Planning", ["VolumeActivation", crypto, collections]),
    part("Configuration", ["VolumeActivation", "Planning", yams]),
    part("Engine", ["VolumeActivation", "Planning", collections]),
    part("Execution", ["VolumeActivation", "Planning", "Engine", collections, logging]),
    part(
      "SQLiteJournal", ["VolumeActivation", "Planning", "Engine", "Execution", grdb, sqlite]),
    part("SimulatedFleet", ["VolumeActivation", "Planning", "Engine", "Execution", grdb]),
    door("WSMan", ["VolumeActivation", "CExpat"]),
    part(
      "FrontDoor",
      [
        "VolumeActivation", "Engine", "Execution", "SimulatedFleet", "Negotiate", "WSMan", nioCore,
        nioHTTP, nioPosix, nioTLS,
      ]),
    part("WSManSession", ["VolumeActivation", "Curl", "Negotiate", "WSMan"]),
    part(
      "WindowsLicensing",
      ["VolumeActivation", "Execution", "Curl", "Negotiate", "WSMan", "WSManSession"]),
    .executableTarget(
      name: "muster",
      dependencies: [
        "VolumeActivation", "Planning", "Configuration", "Engine", "Execution", "SQLiteJournal",
        "SimulatedFleet", "FrontDoor", "Curl", "Negotiate", "WSManSession", "WindowsLicensing",
        argumentParser, logging,
      ],
      swiftSettings: settings),
    .target(
      name: "CFaultyVFS", path: "Tests/Support/CFaultyVFS",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CSpawn", path: "Tests/Support/CSpawn"),
    .target(name: "CTestRealm", path: "Tests/Support/CTestRealm"),
    support("Background"),
    support("ChildProcess", ["CSpawn"]),
    support("FaultyDisk", ["CFaultyVFS", "Randomness"]),
    support("Randomness"),
    support("TestCertificates", ["ChildProcess", nioTLS]),
    support(
      "TestProgram",
      [
        "VolumeActivation", "Planning", "Engine", "Execution", "SQLiteJournal", "ChildProcess",
        "Randomness",
      ]),
    support("TestRealm", ["CTestRealm", "ChildProcess"]),
    tests("CurlTests", ["Curl", "TestCertificates", nioCore, nioPosix, nioTLS]),
    tests(
      "NegotiateTests", ["Negotiate", "Randomness", "TestRealm", "VolumeActivation", crypto]),
    tests(
      "WindowsLicensingTests",
      [
        "VolumeActivation", "Execution", "Curl", "Negotiate", "WSMan", "WSManSession",
        "WindowsLicensing", "Randomness", "TestCertificates", "TestRealm", nioCore, nioPosix,
        nioTLS,
      ]),
    tests(
      "FrontDoorTests",
      [
        "VolumeActivation", "Planning", "Execution", "SimulatedFleet", "Curl", "Negotiate",
        "WSMan", "WSManSession", "WindowsLicensing", "FrontDoor", "Background", "ChildProcess",
        "TestCertificates", "TestRealm",
      ], fixtures: true),
    tests("WSManTests", ["VolumeActivation", "WSMan", "Randomness"]),
    tests("VolumeActivationTests", ["VolumeActivation", crypto]),
    tests("PlanningTests", ["VolumeActivation", "Planning", "Randomness"]),
    tests(
      "ConfigurationTests",
      ["VolumeActivation", "Planning", "Configuration", "ChildProcess", "Randomness"]),
    tests(
      "EngineTests", ["VolumeActivation", "Planning", "Engine", "Background", "Randomness"],
      fixtures: true),
    tests(
      "ExecutionTests",
      [
        "VolumeActivation", "Planning", "Engine", "Execution", "SQLiteJournal", "SimulatedFleet",
        "Randomness", grdb,
      ]),
    tests(
      "SQLiteJournalTests",
      [
        "VolumeActivation", "Planning", "Engine", "Execution", "SQLiteJournal", "SimulatedFleet",
        "FaultyDisk", "Randomness", crypto, grdb,
      ], fixtures: true),
    tests(
      "SimulatedFleetTests",
      ["VolumeActivation", "Planning", "Engine", "Execution", "SimulatedFleet"]),
    tests(
      "WireTests",
      [
        "muster", "VolumeActivation", "Planning", "Engine", "Execution", "SQLiteJournal",
        "SimulatedFleet", "Negotiate", "FrontDoor", "ChildProcess", "Randomness",
        "TestCertificates", "TestProgram", "TestRealm",
      ]),
    tests(
      "CommandLineTests",
      [
        "muster", "VolumeActivation", "Planning", "Engine", "Execution", "SQLiteJournal",
        "SimulatedFleet", "ChildProcess", "TestProgram", "TestRealm", grdb,
      ]),
  ]
)

// `make bench` sets it; nobody else compiles the benchmarks.
if Context.environment["BENCHMARK"] != nil {
  package.targets.append(
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "VolumeActivation", "Planning", "Configuration", "Engine", "Execution", "SQLiteJournal",
        "SimulatedFleet", "FrontDoor", "Curl", "Negotiate", "WSMan", "WSManSession",
        "WindowsLicensing",
      ],
      path: "Benchmarks/Sources", swiftSettings: settings))
  package.targets.append(
    .executableTarget(
      name: "bare-loop", path: "Benchmarks/BareLoop", linkerSettings: [.linkedLibrary("curl")]))
}
