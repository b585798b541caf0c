#pragma once

// libcurl's variadic functions and macros as functions that Swift can call.

#include <curl/curl.h>

static inline CURLcode curl_shim_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_shim_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_shim_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_shim_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_shim_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

// What the write, read and header callbacks have in common.
typedef size_t (*curl_shim_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_shim_set_transfer(CURL *handle, CURLoption option, curl_shim_transfer function) {
  return curl_easy_setopt(handle, option, function);
}

typedef curl_socket_t (*curl_shim_open)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode curl_shim_set_open(CURL *handle, curl_shim_open function) {
  return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, function);
}

typedef int (*curl_shim_close)(void *context, curl_socket_t socket);

static inline CURLcode curl_shim_set_close(CURL *handle, curl_shim_close function) {
  return curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, function);
}

static inline CURLcode curl_shim_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode curl_shim_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return curl_easy_getinfo(handle, info, value);
}

// The server's certificates as text, each a list of `Name:value`; NULL when there are none.
static inline struct curl_certinfo *curl_shim_certificates(CURL *handle) {
  struct curl_certinfo *certificates = NULL;
  if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &certificates) != CURLE_OK) return NULL;
  return certificates;
}

static inline CURLMcode curl_shim_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode curl_shim_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode curl_shim_multi_set_socket(CURLM *multi, curl_socket_callback function) {
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, function);
}

static inline CURLMcode curl_shim_multi_set_timer(CURLM *multi, curl_multi_timer_callback function) {
  return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, function);
}

// The next finished transfer and how it ended; NULL when there is none.
static inline CURL *curl_shim_multi_finished(CURLM *multi, CURLcode *result) {
  int left;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
