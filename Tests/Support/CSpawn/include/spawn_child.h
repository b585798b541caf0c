#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Starts a program, looked up in `PATH`, in a process group of its own, with three streams and no
/// other descriptor of this process, every signal as the system has it.
///
/// Returns its process identifier, or the negative of an errno.
pid_t spawn_child(const char *folder, char *const arguments[], char *const variables[],
                  const int streams[3]);

/// The same in a terminal, whose session it leads and which its three streams are.
pid_t spawn_in_terminal(const char *folder, char *const arguments[], char *const variables[],
                        const char *terminal);

/// Makes a terminal and writes the path of the side that programs see.
///
/// Returns the other side, which is closed in children and never blocks; -1 with errno set on
/// failure.
int open_terminal(char *path, size_t size);

/// An empty file without a name, which is closed in children. Returns -1 with errno set on failure.
int open_nameless_file(void);
