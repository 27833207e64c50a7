/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words and files that are added to a case, each for an audience. Nothing
 * here, nor anywhere else, makes an audience wider than it was written for. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-family.h"
#include "linli-core-tables.h"
#include "linli-evidence-kinds.h"
#include "linli-json.h"
#include "linli-unit-scope.h"

#define MAX_ATTACHMENT_SIZE (G_GINT64_CONSTANT (50) * 1024 * 1024)

const LinliArgSpec linli_case_note_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "body", LINLI_ARG_TEXT, TRUE, 20000 },
  { "audience", LINLI_ARG_TEXT, TRUE, .choices = linli_case_audiences },
  { "draft", LINLI_ARG_ID, .doc = "the draft it was typed in, discarded with it" },
  { NULL }
};

static const LinliArgSpec file_specs[] = {
  { "sha256", LINLI_ARG_TEXT, TRUE, 64 },
  { "name", LINLI_ARG_TEXT, TRUE, 200 },
  { "content_type", LINLI_ARG_TEXT, TRUE, 120 },
  { "size", LINLI_ARG_INT, TRUE },
  { NULL }
};

const LinliArgSpec linli_case_attach_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "sha256", LINLI_ARG_TEXT, TRUE, 64, .doc = "of the content, lower-case hexadecimal" },
  { "name", LINLI_ARG_TEXT, TRUE, 200 },
  { "content_type", LINLI_ARG_TEXT, TRUE, 120 },
  { "size", LINLI_ARG_INT, TRUE, .doc = "bytes, 50 MB at most" },
  { "audience", LINLI_ARG_TEXT, TRUE, .choices = linli_case_audiences },
  { "entry", LINLI_ARG_ID, .doc = "the line of the timeline it belongs to" },
  { "evidence", LINLI_ARG_TEXT, .choices = linli_evidence_kinds, .doc = "what of the closing evidence it shows" },
  { NULL }
};

const LinliArgSpec linli_case_detach_args[] = {
  { "attachment", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000 },
  { NULL }
};

/**
 * linli_case_discard_draft:
 * @args: its "draft", when there, names what was typed on the way here
 *
 * What is handed in is no longer a draft: both happen or neither.
 */
gboolean
linli_case_discard_draft (LinliCommandContext *context,
                          JsonObject          *args,
                          GError             **error)
{
  const char *id = linli_json_get_text (args, "draft");
  g_autoptr(LinliRow) draft = NULL;

  if (id == NULL)
    return TRUE;
  return linli_tx_find (context->tx, &linli_table_draft, id, &draft, error) &&
         (draft == NULL || linli_tx_delete (context->tx, &linli_table_draft, id, error));
}

gboolean
linli_case_note_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *body = linli_case_get_words (args, "body", error);
  g_autofree char *id = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "note", .audience = linli_json_get_text (args, "audience"),
                                 .body = body, .payload = payload, .id = &id };
  g_autoptr(LinliCaseFile) file = body != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;

  if (file == NULL || !linli_unit_scope_check_words (context, entry.audience, error) ||
      !linli_case_file_follow (file, payload, error) ||
      !linli_case_file_add_entry (file, &entry, error) ||
      !linli_case_file_save (file, error) ||
      !linli_case_discard_draft (context, args, error))
    return FALSE;
  linli_command_tell (context, "entry", id);

  return TRUE;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
check_file (JsonObject *attachment,
            GError    **error)
{
  gint64 size = 0;

  linli_json_get_int (attachment, "size", &size);
  if (!is_sha256 (linli_json_get_text (attachment, "sha256")))
    return linli_refuse_invalid (error, "sha256", N_("This is not a SHA-256 sum."));
  if (size < 0)
    return linli_refuse_invalid (error, "size", N_("A file cannot be smaller than empty."));
  if (size > MAX_ATTACHMENT_SIZE)
    return linli_refuse_invalid (error, "size", N_("The file is larger than 50 MB."));
  return TRUE;
}

/**
 * linli_case_add_attachment:
 * @attachment: sha256, name, content_type, size, checked here
 * @field: (nullable): the argument it came in, where its own names would tell
 *   the caller nothing
 * @submission: (nullable): what it was handed in with
 * @entry: (nullable): the line it belongs to
 * @id: (out) (optional) (transfer full)
 */
