#define _GNU_SOURCE
#include "realm_environment.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[PATH_MAX];

const char *realm_folder(void) { return folder; }

static void set(const char *name, const char *kind, const char *file) {
  char value[PATH_MAX + 64];
  snprintf(value, sizeof value, "%s%s/%s", kind, folder, file);
  setenv(name, value, 1);
}

__attribute__((constructor)) static void set_environment(void) {
  const char *temporary = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/realm-%d", temporary ? temporary : "/tmp", (int)getpid());
  set("KRB5_CONFIG", "", "krb5.conf");
  set("KRB5_KDC_PROFILE", "", "kdc.conf");
  set("KRB5CCNAME", "FILE:", "no-cache");
  set("KRB5_KTNAME", "FILE:", "no-keytab");
}
