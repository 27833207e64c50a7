/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came to a case after another was merged into it, when that one leaves:
 * it stays, goes along or is copied, and never gets another reader. */

#include "config.h"

#include "linli-unmerge-private.h"

#include <glib/gi18n.h>

#include "linli-json.h"
#include "linli-merge-tables.h"

static const char *const places[] = { "stay", "source", "copy", NULL };

static const LinliArgSpec assign_specs[] = {
  { "entry", LINLI_ARG_ID },
  { "submission", LINLI_ARG_ID },
  { "to", LINLI_ARG_TEXT, TRUE, .choices = places },
  { NULL }
};

static gboolean
refuse_assigned (GError **error)
{
  return linli_refuse_invalid (error, "assign", N_("Only what came to the other case since the merge can be assigned."));
}

static gboolean
came_since (LinliUnmerge *self,
            const char   *case_id,
            gint64        at)
{
  return g_str_equal (case_id, linli_case_file_get_id (self->root)) &&
         at >= linli_row_get_int (self->record, LINLI_MERGE_MERGED_AT);
}

/* Words written for the other case's units or resident are not theirs to read
 * who come with this one, unless they were written to its number. */
static const char *
narrowed (LinliUnmerge *self,
          LinliRow     *entry)
{
  const char *text = linli_row_get_text (entry, LINLI_ENTRY_PAYLOAD);
  g_autoptr(JsonObject) payload = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  const char *via = payload != NULL ? linli_json_get_text (payload, "via") : NULL;

  return g_strcmp0 (via, linli_row_get_text (self->source->row, LINLI_CASE_CASE_NO)) == 0
           ? linli_row_get_text (entry, LINLI_ENTRY_AUDIENCE)
           : "internal";
}

/* The files of an entry go where it goes. */
static gboolean
move_files (LinliUnmerge *self,
            LinliRow     *entry,
            const char   *audience,
            GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  const char *text = linli_row_get_text (entry, LINLI_ENTRY_PAYLOAD);
  g_autoptr(JsonObject) payload = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  const char *named = payload != NULL && g_str_equal (linli_row_get_text (entry, LINLI_ENTRY_KIND), "attach")
                        ? linli_json_get_text (payload, "attachment")
                        : NULL;
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, &linli_table_attachment, error,
                                               "case_id = ?1 AND (entry_id = ?2 OR id = ?3) ORDER BY id", "sss",
                                               linli_case_file_get_id (self->root), linli_row_get_id (entry),
                                               named != NULL ? named : "");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (rows->pdata[i]);

      linli_row_set_text (row, LINLI_ATTACHMENT_CASE_ID, linli_case_file_get_id (self->source));
      if (g_str_equal (audience, "internal"))
        linli_row_set_text (row, LINLI_ATTACHMENT_AUDIENCE, audience);
      if (!linli_tx_update (tx, row, error))
        return FALSE;
    }
  return rows != NULL;
}

static gboolean
copy_entry (LinliUnmerge *self,
            LinliRow     *entry,
            const char   *audience,
            GError      **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry copy = { .kind = linli_row_get_text (entry, LINLI_ENTRY_KIND), .audience = audience,
                                .body = linli_row_get_text (entry, LINLI_ENTRY_BODY), .payload = payload };

  linli_payload_text (payload, "from", linli_row_get_text (self->root->row, LINLI_CASE_CASE_NO));
  return linli_case_file_add_entry (self->source, &copy, error);
}

