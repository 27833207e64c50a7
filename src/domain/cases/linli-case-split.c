/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 拆分: several matters in one resident's words become parts, cases of their
 * own with a leaf, limits and a unit each. The whole keeps the words and the
 * resident, waits until no part is open, and is then reviewed with what came
 * of them. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-case-parts.h"
#include "linli-case-title.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"

#define MAX_PARTS 10
#define MAX_FILES 50

const LinliArgSpec linli_case_split_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "parts", LINLI_ARG_OBJECTS, TRUE, MAX_PARTS,
    .doc = "two to ten: text (the resident's sentences it is about), item (code of a leaf), and maybe title, urgency, "
           "attachments (ids of the case's own files that it needs)" },
  { NULL }
};

static const LinliArgSpec part_specs[] = {
  { "title", LINLI_ARG_TEXT, FALSE, 200 },
  { "text", LINLI_ARG_TEXT, TRUE, 4000 },
  { "item", LINLI_ARG_TEXT, TRUE, 60 },
  { "urgency", LINLI_ARG_TEXT, .choices = linli_case_urgencies },
  { "attachments", LINLI_ARG_TEXTS, FALSE, MAX_FILES },
  { NULL }
};

static gboolean
refuse (GError    **error,
        const char *reason,
        const char *words)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, reason, "case", words);
  return FALSE;
}

/* One level only. */
static gboolean
check_whole (LinliCaseFile *whole,
             JsonArray     *parts,
             GError       **error)
{
  gboolean has_parts = FALSE;

  if (!linli_row_is_null (whole->row, LINLI_CASE_PARENT_ID))
    return refuse (error, "part-of-a-case", N_("A part cannot be split again."));
  if (!linli_case_has_parts (whole->context, linli_case_file_get_id (whole), &has_parts, error))
    return FALSE;
  if (has_parts)
    return refuse (error, "split-already", N_("The case is split already."));
  return json_array_get_length (parts) >= 2 ||
         linli_refuse_invalid (error, "parts", N_("A split makes at least two parts."));
}

/* The number of the whole and a counter: whoever reads it knows what it is
 * a part of. */
static char *
make_number (LinliCaseFile *whole,
             guint         *n,
             GError       **error)
{
  const char *stem = linli_row_get_text (whole->row, LINLI_CASE_CASE_NO);
  gint64 taken = 1;
  g_autofree char *number = NULL;

  while (taken != 0)
    {
      g_free (number);
      number = g_strdup_printf ("%.56s-%u", stem, ++*n);
      if (!linli_conn_get_int (linli_tx_get_conn (whole->context->tx), &taken, error,
                               "SELECT EXISTS (SELECT 1 FROM cases WHERE case_no = ?1)", "s", number))
        return NULL;
    }
  return g_steal_pointer (&number);
}

static LinliCaseFile *
make_part (LinliCaseFile *whole,
           JsonObject    *part,
           const char    *number,
           LinliRow      *item)
{
  static const guint copied[] = {
    LINLI_CASE_NATURE, LINLI_CASE_CHANNEL_CODE, LINLI_CASE_COMMUNITY, LINLI_CASE_PLACE, LINLI_CASE_PLACE_ID,
    LINLI_CASE_GRID, LINLI_CASE_APPELLANT_ID, LINLI_CASE_APPELLANT_NAME, LINLI_CASE_OWNER_ID,
  };
  static const guint numbers[] = { LINLI_CASE_LATITUDE, LINLI_CASE_LONGITUDE, LINLI_CASE_RECEIVED_AT, LINLI_CASE_CONFIDENTIAL };
  static const guint zeros[] = { LINLI_CASE_N_SUBMISSIONS, LINLI_CASE_REDO_COUNT, LINLI_CASE_RETURN_COUNT, LINLI_CASE_REVISION };
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_case);
  g_autofree char *id = linli_command_new_id (whole->context);
  g_autofree char *derived = linli_case_title_from_text (linli_json_get_text (part, "text"));
  const char *title = linli_json_get_text (part, "title");
  const char *urgency = linli_json_get_text (part, "urgency");

  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    linli_row_set_text (row, copied[i], linli_row_get_text (whole->row, copied[i]));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!linli_row_is_null (whole->row, numbers[i]))
      linli_row_set_int (row, numbers[i], linli_row_get_int (whole->row, numbers[i]));
  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    linli_row_set_int (row, zeros[i], 0);
  if (urgency == NULL)
    urgency = linli_row_get_text (item, LINLI_DUTY_ITEM_URGENCY);
  linli_row_set_text (row, LINLI_CASE_ID, id);
  linli_row_set_text (row, LINLI_CASE_CASE_NO, number);
  linli_row_set_text (row, LINLI_CASE_TITLE, title != NULL && *title != '\0' ? title : derived);
  linli_row_set_text (row, LINLI_CASE_SUMMARY, linli_json_get_text (part, "text"));
  linli_row_set_text (row, LINLI_CASE_STATE, linli_case_state_to_id (LINLI_CASE_STATE_REGISTERED));
  linli_row_set_text (row, LINLI_CASE_URGENCY, urgency != NULL ? urgency : linli_row_get_text (whole->row, LINLI_CASE_URGENCY));
  linli_row_set_text (row, LINLI_CASE_PARENT_ID, linli_case_file_get_id (whole));
  linli_case_set_leaf (row, item);

  return linli_case_file_new (whole->context, row);
}

