#pragma once

// Waiting on sockets, with the macros and unions of epoll behind plain functions.

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

typedef struct epoll_shim_ready {
  int socket;
  bool can_read;
  bool can_write;
  bool has_failed;
} epoll_shim_ready;

static inline int epoll_shim_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

// A descriptor that one thread rings and another waits on.
static inline int epoll_shim_bell(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline void epoll_shim_ring(int bell) { eventfd_write(bell, 1); }

static inline void epoll_shim_silence(int bell) {
  eventfd_t rings;
  eventfd_read(bell, &rings);
}

// Watches a socket, or changes what it is watched for.
static inline void epoll_shim_watch(int epoll, int socket, bool reads, bool writes) {
  struct epoll_event event = {0};
  event.events = (reads ? EPOLLIN : 0) | (writes ? EPOLLOUT : 0);
  event.data.fd = socket;
  if (epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0 && errno == ENOENT) {
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
  }
}

static inline void epoll_shim_forget(int epoll, int socket) {
  struct epoll_event event = {0};
  epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event);
}

enum { epoll_shim_room = 64 };

// How many sockets something happened to within the time, at most `epoll_shim_room`.
static inline int epoll_shim_wait(int epoll, int milliseconds, epoll_shim_ready *found) {
  struct epoll_event events[epoll_shim_room];
  int count = epoll_wait(epoll, events, epoll_shim_room, milliseconds);
  for (int place = 0; place < count; place++) {
    found[place].socket = events[place].data.fd;
    found[place].can_read = (events[place].events & EPOLLIN) != 0;
    found[place].can_write = (events[place].events & EPOLLOUT) != 0;
    found[place].has_failed = (events[place].events & (EPOLLERR | EPOLLHUP)) != 0;
  }
  return count < 0 ? 0 : count;
}
