/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Intake: who came with what words becomes a submission, kept verbatim, and
 * a case to be solved, or another submission of a case already open. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-attributes.h"
#include "linli-case-clocks.h"
#include "linli-case-title.h"
#include "linli-closing-private.h"
#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-place-resolve.h"

/* Clocks of two desks may differ by this much; beyond it is the future. */
#define CLOCK_TOLERANCE (10 * 60 * G_USEC_PER_SEC)
#define DEGREE G_GINT64_CONSTANT (10000000)

const char *const linli_case_urgencies[] = { "urgent", "normal", "hard", NULL };
const char *const linli_case_lanes[] = { "major", "minor", "private", NULL };
const char *const linli_case_audiences[] = { "internal", "unit", "resident", NULL };

static const char *const case_series[] = { "case", NULL };
static const char *const receipt_series[] = { "receipt", NULL };

const LinliArgSpec linli_case_intake_args[] = {
  { "text", LINLI_ARG_TEXT, TRUE, 20000, .doc = "the resident's own words" },
  { "subject", LINLI_ARG_TEXT, FALSE, 400, .doc = "as the resident headed it" },
  { "channel", LINLI_ARG_TEXT, TRUE, 60, .doc = "code of the channel" },
  { "received_at", LINLI_ARG_TIME, .doc = "when it came; now when absent" },
  { "appellant", LINLI_ARG_OBJECT, .doc = "who came: id of a known person, or name, phone, anonymous, confidential, "
                                          "address, contact_ok, id_tail, note" },
  { "title", LINLI_ARG_TEXT, FALSE, 200, .doc = "made from the text when absent" },
  { "summary", LINLI_ARG_TEXT, FALSE, 4000 },
  { "nature", LINLI_ARG_TEXT, FALSE, 20 },
  { "urgency", LINLI_ARG_TEXT, .choices = linli_case_urgencies, .doc = "as the duty item says when absent" },
  { "community", LINLI_ARG_TEXT, FALSE, 60 },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "place_id", LINLI_ARG_ID },
  { "item", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of a leaf of the duty list" },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code: value}: what is asked about matters of the leaf" },
  { "reply_wanted", LINLI_ARG_BOOL },
  { "attach_to", LINLI_ARG_ID, .doc = "an open case that this is one more voice of" },
  { "again_of", LINLI_ARG_ID, .doc = "a settled case whose matter is brought again: reopened inside the review "
                                     "period, linked later" },
  { "accept", LINLI_ARG_BOOL, .doc = "register it at once under the item" },
  { "attachments", LINLI_ARG_OBJECTS, FALSE, 50, .doc = "files already in the store's folder: sha256, name, content_type, size" },
  { "draft", LINLI_ARG_ID, .doc = "the draft it was typed in, discarded with it" },
  { "case_no", LINLI_ARG_NUMBER, FALSE, 60, case_series, "printed number of a new case" },
  { "receipt_no", LINLI_ARG_NUMBER, FALSE, 60, receipt_series, "printed number of the submission" },
  { "external_no", LINLI_ARG_TEXT, FALSE, 120, .doc = "the other system's number of the submission" },
  { "latitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "longitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { NULL }
};

static gboolean
check_channel (LinliCommandContext *context,
               const char          *code,
               GError             **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT 1 FROM channel WHERE code = ?1 AND active = 1", "s", code))
    return FALSE;
  return n == 1 || linli_refuse_invalid (error, "channel", N_("There is no such channel."));
}

static gboolean
get_received_at (LinliCommandContext *context,
                 JsonObject          *args,
                 gint64              *received_at,
                 GError             **error)
{
  gint64 now = linli_command_now (context);

  *received_at = now;
  linli_args_get_time (args, "received_at", received_at);
  if (*received_at > now + CLOCK_TOLERANCE)
    return linli_refuse_invalid (error, "received_at", N_("This time is still to come."));
  return TRUE;
}