/* A file keeps its readers, and says where it is from. */
static gboolean
copy_file (LinliCaseFile *whole,
           LinliCaseFile *part,
           const char    *id,
           GError       **error)
{
  LinliCommandContext *context = whole->context;
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_attachment, id, "parts", error);
  g_autofree char *made = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  LinliCaseEntry entry = { .kind = "attach", .payload = payload };

  if (row == NULL)
    return FALSE;
  if (!g_str_equal (linli_row_get_text (row, LINLI_ATTACHMENT_CASE_ID), linli_case_file_get_id (whole)) ||
      !linli_row_is_null (row, LINLI_ATTACHMENT_REMOVED_AT))
    return linli_refuse_invalid (error, "parts", N_("This file does not belong to the case."));
  made = linli_command_new_id (context);
  entry.audience = linli_row_get_text (row, LINLI_ATTACHMENT_AUDIENCE);
  linli_payload_text (payload, "attachment", made);
  linli_payload_text (payload, "name", linli_row_get_text (row, LINLI_ATTACHMENT_NAME));
  linli_payload_text (payload, "from", linli_row_get_text (whole->row, LINLI_CASE_CASE_NO));
  linli_row_set_text (row, LINLI_ATTACHMENT_ID, made);
  linli_row_set_text (row, LINLI_ATTACHMENT_CASE_ID, linli_case_file_get_id (part));
  linli_row_set_null (row, LINLI_ATTACHMENT_SUBMISSION_ID);
  linli_row_set_null (row, LINLI_ATTACHMENT_ENTRY_ID);
  linli_row_set_int (row, LINLI_ATTACHMENT_ADDED_AT, linli_command_now (context));

  return linli_tx_insert (context->tx, row, error) && linli_case_file_add_entry (part, &entry, error);
}

static gboolean
copy_files (LinliCaseFile *whole,
            LinliCaseFile *part,
            JsonArray     *files,
            GError       **error)
{
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    if (!copy_file (whole, part, json_array_get_string_element (files, i), error))
      return FALSE;
  return TRUE;
}

/* The wait for dispatch began when the whole was registered, not now. */
static gint64
waiting_since (LinliCaseFile *whole)
{
  for (guint i = 0; i < whole->clocks->len; i++)
    {
      LinliRow *clock = whole->clocks->pdata[i];

      if (g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_KIND), "dispatch") &&
          linli_row_is_null (clock, LINLI_CLOCK_MET_AT) &&
          !g_str_equal (linli_row_get_text (clock, LINLI_CLOCK_STATE), "stopped"))
        return linli_row_get_int (clock, LINLI_CLOCK_STARTED_AT);
    }
  return linli_command_now (whole->context);
}

static gboolean
add_part (LinliCaseFile *whole,
          JsonObject    *args,
          gint64         since,
          guint         *n,
          GPtrArray     *numbers,
          GError       **error)
{
  g_autoptr(LinliRow) item = NULL;
  g_autoptr(LinliCaseFile) part = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "split", .audience = "unit", .payload = payload };
  char *number;

  if (!linli_args_check (part_specs, args, error) || linli_case_get_words (args, "text", error) == NULL)
    return FALSE;
  item = linli_case_find_leaf (whole->context, linli_json_get_text (args, "item"), error);
  number = item != NULL ? make_number (whole, n, error) : NULL;
  if (number == NULL)
    return FALSE;
  g_ptr_array_add (numbers, number);
  part = make_part (whole, args, number, item);
  linli_payload_text (payload, "from", linli_row_get_text (whole->row, LINLI_CASE_CASE_NO));

  /* Stored first: what follows speaks of it. */
  return linli_case_clocks_start_at (part, NULL, "dispatch", since, error) &&
         linli_case_file_add_entry (part, &entry, error) &&
         copy_files (whole, part, linli_json_get_array (args, "attachments"), error) &&
         linli_case_file_save (part, error);
}

static gboolean
add_parts (LinliCaseFile *whole,
           JsonArray     *parts,
           GPtrArray     *numbers,
           GError       **error)
{
  gint64 since;
  guint n = 0;

  if (linli_case_file_get_clocks (whole, error) == NULL)
    return FALSE;
  since = waiting_since (whole);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    if (!add_part (whole, json_array_get_object_element (parts, i), since, &n, numbers, error))
      return FALSE;
  return TRUE;
}

gboolean
linli_case_split_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  JsonArray *parts = linli_json_get_array (args, "parts");
  g_autoptr(LinliCaseFile) whole = linli_case_file_open (context, args, NULL, error);
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "split", .audience = "unit", .payload = payload };

  if (whole == NULL || !check_whole (whole, parts, error) || !add_parts (whole, parts, numbers, error) ||
      !linli_case_clocks_stop (whole, NULL, error))
    return FALSE;
  linli_payload_texts (payload, "parts", numbers);
  linli_case_file_set_state (whole, whole->transition->to);
  linli_command_tell (context, "first", numbers->pdata[0]);
  linli_command_tell_int (context, "n_parts", numbers->len);

  return linli_case_file_add_entry (whole, &entry, error) && linli_case_file_save (whole, error);
}
