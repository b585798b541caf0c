import Foundation
import Planning
import SQLiteJournal
import VolumeActivation

/// The rows of a scan as they come, in a file beside the inventory that is to be.
///
/// Each row is appended when its host has been looked at, so that a scan that was interrupted or
/// killed goes on from there; the file belongs to one scan at a time and goes when it is over.
final class PartialInventory {
  let path: String
  private let descriptor: Int32
  private var unsynced = 0
  /// What an earlier scan found out, by host; the last row of each.
  private(set) var found: [HostName: ScanRow] = [:]

  /// Opens the file of an inventory, with what an earlier scan left in it.
  init(of inventory: String) throws {
    path = inventory + ".partial"
    descriptor = try Self.openLocked(path)
    let bytes = try FileBytes.read(path)
    // A line without its end is one that a kill or a power failure cut off.
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
    var lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")[...]
    if lines.isEmpty {
      try cut(to: 0)
      try write(ScanRow.header)
    } else {
      guard lines.removeFirst() == ScanRow.header[...] else {
        throw InputError(
          .input, at: InputError.Place(file: path), "it is no partial inventory of this version",
          remedy: "Move it away, and scan again")
      }
      try cut(to: whole.count)
      for row in lines.compactMap(ScanRow.init(line:)) { found[row.name] = row }
    }
  }

  /// Opens the file and takes its lock, which dies with the process.
  private static func openLocked(_ path: String) throws -> Int32 {
    while true {
      let opened: Int32?
      do throws(FileFlaw) {
        opened = try FileFlaw.opening(path, O_RDWR | O_APPEND, mode: 0o666)
      } catch {
        throw foreign(path, error)
      }
      guard let descriptor = opened else { throw FileBytes.unwritable(path, errno) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw Problem(.locked, "\(path): another scan writes it. Wait until that has ended.")
      }
      // Another scan may have ended, and its file with it, between the two calls.
      var about = stat()
      if fstat(descriptor, &about) == 0, about.st_nlink > 0 { return descriptor }
      close(descriptor)
    }
  }

  private static func foreign(_ path: String, _ flaw: FileFlaw) -> InputError {
    InputError(
      .input, at: InputError.Place(file: path), "it \(flaw.words), so nothing is written to it",
      remedy: "See who put it there, and move it away")
  }

  deinit {
    fdatasync(descriptor)
    close(descriptor)
  }

  private func cut(to size: Int) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      throw FileBytes.unwritable(path, errno)
    }
  }

  /// Keeps a row; every so many rows the disk is waited for.
  func append(_ row: ScanRow) throws {
    try write(row.line)
    unsynced += 1
    guard unsynced >= Self.rowsPerSync else { return }
    unsynced = 0
    guard fdatasync(descriptor) == 0 else { throw FileBytes.unwritable(path, errno) }
  }

  private static let rowsPerSync = 64

  private func write(_ line: String) throws {
    try FileBytes.write(Array((line + "\n").utf8), to: descriptor, path)
  }

  /// Removes the file: the inventory itself is there.
  func remove() { unlink(path) }
}
