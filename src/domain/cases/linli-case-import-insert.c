/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing one row of an import: the case, the words it came with, its
 * timeline, and what the source says about its timeliness. */

#include "config.h"

#include "linli-case-import.h"

#include <string.h>

#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-core-tables.h"

/* When the source says it ended; else the nearest moment it knows of. */
static gint64
end_of (const LinliImportRow *row)
{
  if (row->closed_at != 0)
    return row->closed_at;
  return row->reply_at != 0 ? row->reply_at : row->received_at;
}

static void
set_spot (LinliRow             *row,
          const LinliPlaceSpot *spot)
{
  if (spot == NULL)
    return;
  linli_row_set_text (row, LINLI_CASE_PLACE_ID, spot->id);
  linli_row_set_text (row, LINLI_CASE_GRID, spot->grid);
  if (linli_row_is_null (row, LINLI_CASE_COMMUNITY))
    linli_row_set_text (row, LINLI_CASE_COMMUNITY, spot->community);
}

static LinliRow *
make_case (LinliImportRow   *import,
           LinliImportBatch *batch)
{
  static const struct { guint column; LinliImportWord word; } copied[] = {
    { LINLI_CASE_ITEM_CODE, LINLI_IMPORT_WORD_ITEM_CODE },
    { LINLI_CASE_ITEM_NAME, LINLI_IMPORT_WORD_ITEM_NAME },
    { LINLI_CASE_NATURE, LINLI_IMPORT_WORD_NATURE },
    { LINLI_CASE_COMMUNITY, LINLI_IMPORT_WORD_COMMUNITY },
    { LINLI_CASE_LEAD_UNIT_NAME, LINLI_IMPORT_WORD_UNIT_NAME },
    { LINLI_CASE_APPELLANT_NAME, LINLI_IMPORT_WORD_APPELLANT_NAME },
    { LINLI_CASE_RESIDENT_REPLY, LINLI_IMPORT_WORD_REPLY },
  };
  LinliCommandContext *context = batch->context;
  LinliRow *row = linli_row_new (&linli_table_case);
  g_autofree char *id = linli_command_new_id (context);

  if (import->case_no == NULL)
    import->case_no = g_strconcat ("I-", strrchr (id, '-') + 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    linli_row_set_text (row, copied[i].column, import->words[copied[i].word]);
  if (import->item != NULL)
    linli_case_set_leaf (row, import->item);
  linli_row_set_text (row, LINLI_CASE_ID, id);
  linli_row_set_text (row, LINLI_CASE_CASE_NO, import->case_no);
  linli_row_set_text (row, LINLI_CASE_TITLE, import->title);
  linli_row_set_text (row, LINLI_CASE_STATE, import->closed ? "closed" : "received");
  linli_row_set_text (row, LINLI_CASE_URGENCY, import->urgency);
  linli_row_set_text (row, LINLI_CASE_CHANNEL_CODE, import->channel);
  linli_row_set_text (row, LINLI_CASE_PLACE, import->place);
  set_spot (row, import->spot);
  linli_row_set_text (row, LINLI_CASE_LEAD_UNIT_ID, import->unit);
  linli_row_set_text (row, LINLI_CASE_APPELLANT_ID, import->appellant);
  linli_row_set_int (row, LINLI_CASE_N_SUBMISSIONS, 1);
  linli_row_set_int (row, LINLI_CASE_RECEIVED_AT, import->received_at);
  if (import->closed && (import->closed_at != 0 || import->reply_at != 0))
    linli_row_set_int (row, LINLI_CASE_CLOSED_AT, end_of (import));
  linli_row_set_int (row, LINLI_CASE_REDO_COUNT, 0);
  linli_row_set_int (row, LINLI_CASE_RETURN_COUNT, 0);
  linli_row_set_int (row, LINLI_CASE_CONFIDENTIAL, import->confidential);
  linli_row_set_text (row, LINLI_CASE_SOURCE_KEY, import->words[LINLI_IMPORT_WORD_SOURCE_KEY]);
  linli_row_set_text (row, LINLI_CASE_IMPORT_ID, batch->import);
  linli_row_set_int (row, LINLI_CASE_TOUCHED_AT, linli_command_now (context));
  linli_row_set_int (row, LINLI_CASE_REVISION, 1);

  return row;
}

static LinliRow *
make_submission (LinliImportRow      *import,
                 LinliCommandContext *context,
                 const char          *case_id)
{
  LinliRow *row = linli_row_new (&linli_table_submission);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_SUBMISSION_ID, id);
  linli_row_set_text (row, LINLI_SUBMISSION_RECEIPT_NO, import->case_no);
  linli_row_set_text (row, LINLI_SUBMISSION_CASE_ID, case_id);
  linli_row_set_text (row, LINLI_SUBMISSION_APPELLANT_ID, import->appellant);
  linli_row_set_text (row, LINLI_SUBMISSION_CHANNEL_CODE, import->channel);
  linli_row_set_int (row, LINLI_SUBMISSION_RECEIVED_AT, import->received_at);
  linli_row_set_text (row, LINLI_SUBMISSION_CLERK_ID, context->operation->actor);
  linli_row_set_text (row, LINLI_SUBMISSION_SUBJECT, import->words[LINLI_IMPORT_WORD_SUBJECT]);
  linli_row_set_text (row, LINLI_SUBMISSION_TEXT, import->text);
  linli_row_set_int (row, LINLI_SUBMISSION_REPLY_WANTED, FALSE);
  linli_row_set_text (row, LINLI_SUBMISSION_SOURCE_KEY, import->words[LINLI_IMPORT_WORD_SOURCE_KEY]);
  linli_row_set_text (row, LINLI_SUBMISSION_EXTERNAL_NO, import->words[LINLI_IMPORT_WORD_EXTERNAL_NO]);

  return row;
}

