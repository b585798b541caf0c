#ifndef FAULTY_VFS_H
#define FAULTY_VFS_H

#include <stdbool.h>
#include <stdint.h>

/// What SQLite is about to do to a file.
enum faulty_kind {
  FAULTY_OPEN,
  FAULTY_READ,
  FAULTY_WRITE,
  FAULTY_TRUNCATE,
  FAULTY_SYNC,
  FAULTY_DELETE,
  FAULTY_LOCK,
  FAULTY_SHM_MAP,
  FAULTY_SHM_LOCK
};

/// One operation, as it is asked for.
struct faulty_operation {
  enum faulty_kind kind;
  const char *path;
  /// Where a write begins; the size that a truncated file shall have.
  int64_t offset;
  /// What a write writes.
  const uint8_t *bytes;
  int32_t count;
  /// Whether the next sync of an opened file, or this deletion, syncs its folder too.
  bool syncs_folder;
};

/// How an operation ends.
enum faulty_ending {
  FAULTY_DONE,
  /// With the result code that SQLite has for a failure of its kind.
  FAULTY_FAILED,
  FAULTY_NO_ROOM
};

/// What becomes of an operation.
struct faulty_verdict {
  enum faulty_ending ending;
  /// How many bytes a write that fails leaves behind.
  int32_t written;
};

/// Makes the shim SQLite's default VFS, in front of the one that was.
///
/// Files that `owns` denies are opened as if it were not there. `judge` is asked before each
/// operation on the others; a sync that it allows does nothing, for the disk is imagined.
int faulty_vfs_install(
  bool (*owns)(const char *path),
  struct faulty_verdict (*judge)(const struct faulty_operation *operation));

#endif