/* The words stay as they were typed; the list of places says what they mean. */
static gboolean
set_point (LinliRow   *row,
           JsonObject *args,
           GError    **error)
{
  static const struct { guint column; const char *arg; gint64 most; } axes[] = {
    { LINLI_CASE_LATITUDE, "latitude", 90 * DEGREE }, { LINLI_CASE_LONGITUDE, "longitude", 180 * DEGREE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      gint64 value = 0;

      if (!linli_json_get_int (args, axes[i].arg, &value))
        continue;
      if (value > axes[i].most || value < -axes[i].most)
        return linli_refuse_invalid (error, axes[i].arg, N_("There is no such place on the earth."));
      linli_row_set_int (row, axes[i].column, value);
    }
  return TRUE;
}

static gboolean
set_place (LinliCommandContext *context,
           LinliRow            *row,
           JsonObject          *args,
           GError             **error)
{
  const char *id = linli_json_get_text (args, "place_id");
  const char *community = linli_json_get_text (args, "community");
  g_autoptr(LinliRow) picked = NULL;
  g_autoptr(LinliPlaceFound) found = NULL;

  if (id != NULL)
    {
      picked = linli_command_get (context, &linli_table_place, id, "place_id", error);
      if (picked == NULL)
        return FALSE;
    }
  if (!linli_place_resolve (linli_tx_get_conn (context->tx), id, linli_json_get_text (args, "place"), community, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  linli_row_set_text (row, LINLI_CASE_PLACE_ID, linli_row_get_id (found->row));
  linli_row_set_text (row, LINLI_CASE_GRID, found->grid);
  if ((community == NULL || *community == '\0') && found->community != NULL)
    linli_row_set_text (row, LINLI_CASE_COMMUNITY, found->community);
  return TRUE;
}

static void
set_appellant (LinliRow *row,
               LinliRow *appellant)
{
  if (appellant == NULL)
    return;
  linli_row_set_text (row, LINLI_CASE_APPELLANT_ID, linli_row_get_id (appellant));
  linli_row_set_text (row, LINLI_CASE_APPELLANT_NAME, linli_row_get_text (appellant, LINLI_APPELLANT_NAME));
  linli_row_set_int (row, LINLI_CASE_CONFIDENTIAL, linli_row_get_int (appellant, LINLI_APPELLANT_CONFIDENTIAL));
}

static const char *
get_urgency (JsonObject *args,
             LinliRow   *item)
{
  const char *urgency = linli_json_get_text (args, "urgency");

  if (urgency == NULL && item != NULL)
    urgency = linli_row_get_text (item, LINLI_DUTY_ITEM_URGENCY);
  return urgency != NULL ? urgency : "normal";
}

static LinliCaseFile *
make_case (LinliCommandContext *context,
           JsonObject          *args,
           LinliRow            *appellant,
           LinliRow            *item,
           gint64               received_at,
           GError             **error)
{
  static const struct { guint column; const char *arg; } plain[] = {
    { LINLI_CASE_CASE_NO, "case_no" }, { LINLI_CASE_SUMMARY, "summary" }, { LINLI_CASE_NATURE, "nature" },
    { LINLI_CASE_CHANNEL_CODE, "channel" }, { LINLI_CASE_COMMUNITY, "community" }, { LINLI_CASE_PLACE, "place" },
  };
  static const guint zeros[] = { LINLI_CASE_REDO_COUNT, LINLI_CASE_RETURN_COUNT, LINLI_CASE_CONFIDENTIAL,
                                 LINLI_CASE_REVISION, LINLI_CASE_N_SUBMISSIONS };
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_case);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *derived = linli_case_title_from_text (linli_json_get_text (args, "text"));
  const char *title = linli_json_get_text (args, "title");

  if (linli_json_get_text (args, "case_no") == NULL)
    {
      linli_refuse_invalid (error, "case_no", N_("This must be filled in."));
      return NULL;
    }
  linli_row_set_text (row, LINLI_CASE_ID, id);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    linli_row_set_text (row, plain[i].column, linli_json_get_text (args, plain[i].arg));
  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    linli_row_set_int (row, zeros[i], 0);
  linli_row_set_text (row, LINLI_CASE_TITLE, title != NULL && *title != '\0' ? title : derived);
  linli_row_set_text (row, LINLI_CASE_STATE, linli_case_state_to_id (LINLI_CASE_STATE_RECEIVED));
  linli_row_set_text (row, LINLI_CASE_URGENCY, get_urgency (args, item));
  linli_row_set_int (row, LINLI_CASE_RECEIVED_AT, received_at);
  set_appellant (row, appellant);
  if (!set_place (context, row, args, error) || !set_point (row, args, error))
    return NULL;

  return linli_case_file_new (context, row);
}

/* One more voice of an open case; the case must still be open. */
static LinliCaseFile *
join_case (LinliCommandContext *context,
           const char          *id,
           LinliRow            *appellant,
           LinliPayload        *payload,
           GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_find (context, id, "attach_to", error);

  if (file == NULL || !linli_case_file_follow (file, payload, error))
    return NULL;
  if (!linli_case_state_is_open (linli_row_get_text (file->row, LINLI_CASE_STATE)))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "case-not-open", "attach_to",
                    N_("That case is no longer open; take this in as a new one."));
      return NULL;
    }
  if (appellant != NULL && linli_row_get_int (appellant, LINLI_APPELLANT_CONFIDENTIAL))
    linli_row_set_int (file->row, LINLI_CASE_CONFIDENTIAL, TRUE);

  return g_steal_pointer (&file);
}

