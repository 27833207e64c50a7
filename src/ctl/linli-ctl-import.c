/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files into the store and out of it. */

#include "config.h"

#include "linli-ctl-import.h"

#include "linli-duty-file.h"
#include "linli-holiday-file.h"
#include "linli-import-places.h"
#include "linli-json.h"
#include "linli-place-file.h"

static JsonArray *
texts_to_array (GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, texts->pdata[i]);
  return array;
}

/* Beside the file, where a person looks for it. */
static char *
refused_path (const char *path)
{
  return g_strconcat (path, ".refused.csv", NULL);
}

/* Lines that are encoded otherwise than the beginning of the file. */
static void
tell_mixed (JsonObject            *answer,
            const LinliTableNotes *notes,
            LinliEncoding          encoding)
{
  JsonObject *mixed;

  if (notes->count[LINLI_TABLE_NOTE_MIXED_ENCODING] == 0)
    return;
  mixed = json_object_new ();
  json_object_set_string_member (mixed, "file", linli_encoding_get_name (encoding));
  json_object_set_int_member (mixed, "lines", (gint64) notes->count[LINLI_TABLE_NOTE_MIXED_ENCODING]);
  json_object_set_int_member (mixed, "first", (gint64) notes->first_line[LINLI_TABLE_NOTE_MIXED_ENCODING]);
  json_object_set_int_member (mixed, "last", (gint64) notes->last_line[LINLI_TABLE_NOTE_MIXED_ENCODING]);
  json_object_set_object_member (answer, "other_encoding", mixed);
}

/* What the list of places would make of the file; nothing is brought in. */
static gboolean
look_at_places (LinliCtl      *ctl,
                LinliImporter *importer,
                LinliStore    *store,
                GError       **error)
{
  g_autoptr(LinliImportPlaces) places = linli_import_places_look (importer, store, NULL, error);
  g_autoptr(JsonObject) answer = json_object_new ();
  JsonArray *unknown = json_array_new ();

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->unknown->len; i++)
    {
      const LinliUnknownPlace *one = places->unknown->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "place", one->text);
      json_object_set_int_member (object, "rows", one->n);
      json_array_add_object_element (unknown, object);
    }
  json_object_set_int_member (answer, "rows", places->n_rows);
  json_object_set_int_member (answer, "rows_with_place", places->n_named);
  json_object_set_int_member (answer, "places_known", places->n_found);
  json_object_set_int_member (answer, "unknown_places", places->n_unknown);
  json_object_set_array_member (answer, "most_frequent_unknown", unknown);
  tell_mixed (answer, &places->notes, places->encoding);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

static gboolean
import_cases (LinliCtl  *ctl,
              GFile     *file,
              int       *exit_code,
              GError   **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr(LinliImporter) importer = store != NULL ? linli_importer_open (file, store, zone, NULL, error) : NULL;
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *refused = refused_path (path);
  g_autoptr(LinliImportResult) result = NULL;
  g_autoptr(JsonObject) answer = json_object_new ();

  if (importer == NULL)
    return FALSE;
  if (ctl->dry_run)
    return look_at_places (ctl, importer, store, error);
  result = linli_importer_run (importer, store, refused, NULL, error);
  if (result == NULL)
    return FALSE;

  json_object_set_string_member (answer, "import", result->import);
  json_object_set_string_member (answer, "preset", linli_importer_get_preset (importer) != NULL
                                                     ? linli_importer_get_preset (importer) : "by headings");
  json_object_set_int_member (answer, "new", result->n_new);
  json_object_set_int_member (answer, "known", result->n_known);
  json_object_set_int_member (answer, "places", result->n_places);
  json_object_set_int_member (answer, "refused", result->n_refused);
  if (result->refused_path != NULL)
    json_object_set_string_member (answer, "refused_rows", result->refused_path);
  tell_mixed (answer, &result->notes, result->encoding);
  linli_ctl_print_object (ctl, answer);
  *exit_code = result->n_refused > 0 ? LINLI_EXIT_PROBLEMS : LINLI_EXIT_OK;

  return TRUE;
}

typedef struct
{
  LinliStore          *store;
  LinliDutyFile       *duty;
  const char          *source;
  LinliDutyFileResult  result;
  LinliHolidayFile    *holidays;
  LinliPlaceFile      *places;
  gboolean             dry_run;
} Job;

static gpointer
duty_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Job *job = data;

  linli_duty_file_import (job->duty, job->store, conn, job->source, &job->result, error);
  return NULL;
}