typedef struct
{
  const char   *kind;
  const char   *audience;
  const char   *body;       /* (nullable) */
  const char   *submission; /* (nullable) */
  LinliPayload *payload;    /* (nullable) */
  gint64        at;
} Line;

/* Lines carry the time at which a thing happened, as far as the source knows
 * it; who brought them in is the actor. */
static gboolean
add_line (LinliCommandContext *context,
          const char          *case_id,
          const Line          *line,
          GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_entry);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_ENTRY_ID, id);
  linli_row_set_text (row, LINLI_ENTRY_CASE_ID, case_id);
  linli_row_set_text (row, LINLI_ENTRY_KIND, line->kind);
  linli_row_set_text (row, LINLI_ENTRY_AUDIENCE, line->audience);
  linli_row_set_text (row, LINLI_ENTRY_BODY, line->body);
  linli_row_set_text (row, LINLI_ENTRY_ACTOR_ID, context->operation->actor);
  if (context->account != NULL)
    linli_row_set_text (row, LINLI_ENTRY_ACTOR_NAME, linli_row_get_text (context->account, LINLI_ACCOUNT_NAME));
  linli_row_set_int (row, LINLI_ENTRY_AT, line->at);
  linli_row_set_text (row, LINLI_ENTRY_SUBMISSION_ID, line->submission);
  if (line->payload != NULL)
    linli_row_set_text (row, LINLI_ENTRY_PAYLOAD, linli_payload_close (line->payload));

  return linli_tx_insert_last (context->tx, row, error);
}

static gboolean
add_timeline (LinliImportRow   *import,
              LinliImportBatch *batch,
              const char       *case_id,
              const char       *submission,
              GError          **error)
{
  LinliCommandContext *context = batch->context;
  const char *unit = import->words[LINLI_IMPORT_WORD_UNIT_NAME];
  const char *reply = import->words[LINLI_IMPORT_WORD_REPLY];
  g_autoptr(LinliPayload) came = linli_payload_new ();
  g_autoptr(LinliPayload) sent = linli_payload_new ();
  const Line intake = { "intake", "unit", NULL, submission, came, import->received_at };
  const Line dispatch = { "dispatch", "unit", NULL, NULL, sent, import->received_at };
  const Line answer = { "reply", "resident", reply, NULL, NULL, import->reply_at != 0 ? import->reply_at : end_of (import) };

  linli_payload_text (came, "channel", import->channel);
  linli_payload_text (came, "import", batch->import);
  linli_payload_text (sent, "lead", unit);

  return add_line (context, case_id, &intake, error) &&
         (import->unit == NULL || add_line (context, case_id, &dispatch, error)) &&
         (reply == NULL || add_line (context, case_id, &answer, error));
}

/* See LINLI_CLOCK_RULE_SOURCE. */
static gboolean
add_clock (LinliImportRow   *import,
           LinliImportBatch *batch,
           const char       *case_id,
           GError          **error)
{
  g_autoptr(LinliRow) clock = NULL;
  g_autofree char *id = NULL;
  gint64 met_at = end_of (import);

  if (!import->judged)
    return TRUE;
  clock = linli_row_new (&linli_table_clock);
  id = linli_command_new_id (batch->context);
  linli_row_set_text (clock, LINLI_CLOCK_ID, id);
  linli_row_set_text (clock, LINLI_CLOCK_CASE_ID, case_id);
  linli_row_set_text (clock, LINLI_CLOCK_KIND, "resolve");
  linli_row_set_text (clock, LINLI_CLOCK_RULE_REF, LINLI_CLOCK_RULE_SOURCE);
  linli_row_set_text (clock, LINLI_CLOCK_LIMIT_TEXT, import->late ? "late" : "in time");
  linli_row_set_text (clock, LINLI_CLOCK_START_RULE, "immediate");
  linli_row_set_int (clock, LINLI_CLOCK_STARTED_AT, import->received_at);
  linli_row_set_int (clock, LINLI_CLOCK_MET_AT, met_at);
  linli_row_set_int (clock, LINLI_CLOCK_DUE_AT, import->late ? met_at - 60 * G_USEC_PER_SEC : met_at);
  linli_row_set_text (clock, LINLI_CLOCK_STATE, "met");

  return linli_tx_insert_last (batch->context->tx, clock, error);
}

/**
 * linli_import_row_insert:
 * @row: resolved
 *
 * Writes everything that comes of one row. An open case comes in as received:
 * under which leaf it is registered, and so by when it must be done, is for a
 * person to say.
 */
gboolean
linli_import_row_insert (LinliImportRow   *row,
                         LinliImportBatch *batch,
                         GError          **error)
{
  LinliTx *tx = batch->context->tx;
  g_autoptr(LinliRow) matter = make_case (row, batch);
  const char *id = linli_row_get_id (matter);
  g_autoptr(LinliRow) submission = make_submission (row, batch->context, id);

  return linli_tx_insert_last (tx, matter, error) &&
         linli_tx_insert_last (tx, submission, error) &&
         add_timeline (row, batch, id, linli_row_get_id (submission), error) &&
         add_clock (row, batch, id, error);
}
