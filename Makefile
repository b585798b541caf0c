# Each target installs what it needs (Scripts/apt-packages), then builds and runs.
#
# The program, the demo and the tests share one configuration, so that a fresh clone compiles once.
configuration := --configuration release
# Without @testable the tests need no other build of the modules than the program does.
test_flags := $(configuration) --disable-testable-imports --disable-xctest
libraries := VolumeActivation Planning Configuration Engine Execution SQLiteJournal SimulatedFleet \
  Curl Negotiate WSMan WSManSession WindowsLicensing FrontDoor

# Where `make install` puts the program, its completions and its man page.
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: build install demo demo-winrm test exhaust coverage check lint format docs bench packages

build: packages
	swift build $(configuration) --product muster

install: build
	install -D -m 755 .build/release/muster $(DESTDIR)$(PREFIX)/bin/muster
	Scripts/install-words $(DESTDIR)$(PREFIX)/bin/muster $(DESTDIR)$(PREFIX)/share

demo: build
	Scripts/demo

# The example company over WinRM, on the loopback.
demo-winrm: build
	Scripts/demo-winrm

# Other people's clients are compiled first: beside the tests that would keep a processor from them.
test: lint
	@Scripts/foreign-clients >/dev/null
	Scripts/test $(test_flags)

# All walks through small worlds to their ends, those that take minutes too.
exhaust: packages
	MUSTER_EXHAUST=1 Scripts/test $(test_flags) --filter 'FleetExhaustionTests|SingleHostTests'

# How much of the parts that decide is executed by their tests; the regions are in .build/coverage.txt.
coverage: packages
	@Scripts/coverage $(test_flags)

# What a change must pass: the tests, and documentation without a dead link.
check: test docs

lint: packages
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: packages
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

docs: packages
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(addprefix --target ,$(libraries)) --enable-experimental-combined-documentation \
	  --symbol-graph-minimum-access-level package --warnings-as-errors \
	  --output-path .build/docs

bench: build
	Benchmarks/run

packages:
	@Scripts/install-packages