static gboolean
add_submission (LinliCaseFile *file,
                JsonObject    *args,
                LinliRow      *appellant,
                gint64         received_at,
                char         **id,
                GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_submission);

  *id = linli_command_new_id (context);
  linli_row_set_text (row, LINLI_SUBMISSION_ID, *id);
  linli_row_set_text (row, LINLI_SUBMISSION_RECEIPT_NO, linli_json_get_text (args, "receipt_no"));
  linli_row_set_text (row, LINLI_SUBMISSION_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_SUBMISSION_APPELLANT_ID, appellant != NULL ? linli_row_get_id (appellant) : NULL);
  linli_row_set_text (row, LINLI_SUBMISSION_CHANNEL_CODE, linli_json_get_text (args, "channel"));
  linli_row_set_int (row, LINLI_SUBMISSION_RECEIVED_AT, received_at);
  linli_row_set_text (row, LINLI_SUBMISSION_CLERK_ID, context->operation->actor);
  linli_row_set_text (row, LINLI_SUBMISSION_SUBJECT, linli_json_get_text (args, "subject"));
  linli_row_set_text (row, LINLI_SUBMISSION_TEXT, linli_json_get_text (args, "text"));
  linli_row_set_text (row, LINLI_SUBMISSION_EXTERNAL_NO, linli_json_get_text (args, "external_no"));
  linli_row_set_int (row, LINLI_SUBMISSION_REPLY_WANTED, linli_json_get_bool (args, "reply_wanted"));
  linli_row_set_int (file->row, LINLI_CASE_N_SUBMISSIONS, linli_row_get_int (file->row, LINLI_CASE_N_SUBMISSIONS) + 1);

  return linli_tx_insert (context->tx, row, error);
}

static gboolean
add_attachments (LinliCaseFile *file,
                 JsonObject    *args,
                 const char    *submission,
                 GError       **error)
{
  JsonArray *attachments = linli_json_get_array (args, "attachments");

  for (guint i = 0; attachments != NULL && i < json_array_get_length (attachments); i++)
    if (!linli_case_add_attachment (file, json_array_get_object_element (attachments, i), "attachments",
                                    "unit", submission, NULL, NULL, error))
      return FALSE;
  return TRUE;
}

