/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The doors of files: which are missing, how far one is, a piece up, a range
 * down. Whose the files are is in the token; what may come is in the rows. */

#include "config.h"

#include "linli-hub-door.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linli-hub-blobs.h"
#include "linli-hub-files.h"
#include "linli-hub-routes.h"
#include "linli-json.h"
#include "linli-uuid.h"

#define MAX_MISSING 500 /* told at a time; the desk asks again when it has sent them */

typedef struct
{
  LinliHubVisit   *visit;   /* (owned) */
  LinliHubBlobKind kind;    /* LOOK also for a range that is asked for */
  gboolean         is_get;
  char            *row;     /* (nullable) attachment that has the file, as the desk says */
  const char      *problem; /* (nullable) */
  GPtrArray       *hashes;  /* (owned) (nullable) what the rows refer to */
  gint64           offset;
  gint64           size;
  gboolean         last;
} Call;

static void
call_free (Call *call)
{
  linli_hub_visit_free (call->visit);
  g_clear_pointer (&call->hashes, g_ptr_array_unref);
  g_free (call->row);
  g_free (call);
}

static void
add_number (LinliHttpRequest *request,
            const char       *name,
            gint64            number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  linli_http_request_add_header (request, name, text);
}

/* --- Down --- */

/* "bytes=A-B" or "bytes=A-"; one range is all a desk asks for. */
static gboolean
read_range (const char *header,
            gint64      size,
            gint64     *from,
            gint64     *to)
{
  g_auto(GStrv) ends = NULL;

  *from = 0;
  *to = size - 1;
  if (header == NULL)
    return TRUE;
  if (!g_str_has_prefix (header, "bytes="))
    return FALSE;
  ends = g_strsplit (header + strlen ("bytes="), "-", 2);
  if (g_strv_length (ends) != 2 || !g_ascii_string_to_signed (ends[0], 10, 0, G_MAXINT64, from, NULL) ||
      (*ends[1] != '\0' && !g_ascii_string_to_signed (ends[1], 10, *from, G_MAXINT64, to, NULL)))
    return FALSE;
  *to = MIN (*to, size - 1);
  return *from < size;
}

static void
send_range (LinliHttpRequest *request,
            int               fd,
            gint64            size)
{
  const char *header = linli_http_request_get_header (request, "Range");
  g_autofree char *range = NULL;
  gint64 from = 0;
  gint64 to = 0;

  linli_http_request_add_header (request, "Accept-Ranges", "bytes");
  if (!read_range (header, size, &from, &to))
    {
      range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, size);
      linli_http_request_add_header (request, "Content-Range", range);
      linli_http_request_reply (request, 416, NULL, NULL);
      close (fd);
      return;
    }
  if (header != NULL)
    {
      range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, from, to, size);
      linli_http_request_add_header (request, "Content-Range", range);
    }
  linli_http_request_reply_file (request, header != NULL ? 206 : 200, "application/octet-stream", fd, from, to - from + 1);
}

static void
answer_file (Call *call)
{
  LinliHubVisit *visit = call->visit;
  g_autofree char *path = linli_hub_blobs_path (linli_hub_service_get_blobs (visit->service), visit->workspace_id,
                                                visit->word);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  struct stat st;

  if (fd >= 0 && fstat (fd, &st) == 0)
    {
      send_range (visit->request, fd, st.st_size);
      return;
    }
  if (fd >= 0)
    close (fd);
  linli_hub_answer_problem (visit->request, linli_hub_blobs_is_there (linli_hub_service_get_blobs (visit->service))
                                              ? "blob-unknown" : "unavailable");
}

/* --- Up --- */

static void
answer_missing (LinliHttpRequest *request,
                GPtrArray        *hashes)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *missing = json_array_new ();

  for (guint i = 0; i < MIN (hashes->len, MAX_MISSING); i++)
    json_array_add_string_element (missing, hashes->pdata[i]);
  json_object_set_array_member (object, "missing", missing);
  json_object_set_boolean_member (object, "more", hashes->len > MAX_MISSING);
  linli_hub_answer_json (request, 200, object);
}

static void
errand_cb (LinliHubErrand *errand,
           gpointer        data)
{
  Call *call = data;
  LinliHttpRequest *request = call->visit->request;

  if (errand->kind == LINLI_HUB_BLOB_MISSING && errand->problem == NULL)
    answer_missing (request, errand->hashes);
  else
    {
      if (errand->problem == NULL || g_str_equal (errand->problem, "blob-offset"))
        {
          add_number (request, "Upload-Offset", errand->offset);
          linli_http_request_add_header (request, "Upload-Complete", errand->last ? "?1" : "?0");
        }
      if (errand->problem != NULL)
        linli_hub_answer_problem (request, errand->problem);
      else
        linli_http_request_reply (request, 204, NULL, NULL);
    }
  call_free (call);
}

