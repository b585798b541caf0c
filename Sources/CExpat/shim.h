#pragma once

// libexpat, and its macros as functions that Swift can call.

#include <expat.h>

static inline void *expat_shim_user_data(XML_Parser parser) { return XML_GetUserData(parser); }

// Parses a document that is there as a whole.
static inline enum XML_Status expat_shim_parse(XML_Parser parser, const char *bytes, int count) {
  return XML_Parse(parser, bytes, count, XML_TRUE);
}

static inline void expat_shim_stop(XML_Parser parser) { XML_StopParser(parser, XML_FALSE); }