static gboolean
run_in_store (LinliStore   *store,
              LinliDbFunc   func,
              Job          *job,
              GError      **error)
{
  g_autoptr(GError) local = NULL;

  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, func, job, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
import_duty_list (LinliCtl  *ctl,
                  GFile     *file,
                  int       *exit_code,
                  GError   **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(LinliDutyFile) duty = store != NULL ? linli_duty_file_read (file, NULL, error) : NULL;
  g_autofree char *base = g_file_get_basename (file);
  g_autoptr(JsonObject) answer = json_object_new ();
  Job job = { store, duty, base, { 0 }, NULL, NULL };

  if (duty == NULL || !run_in_store (store, duty_job, &job, error))
    return FALSE;

  json_object_set_int_member (answer, "leaves", duty->n_leaves);
  json_object_set_int_member (answer, "new", job.result.n_new);
  json_object_set_int_member (answer, "changed", job.result.n_changed);
  json_object_set_int_member (answer, "same", job.result.n_same);
  json_object_set_array_member (answer, "warnings", texts_to_array (duty->warnings));
  linli_ctl_print_object (ctl, answer);
  *exit_code = duty->warnings->len > 0 ? LINLI_EXIT_PROBLEMS : LINLI_EXIT_OK;

  return TRUE;
}

static gpointer
holiday_job (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  Job *job = data;

  linli_holiday_file_import (job->holidays, job->store, conn,
                             job->dry_run ? LINLI_EXECUTE_DRY_RUN : LINLI_EXECUTE_QUEUE, error);
  return NULL;
}

static gboolean
import_holidays (LinliCtl  *ctl,
                 GFile     *file,
                 int       *exit_code,
                 GError   **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(LinliHolidayFile) holidays = store != NULL ? linli_holiday_file_read (file, error) : NULL;
  g_autoptr(JsonObject) answer = json_object_new ();
  JsonArray *moved;
  Job job = { store, NULL, NULL, { 0 }, holidays, NULL, ctl->dry_run };

  if (holidays == NULL || !run_in_store (store, holiday_job, &job, error))
    return FALSE;

  moved = json_array_new ();
  for (guint i = 0; i < holidays->moved->len; i++)
    json_array_add_object_element (moved, json_object_ref (holidays->moved->pdata[i]));
  json_object_set_int_member (answer, "days", holidays->n_days);
  linli_json_set_text (answer, "operation", holidays->operation);
  json_object_set_array_member (answer, "moved", moved);
  json_object_set_array_member (answer, "warnings", texts_to_array (holidays->warnings));
  linli_ctl_print_object (ctl, answer);
  *exit_code = holidays->warnings->len > 0 ? LINLI_EXIT_PROBLEMS : LINLI_EXIT_OK;

  return TRUE;
}

static gpointer
place_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Job *job = data;
  g_autoptr(GPtrArray) operations = linli_place_file_import (job->places, job->store, conn, error);

  return NULL;
}

static JsonArray *
list_refused (LinliPlaceFile *places)
{
  JsonArray *refused = json_array_new ();

  for (guint i = 0; i < places->lines->len; i++)
    {
      LinliPlaceLine *line = places->lines->pdata[i];
      JsonObject *object;

      if (line->verdict != LINLI_PLACE_REFUSED)
        continue;
      object = json_object_new ();
      json_object_set_int_member (object, "line", (gint64) line->line);
      json_object_set_string_member (object, "name", linli_json_get_text (line->place, "name"));
      json_object_set_string_member (object, "reason", line->reason);
      json_array_add_object_element (refused, object);
    }
  return refused;
}

static gboolean
import_places (LinliCtl  *ctl,
               GFile     *file,
               int       *exit_code,
               GError   **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(LinliPlaceFile) places = store != NULL ? linli_place_file_read (file, NULL, error) : NULL;
  g_autoptr(JsonObject) answer = json_object_new ();
  Job job = { store, NULL, NULL, { 0 }, NULL, places };

  if (places == NULL || !run_in_store (store, place_job, &job, error))
    return FALSE;

  for (guint i = 0; i < LINLI_PLACE_REFUSED; i++)
    json_object_set_int_member (answer, linli_place_verdict_to_id (i), places->counts[i]);
  json_object_set_array_member (answer, "refused", list_refused (places));
  linli_ctl_print_object (ctl, answer);
  *exit_code = places->counts[LINLI_PLACE_REFUSED] > 0 ? LINLI_EXIT_PROBLEMS : LINLI_EXIT_OK;

  return TRUE;
}

/* The verb import KIND FILE. */
gboolean
linli_ctl_import (LinliCtl *ctl,
                  int       argc,
                  char    **argv,
                  int      *exit_code,
                  GError  **error)
{
  g_autoptr(GFile) file = NULL;

  if (argc < 2)
    return linli_ctl_usage (error, "Say what and from where: linlictl import cases|duty|holidays|places FILE");
  file = g_file_new_for_commandline_arg (argv[1]);
  if (g_str_equal (argv[0], "cases"))
    return import_cases (ctl, file, exit_code, error);
  if (g_str_equal (argv[0], "duty"))
    return import_duty_list (ctl, file, exit_code, error);
  if (g_str_equal (argv[0], "holidays"))
    return import_holidays (ctl, file, exit_code, error);
  if (g_str_equal (argv[0], "places"))
    return import_places (ctl, file, exit_code, error);
  return linli_ctl_usage (error, "The kinds are cases, duty, holidays and places");
}
