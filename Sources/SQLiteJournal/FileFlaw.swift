package import Glibc

/// Why a file that stands where ours should be is not to be written.
///
/// In a folder that others may write to, a name may lead to somebody else's file, or to one of ours
/// that has nothing to do with a run.
package enum FileFlaw: Error, Hashable, Sendable {
  case symbolicLink
  /// A device, a pipe or a socket.
  case noFile
  /// A hard link: the same file has another name.
  case otherNames
  case foreignOwner(uid_t)

  /// What is wrong with an open file for a user; nil when nothing is.
  ///
  /// What the administrator owns is trusted, as the administrator has to be.
  package init?(mode: mode_t, links: nlink_t, owner: uid_t, for user: uid_t) {
    if mode & S_IFMT != S_IFREG {
      self = .noFile
    } else if owner != user, owner != 0 {
      self = .foreignOwner(owner)
    } else if links > 1 {
      self = .otherNames
    } else {
      return nil
    }
  }

  /// The same of a descriptor: the open file is asked, not its name, so that nobody can change the
  /// one for the other.
  package init?(of descriptor: Int32) {
    var about = stat()
    guard fstat(descriptor, &about) == 0 else { return nil }
    self.init(mode: about.st_mode, links: about.st_nlink, owner: about.st_uid, for: geteuid())
  }

  /// As the end of a sentence about the file.
  package var words: String {
    switch self {
    case .symbolicLink: "is a symbolic link"
    case .noFile: "is no regular file"
    case .otherNames: "has another name too (a hard link)"
    case .foreignOwner(let owner): "belongs to another user (uid \(owner))"
    }
  }
}

extension FileFlaw {
  /// Opens a file under its own name, and makes it when it is missing.
  ///
  /// - Returns: nil where it cannot be opened, with the reason in `errno`.
  /// - Throws: What is wrong with what stands there; nothing was done to that.
  package static func opening(
    _ path: String, _ flags: Int32, mode: mode_t
  ) throws(FileFlaw) -> Int32? {
    let descriptor = Glibc.open(path, flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw .symbolicLink }
      return nil
    }
    if let flaw = FileFlaw(of: descriptor) {
      _ = close(descriptor)
      throw flaw
    }
    return descriptor
  }
}
