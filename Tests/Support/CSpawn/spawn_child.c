#define _GNU_SOURCE
#include "spawn_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/// Starts it with the streams that `actions` give it, which this function destroys.
static pid_t spawn(const char *folder, char *const arguments[], char *const variables[],
                   posix_spawn_file_actions_t *actions, short group) {
  if (folder) posix_spawn_file_actions_addchdir_np(actions, folder);
  posix_spawn_file_actions_addclosefrom_np(actions, 3);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group);

  pid_t child;
  int error = posix_spawnp(&child, arguments[0], actions, &attributes, arguments, variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(actions);
  return error ? -error : child;
}

pid_t spawn_child(const char *folder, char *const arguments[], char *const variables[],
                  const int streams[3]) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int stream = 0; stream < 3; stream++)
    posix_spawn_file_actions_adddup2(&actions, streams[stream], stream);
  return spawn(folder, arguments, variables, &actions, POSIX_SPAWN_SETPGROUP);
}

pid_t spawn_in_terminal(const char *folder, char *const arguments[], char *const variables[],
                        const char *terminal) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // The first terminal that the leader of a session opens is the session's own.
  posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, 0, 2);
  return spawn(folder, arguments, variables, &actions, POSIX_SPAWN_SETSID);
}

int open_terminal(char *path, size_t size) {
  int screen = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (screen < 0) return -1;
  if (grantpt(screen) == 0 && unlockpt(screen) == 0 && ptsname_r(screen, path, size) == 0)
    return screen;
  int error = errno;
  close(screen);
  errno = error;
  return -1;
}

int open_nameless_file(void) { return memfd_create("stream", MFD_CLOEXEC); }