gboolean
linli_case_add_attachment (LinliCaseFile *file,
                           JsonObject    *attachment,
                           const char    *field,
                           const char    *audience,
                           const char    *submission,
                           const char    *entry,
                           char         **id,
                           GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_attachment);
  g_autofree char *made = NULL;
  gint64 size = 0;

  if ((field != NULL && !linli_args_check (file_specs, attachment, error)) || !check_file (attachment, error))
    return FALSE;
  made = linli_command_new_id (context);
  linli_json_get_int (attachment, "size", &size);
  linli_row_set_text (row, LINLI_ATTACHMENT_ID, made);
  linli_row_set_text (row, LINLI_ATTACHMENT_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_ATTACHMENT_SUBMISSION_ID, submission);
  linli_row_set_text (row, LINLI_ATTACHMENT_ENTRY_ID, entry);
  linli_row_set_text (row, LINLI_ATTACHMENT_SHA256, linli_json_get_text (attachment, "sha256"));
  linli_row_set_text (row, LINLI_ATTACHMENT_NAME, linli_json_get_text (attachment, "name"));
  linli_row_set_text (row, LINLI_ATTACHMENT_CONTENT_TYPE, linli_json_get_text (attachment, "content_type"));
  linli_row_set_int (row, LINLI_ATTACHMENT_SIZE, size);
  linli_row_set_text (row, LINLI_ATTACHMENT_AUDIENCE, audience);
  linli_row_set_int (row, LINLI_ATTACHMENT_ADDED_AT, linli_command_now (context));
  if (!linli_tx_insert (context->tx, row, error))
    return FALSE;
  if (id != NULL)
    *id = g_steal_pointer (&made);

  return TRUE;
}

static guint
audience_rank (const char *audience)
{
  for (guint i = 0; linli_case_audiences[i] != NULL; i++)
    if (g_str_equal (linli_case_audiences[i], audience))
      return i;
  return 0;
}

/* A file shown with an internal line must not be what gives it away. */
static gboolean
check_entry (LinliCaseFile *file,
             const char    *entry,
             const char    *audience,
             GError       **error)
{
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *root = NULL;

  if (entry == NULL)
    return TRUE;
  row = linli_command_get (file->context, &linli_table_entry, entry, "entry", error);
  if (row == NULL)
    return FALSE;
  if (!linli_case_find_root (linli_tx_get_conn (file->context->tx), linli_row_get_text (row, LINLI_ENTRY_CASE_ID),
                             &root, error))
    return FALSE;
  if (!g_str_equal (root, linli_case_file_get_id (file)) &&
      !g_str_equal (linli_row_get_text (row, LINLI_ENTRY_CASE_ID), linli_case_file_get_id (file)))
    return linli_refuse_invalid (error, "entry", N_("This belongs to another case."));
  return audience_rank (audience) <= audience_rank (linli_row_get_text (row, LINLI_ENTRY_AUDIENCE)) ||
         linli_refuse_invalid (error, "audience", N_("A file cannot be shown to more people than the words it belongs to."));
}

static gboolean
check_evidence (JsonObject *args,
                GError    **error)
{
  const char *kind = linli_json_get_text (args, "evidence");
  g_autofree char *type = g_ascii_strdown (linli_json_get_text (args, "content_type"), -1);

  return kind == NULL || !g_str_has_prefix (kind, "photo") || g_str_has_prefix (type, "image/") ||
         linli_refuse_invalid (error, "evidence", N_("This is no picture: a photo is asked for here."));
}

gboolean
linli_case_attach_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *audience = linli_json_get_text (args, "audience");
  const char *entry_id = linli_json_get_text (args, "entry");
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autofree char *id = NULL;
  const LinliCaseEntry entry = { .kind = "attach", .audience = audience, .payload = payload };

  if (file == NULL || !linli_unit_scope_check_words (context, audience, error) || !check_evidence (args, error) ||
      !linli_case_file_follow (file, payload, error) || !check_entry (file, entry_id, audience, error) ||
      !linli_case_add_attachment (file, args, NULL, audience, NULL, entry_id, &id, error))
    return FALSE;
  linli_payload_text (payload, "attachment", id);
  linli_payload_text (payload, "name", linli_json_get_text (args, "name"));
  linli_payload_text (payload, "evidence", linli_json_get_text (args, "evidence"));
  linli_command_tell (context, "attachment", id);

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

gboolean
linli_case_detach_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_attachment,
                                               linli_json_get_text (args, "attachment"), "attachment", error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  LinliCaseEntry entry = { .kind = "detach", .body = linli_json_get_text (args, "reason"), .payload = payload };
  g_autoptr(LinliCaseFile) file = NULL;

  if (row == NULL)
    return FALSE;
  file = linli_case_file_find (context, linli_row_get_text (row, LINLI_ATTACHMENT_CASE_ID), "attachment", error);
  if (file == NULL || !linli_unit_scope_check_case (context, linli_case_file_get_id (file), "attachment", error))
    return FALSE;
  if (!linli_row_is_null (row, LINLI_ATTACHMENT_REMOVED_AT))
    return linli_refuse_invalid (error, "attachment", N_("This was already removed."));

  linli_row_set_int (row, LINLI_ATTACHMENT_REMOVED_AT, linli_command_now (context));
  linli_payload_text (payload, "attachment", linli_row_get_id (row));
  linli_payload_text (payload, "name", linli_row_get_text (row, LINLI_ATTACHMENT_NAME));
  entry.audience = linli_row_get_text (row, LINLI_ATTACHMENT_AUDIENCE);
  return linli_tx_update (context->tx, row, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}
