#include "faulty_vfs.h"

#include <errno.h>
#include <sqlite3.h>

/// A file of the shim: the real one lies right behind it.
struct faulty_file {
  sqlite3_file base;
  /// SQLite keeps the name for as long as the file is open.
  const char *path;
};

static sqlite3_vfs *real_vfs;
static bool (*owns)(const char *path);
static struct faulty_verdict (*judge)(const struct faulty_operation *operation);

static sqlite3_file *real(sqlite3_file *file) {
  return (sqlite3_file *)((struct faulty_file *)file + 1);
}

static int code_of(enum faulty_kind kind, enum faulty_ending ending) {
  if (ending == FAULTY_DONE) return SQLITE_OK;
  bool has_room = ending != FAULTY_NO_ROOM;
  errno = has_room ? EIO : ENOSPC;
  switch (kind) {
  case FAULTY_OPEN: return SQLITE_CANTOPEN;
  case FAULTY_READ: return SQLITE_IOERR_READ;
  case FAULTY_WRITE: return has_room ? SQLITE_IOERR_WRITE : SQLITE_FULL;
  case FAULTY_TRUNCATE: return SQLITE_IOERR_TRUNCATE;
  case FAULTY_SYNC: return SQLITE_IOERR_FSYNC;
  case FAULTY_DELETE: return SQLITE_IOERR_DELETE;
  case FAULTY_LOCK: return SQLITE_IOERR_LOCK;
  case FAULTY_SHM_MAP: return has_room ? SQLITE_IOERR_SHMMAP : SQLITE_IOERR_SHMSIZE;
  case FAULTY_SHM_LOCK: return SQLITE_IOERR_SHMLOCK;
  }
  return SQLITE_INTERNAL;
}

static int ask(struct faulty_operation operation, int *written) {
  struct faulty_verdict verdict = judge(&operation);
  if (written) *written = verdict.ending == FAULTY_DONE ? operation.count : verdict.written;
  return code_of(operation.kind, verdict.ending);
}

static int ask_of(sqlite3_file *file, enum faulty_kind kind) {
  const char *path = ((struct faulty_file *)file)->path;
  return ask((struct faulty_operation){.kind = kind, .path = path}, 0);
}

static int faulty_close(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }

static int faulty_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  int code = ask_of(file, FAULTY_READ);
  return code ? code : real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

static int faulty_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  struct faulty_operation operation = {
    .kind = FAULTY_WRITE,
    .path = ((struct faulty_file *)file)->path,
    .offset = offset,
    .bytes = bytes,
    .count = count,
  };
  int written = 0;
  int code = ask(operation, &written);
  int real_code =
    written > 0 ? real(file)->pMethods->xWrite(real(file), bytes, written, offset) : SQLITE_OK;
  return code ? code : real_code;
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size) {
  struct faulty_operation operation = {
    .kind = FAULTY_TRUNCATE,
    .path = ((struct faulty_file *)file)->path,
    .offset = size,
  };
  int code = ask(operation, 0);
  return code ? code : real(file)->pMethods->xTruncate(real(file), size);
}

static int faulty_sync(sqlite3_file *file, int flags) { return ask_of(file, FAULTY_SYNC); }

static int faulty_file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int faulty_lock(sqlite3_file *file, int level) {
  int code = ask_of(file, FAULTY_LOCK);
  return code ? code : real(file)->pMethods->xLock(real(file), level);
}

static int faulty_unlock(sqlite3_file *file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}

static int faulty_check_reserved_lock(sqlite3_file *file, int *result) {
  return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

static int faulty_file_control(sqlite3_file *file, int operation, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

static int faulty_sector_size(sqlite3_file *file) {
  return real(file)->pMethods->xSectorSize(real(file));
}

static int faulty_device_characteristics(sqlite3_file *file) {
  // What every disk has and no more, whatever this machine's file system can do.
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int faulty_shm_map(
  sqlite3_file *file, int page, int size, int extend, void volatile **memory
) {
  int code = ask_of(file, FAULTY_SHM_MAP);
  return code ? code : real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}

static int faulty_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  // Letting go never fails.
  int code = flags & SQLITE_SHM_LOCK ? ask_of(file, FAULTY_SHM_LOCK) : SQLITE_OK;
  return code ? code : real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void faulty_shm_barrier(sqlite3_file *file) {
  real(file)->pMethods->xShmBarrier(real(file));
}

static int faulty_shm_unmap(sqlite3_file *file, int delete) {
  return real(file)->pMethods->xShmUnmap(real(file), delete);
}

/// Version 2: without xFetch, every byte of a database goes through xRead and xWrite.
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = faulty_close,
  .xRead = faulty_read,
  .xWrite = faulty_write,
  .xTruncate = faulty_truncate,
  .xSync = faulty_sync,
  .xFileSize = faulty_file_size,
  .xLock = faulty_lock,
  .xUnlock = faulty_unlock,
  .xCheckReservedLock = faulty_check_reserved_lock,
  .xFileControl = faulty_file_control,
  .xSectorSize = faulty_sector_size,
  .xDeviceCharacteristics = faulty_device_characteristics,
  .xShmMap = faulty_shm_map,
  .xShmLock = faulty_shm_lock,
  .xShmBarrier = faulty_shm_barrier,
  .xShmUnmap = faulty_shm_unmap,
};

static int faulty_open(
  sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags
) {
  if (!path || !owns(path)) return real_vfs->xOpen(real_vfs, path, file, flags, out_flags);
  file->pMethods = 0;
  // Source: unixOpen of SQLite's os_unix.c, which syncs the folder with a new log's first sync.
  int logs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  struct faulty_operation operation = {
    .kind = FAULTY_OPEN,
    .path = path,
    .syncs_folder = (flags & SQLITE_OPEN_CREATE) && (flags & logs),
  };
  int code = ask(operation, 0);
  if (!code) code = real_vfs->xOpen(real_vfs, path, real(file), flags, out_flags);
  if (code) return code;
  ((struct faulty_file *)file)->path = path;
  file->pMethods = &methods;
  return SQLITE_OK;
}

static int faulty_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
  if (owns(path)) {
    struct faulty_operation operation = {
      .kind = FAULTY_DELETE, .path = path, .syncs_folder = syncs_folder};
    int code = ask(operation, 0);
    if (code) return code;
  }
  return real_vfs->xDelete(real_vfs, path, syncs_folder);
}

int faulty_vfs_install(
  bool (*owner)(const char *path),
  struct faulty_verdict (*judged)(const struct faulty_operation *operation)
) {
  static sqlite3_vfs shim;
  owns = owner;
  judge = judged;
  real_vfs = sqlite3_vfs_find(0);
  shim = *real_vfs;
  shim.zName = "faulty";
  shim.pNext = 0;
  shim.szOsFile = (int)sizeof(struct faulty_file) + real_vfs->szOsFile;
  shim.xOpen = faulty_open;
  shim.xDelete = faulty_delete;
  return sqlite3_vfs_register(&shim, 1);
}
