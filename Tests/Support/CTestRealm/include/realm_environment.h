#pragma once

/// The folder that the environment of this process names for its Kerberos realm. Nobody has made it.
///
/// libkrb5 takes its settings from the environment alone, and the environment cannot be changed
/// while another thread reads it, so it is set when the program is loaded.
const char *realm_folder(void);
