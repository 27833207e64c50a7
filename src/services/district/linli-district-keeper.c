/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-district-keeper.h"

#include <glib/gstdio.h>

#include "linli-json.h"

#define ADDRESS "district.json"
#define ANSWER  "district-figures.json"

static JsonObject *
read_object (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &text, &size, NULL) ? linli_json_parse_object (text, (gssize) size, NULL) : NULL;
}

static gboolean
write_object (const char *folder,
              const char *name,
              JsonObject *object,
              GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = linli_json_object_to_text (object);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Returns: (transfer full) (nullable): none was given yet */
LinliDistrictAddress *
linli_district_keeper_load (const char *folder)
{
  g_autoptr(JsonObject) kept = read_object (folder, ADDRESS);

  if (kept == NULL || linli_json_get_text (kept, "url") == NULL || linli_json_get_text (kept, "key") == NULL)
    return NULL;
  return linli_district_address_new (linli_json_get_text (kept, "url"), linli_json_get_text (kept, "key"),
                                     linli_json_get_text (kept, "authority"));
}

/**
 * linli_district_keeper_save:
 * @folder: of the store
 * @error: %G_FILE_ERROR: what was kept before is kept still
 *
 * What came last goes: it may be another district's.
 */
gboolean
linli_district_keeper_save (const char                 *folder,
                            const LinliDistrictAddress *address,
                            GError                    **error)
{
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autofree char *answer = g_build_filename (folder, ANSWER, NULL);

  json_object_set_string_member (kept, "url", address->url);
  json_object_set_string_member (kept, "key", address->key);
  if (address->authority != NULL)
    json_object_set_string_member (kept, "authority", address->authority);
  if (!write_object (folder, ADDRESS, kept, error))
    return FALSE;
  g_unlink (answer);

  return TRUE;
}

void
linli_district_answer_free (LinliDistrictAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->from);
  g_free (self->to);
  g_free (self->compare);
  g_clear_pointer (&self->answer, json_object_unref);
  g_free (self);
}

/* Returns: (transfer full) (nullable): what came last */
LinliDistrictAnswer *
linli_district_keeper_load_answer (const char *folder)
{
  g_autoptr(JsonObject) kept = read_object (folder, ANSWER);
  JsonObject *answer = kept != NULL ? linli_json_get_object (kept, "answer") : NULL;
  LinliDistrictAnswer *self;

  if (answer == NULL)
    return NULL;
  self = g_new0 (LinliDistrictAnswer, 1);
  self->from = g_strdup (linli_json_get_text (kept, "from"));
  self->to = g_strdup (linli_json_get_text (kept, "to"));
  self->compare = g_strdup (linli_json_get_text (kept, "compare"));
  linli_json_get_int (kept, "at", &self->at);
  self->answer = json_object_ref (answer);
  return self;
}

/* A disk that is full costs the copy, not the figures. */
static void
keep_answer (const char          *folder,
             LinliDistrictAnswer *answer)
{
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (kept, "from", answer->from);
  json_object_set_string_member (kept, "to", answer->to);
  if (answer->compare != NULL)
    json_object_set_string_member (kept, "compare", answer->compare);
  json_object_set_int_member (kept, "at", answer->at);
  json_object_set_object_member (kept, "answer", json_object_ref (answer->answer));
  if (!write_object (folder, ANSWER, kept, &error))
    g_warning ("The district's figures are not kept: %s", error->message);
}

/* --- Reading, beside the main thread --- */

typedef struct
{
  char                 *folder;
  LinliDistrictAddress *address;
  LinliDistrictAnswer  *asked; /* without an answer yet */
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_free (job->folder);
  linli_district_address_free (job->address);
  linli_district_answer_free (job->asked);
  g_free (job);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  ReadJob *job = data;
  GError *error = NULL;

  job->asked->answer = linli_district_figures_ask (job->address, job->asked->from, job->asked->to, NULL,
                                                   job->asked->compare, &error);
  if (job->asked->answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!g_task_set_return_on_cancel (task, FALSE))
    return; /* somebody asked for something else meanwhile: that is what is kept */
  keep_answer (job->folder, job->asked);
  g_task_return_pointer (task, g_steal_pointer (&job->asked), (GDestroyNotify) linli_district_answer_free);
}

/**
 * linli_district_read_async:
 * @folder: of the store; the answer is kept there
 * @from: first day
 * @to: last day
 * @compare: (nullable): "before", "year"
 * @now: microseconds UTC
 */
void
linli_district_read_async (const char                 *folder,
                           const LinliDistrictAddress *address,
                           const char                 *from,
                           const char                 *to,
                           const char                 *compare,
                           gint64                      now,
                           GCancellable               *cancellable,
                           GAsyncReadyCallback         callback,
                           gpointer                    user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ReadJob *job = g_new0 (ReadJob, 1);

  job->folder = g_strdup (folder);
  job->address = linli_district_address_new (address->url, address->key, address->authority);
  job->asked = g_new0 (LinliDistrictAnswer, 1);
  job->asked->from = g_strdup (from);
  job->asked->to = g_strdup (to);
  job->asked->compare = g_strdup (compare);
  job->asked->at = now;
  g_task_set_task_data (task, job, read_job_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * linli_district_read_finish:
 * @error: see linli_district_ask()
 *
 * Returns: (transfer full)
 */
LinliDistrictAnswer *
linli_district_read_finish (GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