/* --- First the rows --- */

static LinliHubReply *
admit_work (LinliConn *conn,
            gpointer   data)
{
  Call *call = data;
  g_autoptr(GError) error = NULL;

  if (!linli_hub_files_admit (conn, call->visit->device, call->visit->word, call->row,
                              call->kind == LINLI_HUB_BLOB_BEGIN, &call->problem, &error))
    return linli_hub_reply_error (error);
  if (call->kind == LINLI_HUB_BLOB_MISSING && call->problem == NULL)
    {
      g_autofree char *unit = NULL;

      if (!linli_hub_files_unit (conn, call->visit->device, &unit, &error))
        return linli_hub_reply_error (error);
      call->hashes = linli_hub_files_referred (conn, unit, call->visit->now - LINLI_HUB_GRACE_DAYS * G_TIME_SPAN_DAY, &error);
      if (call->hashes == NULL)
        return linli_hub_reply_error (error);
    }
  return call->problem != NULL ? linli_hub_reply_problem (call->problem, NULL) : linli_hub_reply_new ("text/plain");
}

static void
admitted_cb (LinliHubWorkspace *workspace,
             LinliHubReply     *reply,
             const GError      *error,
             gpointer           data)
{
  Call *call = data;
  LinliHubVisit *visit = call->visit;
  LinliHubErrand *errand;

  if (reply == NULL)
    linli_hub_answer_problem (visit->request, "unavailable");
  else if (reply->status != 200)
    linli_hub_answer (visit->request, reply);
  else if (call->is_get)
    answer_file (call);
  else
    {
      errand = linli_hub_errand_new (call->kind, visit->workspace_id, visit->word);
      errand->offset = call->offset;
      errand->size = call->size;
      errand->last = call->last;
      errand->piece = g_bytes_ref (linli_http_request_get_body (visit->request));
      errand->hashes = g_steal_pointer (&call->hashes);
      linli_hub_blobs_run (linli_hub_service_get_blobs (visit->service), errand, errand_cb, call);
      return;
    }
  call_free (call);
}

static Call *
call_new (LinliHubVisit   *visit,
          LinliHubBlobKind kind)
{
  const char *row = linli_http_request_get_query (visit->request, "row");
  Call *call = g_new0 (Call, 1);

  call->visit = visit;
  call->kind = kind;
  call->row = row != NULL && linli_uuid_is_valid (row) ? g_strdup (row) : NULL;

  return call;
}

static void
admit (Call *call)
{
  linli_hub_workspace_run (call->visit->workspace, LINLI_DB_READ, admit_work, admitted_cb, call, NULL, NULL);
}

static void
refuse (Call *call)
{
  linli_hub_answer_problem (call->visit->request, "bad-batch");
  call_free (call);
}

void
linli_hub_door_missing (LinliHubVisit *visit)
{
  admit (call_new (visit, LINLI_HUB_BLOB_MISSING));
}

void
linli_hub_door_blob_look (LinliHubVisit *visit)
{
  admit (call_new (visit, LINLI_HUB_BLOB_LOOK));
}

void
linli_hub_door_blob_get (LinliHubVisit *visit)
{
  Call *call = call_new (visit, LINLI_HUB_BLOB_LOOK);

  call->is_get = TRUE;
  admit (call);
}

/* {"size": bytes}: begins a file, or says how far it is. */
void
linli_hub_door_blob_begin (LinliHubVisit *visit)
{
  Call *call = call_new (visit, LINLI_HUB_BLOB_BEGIN);
  g_autoptr(JsonObject) asked = linli_hub_read_json (visit->request);

  if (asked != NULL && linli_json_get_int (asked, "size", &call->size) && call->size >= 0)
    admit (call);
  else
    refuse (call);
}

/* Upload-Offset: where the body belongs. Upload-Complete: ?1 with the last. */
void
linli_hub_door_blob_append (LinliHubVisit *visit)
{
  Call *call = call_new (visit, LINLI_HUB_BLOB_APPEND);
  const char *offset = linli_http_request_get_header (visit->request, "Upload-Offset");
  const char *complete = linli_http_request_get_header (visit->request, "Upload-Complete");

  call->last = g_strcmp0 (complete, "?1") == 0;
  if (offset != NULL && g_ascii_string_to_signed (offset, 10, 0, LINLI_SHELF_FILE_MAX, &call->offset, NULL))
    admit (call);
  else
    refuse (call);
}
