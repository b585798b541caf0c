// The least that libcurl takes to send the same bytes: a loop over its multi interface, one kept
// connection a host, each host's requests one after the other, replies read and thrown away.
//
//     bare-loop PORT CA CONCURRENCY HOSTS REQUEST…      the Authorization header on standard input
//
// HOSTS is a file with a name to a line; all of them are at 127.0.0.1:PORT over HTTPS.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct body { char *bytes; long length; };
struct host { CURL *easy; struct curl_slist *detour; int next; char url[300]; };

static struct body *requests;
static int request_count;
static struct curl_slist *fields;
static const char *ca;
static long answered, failed;

static size_t drop(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes; (void)context;
  return size * count;
}

static struct body read_file(const char *path) {
  struct body body = {0};
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  body.length = ftell(file);
  rewind(file);
  body.bytes = malloc(body.length + 1);
  if (fread(body.bytes, 1, body.length, file) != (size_t)body.length) { perror(path); exit(1); }
  body.bytes[body.length] = 0;
  fclose(file);
  return body;
}

static void ask(CURLM *multi, struct host *host) {
  curl_easy_setopt(host->easy, CURLOPT_POSTFIELDS, requests[host->next].bytes);
  curl_easy_setopt(host->easy, CURLOPT_POSTFIELDSIZE, requests[host->next].length);
  host->next++;
  curl_multi_add_handle(multi, host->easy);
}

static int begin(CURLM *multi, FILE *names, const char *port) {
  char name[256], detour[400];
  if (!fgets(name, sizeof name, names)) return 0;
  name[strcspn(name, "\r\n")] = 0;
  struct host *host = calloc(1, sizeof *host);
  host->easy = curl_easy_init();
  snprintf(host->url, sizeof host->url, "https://%s:%s/wsman", name, port);
  snprintf(detour, sizeof detour, "%s:%s:127.0.0.1", name, port);
  host->detour = curl_slist_append(NULL, detour);
  curl_easy_setopt(host->easy, CURLOPT_URL, host->url);
  curl_easy_setopt(host->easy, CURLOPT_RESOLVE, host->detour);
  curl_easy_setopt(host->easy, CURLOPT_CAINFO, ca);
  curl_easy_setopt(host->easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(host->easy, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(host->easy, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(host->easy, CURLOPT_PRIVATE, host);
  ask(multi, host);
  return 1;
}

int main(int count, char **arguments) {
  if (count < 6) { fprintf(stderr, "usage: bare-loop PORT CA CONCURRENCY HOSTS REQUEST…\n"); return 64; }
  char header[300];
  if (!fgets(header, sizeof header, stdin)) return 64;
  header[strcspn(header, "\r\n")] = 0;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  fields = curl_slist_append(NULL, header);
  fields = curl_slist_append(fields, "Content-Type: application/soap+xml;charset=UTF-8");
  fields = curl_slist_append(fields, "Expect:");
  ca = arguments[2];
  request_count = count - 5;
  requests = calloc(request_count, sizeof *requests);
  for (int i = 0; i < request_count; i++) requests[i] = read_file(arguments[5 + i]);
  FILE *names = fopen(arguments[4], "r");
  if (!names) { perror(arguments[4]); return 1; }
  CURLM *multi = curl_multi_init();
  int busy = 0, left;
  while (busy < atoi(arguments[3]) && begin(multi, names, arguments[1])) busy++;
  while (busy > 0) {
    int running;
    CURLMsg *message;
    curl_multi_perform(multi, &running);
    while ((message = curl_multi_info_read(multi, &left))) {
      struct host *host;
      CURL *easy = message->easy_handle;
      if (message->data.result == CURLE_OK) answered++; else failed++;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&host);
      curl_multi_remove_handle(multi, easy);
      if (host->next < request_count) { ask(multi, host); continue; }
      curl_easy_cleanup(easy);
      curl_slist_free_all(host->detour);
      free(host);
      if (!begin(multi, names, arguments[1])) busy--;
    }
    if (busy > 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
  curl_multi_cleanup(multi);
  fprintf(stderr, "%ld answered, %ld failed\n", answered, failed);
  return failed > 0;
}