/* What only the centre or a person said can go; what the case went through stays. */
static gboolean
assign_entry (LinliUnmerge *self,
              const char   *id,
              const char   *to,
              GError      **error)
{
  static const char *const movable[] = { "note", "attach", "reply", NULL };
  LinliCommandContext *context = self->source->context;
  g_autoptr(LinliRow) entry = linli_command_get (context, &linli_table_entry, id, "assign", error);
  const char *audience;

  if (entry == NULL)
    return FALSE;
  if (!came_since (self, linli_row_get_text (entry, LINLI_ENTRY_CASE_ID), linli_row_get_int (entry, LINLI_ENTRY_AT)) ||
      !g_strv_contains (movable, linli_row_get_text (entry, LINLI_ENTRY_KIND)))
    return refuse_assigned (error);
  audience = narrowed (self, entry);
  if (g_str_equal (to, "copy"))
    return copy_entry (self, entry, audience, error);
  if (!move_files (self, entry, audience, error))
    return FALSE;
  linli_row_set_text (entry, LINLI_ENTRY_CASE_ID, linli_case_file_get_id (self->source));
  linli_row_set_text (entry, LINLI_ENTRY_AUDIENCE, audience);

  return linli_tx_update (context->tx, entry, error);
}

/* A voice that came since goes with its own line and files. */
static gboolean
assign_submission (LinliUnmerge *self,
                   const char   *id,
                   GError      **error)
{
  LinliTx *tx = self->source->context->tx;
  g_autoptr(LinliRow) submission = linli_command_get (self->source->context, &linli_table_submission, id, "assign", error);
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) files = NULL;

  if (submission == NULL)
    return FALSE;
  entries = linli_tx_select (tx, &linli_table_entry, error, "submission_id = ?1 AND case_id = ?2 ORDER BY id", "ss", id,
                             linli_case_file_get_id (self->root));
  files = linli_tx_select (tx, &linli_table_attachment, error, "submission_id = ?1 AND case_id = ?2 ORDER BY id", "ss",
                           id, linli_case_file_get_id (self->root));
  if (entries == NULL || files == NULL)
    return FALSE;
  if (!linli_row_is_null (submission, LINLI_SUBMISSION_HOME_ID) || entries->len == 0 ||
      !came_since (self, linli_row_get_text (submission, LINLI_SUBMISSION_CASE_ID),
                   linli_row_get_int (entries->pdata[0], LINLI_ENTRY_AT)))
    return refuse_assigned (error);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (entries->pdata[i]);

      linli_row_set_text (row, LINLI_ENTRY_CASE_ID, linli_case_file_get_id (self->source));
      if (!linli_tx_update (tx, row, error))
        return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (files->pdata[i]);

      linli_row_set_text (row, LINLI_ATTACHMENT_CASE_ID, linli_case_file_get_id (self->source));
      if (!linli_tx_update (tx, row, error))
        return FALSE;
    }

  return linli_unmerge_take_home (self, submission, error);
}

static gboolean
assign_one (LinliUnmerge *self,
            JsonObject   *choice,
            GError      **error)
{
  const char *entry = linli_json_get_text (choice, "entry");
  const char *submission = linli_json_get_text (choice, "submission");
  const char *to;

  if (!linli_args_check (assign_specs, choice, error))
    return FALSE;
  to = linli_json_get_text (choice, "to");
  if ((entry == NULL) == (submission == NULL))
    return linli_refuse_invalid (error, "assign", N_("Name an entry or a submission."));
  if (g_str_equal (to, "stay"))
    return TRUE;
  if (entry != NULL)
    return assign_entry (self, entry, to, error);
  if (g_str_equal (to, "copy"))
    return linli_refuse_invalid (error, "assign", N_("A resident’s words belong to one case; they can stay or go."));
  return assign_submission (self, submission, error);
}

/**
 * linli_unmerge_assign:
 * @choices: (nullable): see the command's argument "assign"
 *
 * Puts what came to the other case since the merge where somebody wants it.
 */
gboolean
linli_unmerge_assign (LinliUnmerge *self,
                      JsonArray    *choices,
                      GError      **error)
{
  for (guint i = 0; choices != NULL && i < json_array_get_length (choices); i++)
    if (!assign_one (self, json_array_get_object_element (choices, i), error))
      return FALSE;
  return TRUE;
}