/* What was typed for a new case and found no place in the one it joined. */
static void
keep_unused (LinliPayload *payload,
             JsonObject   *args)
{
  static const char *const names[] = { "title", "summary", "nature", "urgency", "community", "place", "item" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    linli_payload_text (payload, names[i], linli_json_get_text (args, names[i]));
}

static gboolean
add_intake_entry (LinliCaseFile *file,
                  JsonObject    *args,
                  const char    *submission,
                  LinliPayload  *payload,
                  GError       **error)
{
  const LinliCaseEntry entry = { .kind = "intake", .audience = "unit", .submission = submission, .payload = payload };

  linli_payload_text (payload, "channel", linli_json_get_text (args, "channel"));
  linli_payload_text (payload, "receipt_no", linli_json_get_text (args, "receipt_no"));
  if (!file->is_new)
    keep_unused (payload, args);
  return linli_case_file_add_entry (file, &entry, error);
}

/* Whether, and under which leaf, the new case is registered on the spot. */
static gboolean
choose_item (LinliCommandContext *context,
             JsonObject          *args,
             LinliRow           **item,
             GError             **error)
{
  const char *code = linli_json_get_text (args, "item");

  *item = NULL;
  if (code == NULL && linli_json_get_bool (args, "accept"))
    return linli_refuse_invalid (error, "item", N_("Choose what the matter is before registering it."));
  if (code != NULL)
    *item = linli_case_find_leaf (context, code, error);
  return code == NULL || *item != NULL;
}

static gboolean
classify_new (LinliCaseFile *file,
              JsonObject    *args,
              LinliRow      *item,
              GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new (); /* nothing changed: it is new */

  if (item == NULL || !file->is_new)
    return TRUE;
  if (linli_json_get_bool (args, "accept"))
    return linli_case_register (file, item, args, error);
  linli_case_set_leaf (file->row, item);
  return linli_case_take_attributes (file, args, payload, error);
}

static void
tell (LinliCaseFile *file,
      JsonObject    *args,
      const char    *submission)
{
  linli_command_tell (file->context, "case", linli_case_file_get_id (file));
  linli_command_tell (file->context, "submission", submission);
  linli_command_tell (file->context, "case_no", linli_row_get_text (file->row, LINLI_CASE_CASE_NO));
  linli_command_tell (file->context, "receipt_no", linli_json_get_text (args, "receipt_no"));
}

/* The same matter again: @file is then the reopened case, or @earlier the one
 * that the new case will be linked to. */
static gboolean
find_again (LinliCommandContext *context,
            JsonObject          *args,
            LinliCaseFile      **file,
            LinliCaseFile      **earlier,
            GError             **error)
{
  const char *id = linli_json_get_text (args, "again_of");
  gboolean reopened = FALSE;

  if (id == NULL)
    return TRUE;
  *earlier = linli_take_again (context, id, &reopened, error);
  if (reopened)
    *file = g_steal_pointer (earlier);
  return *file != NULL || *earlier != NULL;
}

gboolean
linli_case_intake_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  JsonObject *person = linli_json_get_object (args, "appellant");
  const char *attach_to = linli_json_get_text (args, "attach_to");
  g_autoptr(LinliRow) appellant = NULL;
  g_autoptr(LinliRow) item = NULL;
  g_autoptr(LinliCaseFile) file = NULL;
  g_autoptr(LinliCaseFile) earlier = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autofree char *submission = NULL;
  gint64 received_at = 0;

  if (linli_case_get_words (args, "text", error) == NULL ||
      !check_channel (context, linli_json_get_text (args, "channel"), error) ||
      !get_received_at (context, args, &received_at, error) ||
      !choose_item (context, args, &item, error))
    return FALSE;
  if (linli_json_get_text (args, "receipt_no") == NULL)
    return linli_refuse_invalid (error, "receipt_no", N_("This must be filled in."));
  if (person != NULL)
    {
      appellant = linli_case_find_appellant (context, person, error);
      if (appellant == NULL)
        return FALSE;
    }

  if (!find_again (context, args, &file, &earlier, error))
    return FALSE;
  if (file == NULL)
    file = attach_to != NULL ? join_case (context, attach_to, appellant, payload, error)
                             : make_case (context, args, appellant, item, received_at, error);
  if (file == NULL ||
      !add_submission (file, args, appellant, received_at, &submission, error) ||
      !add_intake_entry (file, args, submission, payload, error) ||
      !add_attachments (file, args, submission, error) ||
      !classify_new (file, args, item, error) ||
      !linli_case_file_save (file, error) ||
      (earlier != NULL && !linli_link_again (file, linli_case_file_get_id (earlier), error)) ||
      !linli_case_discard_draft (context, args, error))
    return FALSE;
  tell (file, args, submission);

  return TRUE;
}
