/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 申请延期, 申请挂起: what the lead unit asks for, and takes back again. */

#include "config.h"

#include "linli-case-request.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-core-tables.h"
#include "linli-deadline.h"
#include "linli-handling-rules.h"
#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"

const LinliArgSpec linli_case_ask_extension_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "amount", LINLI_ARG_TEXT, TRUE, 40, .doc = "5工作日; a bare number counts in the limit's own unit" },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_ask_suspension_args[] = {
  { "dispatch", LINLI_ARG_ID, TRUE },
  { "until", LINLI_ARG_DATE, TRUE, .doc = "the day on which it goes on by itself" },
  { "cause", LINLI_ARG_TEXT, TRUE, .choices = linli_suspension_causes },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_withdraw_request_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { NULL }
};

static gboolean
refuse_second (LinliCaseFile *file,
               GError       **error)
{
  g_autoptr(LinliRow) open = NULL;

  if (!linli_handling_find_open (file, &linli_table_request, &open, error))
    return FALSE;
  if (open == NULL)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "request-open", "dispatch",
                N_("A request of this case still waits for a decision."));
  return FALSE;
}

static LinliRow *
new_request (LinliCaseFile *file,
             LinliRow      *part,
             const char    *kind,
             const char    *reason)
{
  LinliCommandContext *context = file->context;
  LinliRow *request = linli_row_new (&linli_table_request);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (request, LINLI_REQUEST_ID, id);
  linli_row_set_text (request, LINLI_REQUEST_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (request, LINLI_REQUEST_DISPATCH_ID, linli_row_get_id (part));
  linli_row_set_text (request, LINLI_REQUEST_UNIT_ID, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID));
  linli_row_set_text (request, LINLI_REQUEST_UNIT_NAME, linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  linli_row_set_text (request, LINLI_REQUEST_KIND, kind);
  linli_row_set_text (request, LINLI_REQUEST_REASON, reason);
  linli_row_set_text (request, LINLI_REQUEST_STATE, "asked");
  linli_row_set_int (request, LINLI_REQUEST_ASKED_AT, linli_command_now (context));
  linli_row_set_text (request, LINLI_REQUEST_ASKED_BY, context->operation->actor);
  if (context->account != NULL)
    linli_row_set_text (request, LINLI_REQUEST_ASKED_BY_NAME, linli_row_get_text (context->account, LINLI_ACCOUNT_NAME));
  linli_command_tell (context, "request", id);

  return request;
}

/**
 * linli_case_add_request_entry:
 * @step: what became of it: "asked", "endorsed", "granted", "refused" or "withdrawn"
 * @payload: may hold facts already
 */
gboolean
linli_case_add_request_entry (LinliCaseFile *file,
                              LinliRow      *request,
                              const char    *step,
                              const char    *body,
                              LinliPayload  *payload,
                              GError       **error)
{
  gboolean extension = g_str_equal (linli_row_get_text (request, LINLI_REQUEST_KIND), "extension");
  const LinliCaseEntry entry = { .kind = extension ? "extend" : "suspend", .audience = "unit", .body = body,
                                 .dispatch = linli_row_get_text (request, LINLI_REQUEST_DISPATCH_ID),
                                 .payload = payload };

  linli_payload_text (payload, "request", step);
  linli_payload_text (payload, "unit", linli_row_get_text (request, LINLI_REQUEST_UNIT_NAME));
  linli_payload_text (payload, "amount", linli_row_get_text (request, LINLI_REQUEST_AMOUNT));
  linli_payload_text (payload, "cause", linli_row_get_text (request, LINLI_REQUEST_CAUSE));
  linli_payload_text (payload, "until", linli_row_get_text (request, LINLI_REQUEST_UNTIL_DATE));
  return linli_case_file_add_entry (file, &entry, error);
}

static gboolean
hand_in (LinliCaseFile *file,
         LinliRow      *request,
         GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();

  return linli_tx_insert (file->context->tx, request, error) &&
         linli_case_add_request_entry (file, request, "asked", linli_row_get_text (request, LINLI_REQUEST_REASON),
                                       payload, error) &&
         linli_case_file_save (file, error);
}

/* --- 延期 --- */

/**
 * linli_case_find_resolve:
 * @clock: (out) (transfer none): the open clock that the case is to be settled by
 * @error: %LINLI_DOMAIN_ERROR when none runs
 */
gboolean
linli_case_find_resolve (LinliCaseFile *file,
                         LinliRow     **clock,
                         GError       **error)
{
  GPtrArray *clocks = linli_case_file_get_clocks (file, error);

  if (clocks == NULL)
    return FALSE;
  for (guint i = clocks->len; i > 0; i--)
    {
      const char *state = linli_row_get_text (clocks->pdata[i - 1], LINLI_CLOCK_STATE);

      *clock = clocks->pdata[i - 1];
      if (g_str_equal (linli_row_get_text (*clock, LINLI_CLOCK_KIND), "resolve") && !g_str_equal (state, "met") &&
          !g_str_equal (state, "stopped"))
        return TRUE;
    }
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "no-limit", "dispatch",
                N_("No limit runs that could be extended."));
  return FALSE;
}

static gboolean
check_before_due (LinliCaseFile *file,
                  LinliRow      *clock,
                  GError       **error)
{
  gint64 due = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  g_autofree char *moment = NULL;

  if (due == 0 || !linli_deadline_is_overdue (linli_command_now (file->context), due))
    return TRUE;
  moment = linli_handling_moment (linli_tx_get_conn (file->context->tx), due, error);
  if (moment != NULL)
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "after-due", "dispatch",
                       N_("An extension must be asked for before the limit; it ran out on %s."), moment);
  return FALSE;
}

/**
 * linli_case_check_extensions_left:
 *
 * Only what was granted counts; a refusal may be followed by a better reason.
 */
gboolean
linli_case_check_extensions_left (LinliCaseFile *file,
                                  const char    *field,
                                  GError       **error)
{
  gint64 limit = 0;
  g_autofree char *number = NULL;

  if (!linli_handling_rule_get (linli_tx_get_conn (file->context->tx), LINLI_RULE_EXTENSION_LIMIT,
                                linli_command_now (file->context), &limit, error))
    return FALSE;
  if (linli_row_get_int (file->row, LINLI_CASE_EXTENSION_COUNT) < limit)
    return TRUE;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  linli_refuse_with (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "too-many", field,
                     N_("A case is extended %s times at most."), number);
  return FALSE;
}

static gboolean
read_amount (const char    *text,
             LinliLimitUnit unit,
             LinliTerm     *term)
{
  g_autoptr(LinliLimitText) parsed = NULL;

  if (g_ascii_string_to_signed (text, 10, 1, LINLI_TERM_MAX, &term->amount, NULL))
    {
      term->unit = unit;
      return TRUE;
    }
  parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);
  if (parsed->limits->len != 1 || parsed->rest->len != 0)
    return FALSE;
  *term = g_array_index (parsed->limits, LinliLimit, 0).term;
  return term->amount > 0 && term->amount <= LINLI_TERM_MAX;
}

/* Amounts of different units are compared by where they lead: the new due time
 * must not lie beyond the one that the longest extension would give. */
static gboolean
is_within (LinliCaseFile *file,
           LinliRow      *clock,
           LinliTerm      asked,
           LinliTerm      longest,
           gboolean      *within,
           GError       **error)
{
  gint64 wanted = 0;
  gint64 most = 0;

  if (asked.unit == longest.unit)
    {
      *within = asked.amount <= longest.amount;
      return TRUE;
    }
  if (!linli_case_clocks_try_extension (file, clock, asked, &wanted, error) ||
      !linli_case_clocks_try_extension (file, clock, longest, &most, error))
    return FALSE;
  *within = wanted <= most;
  return TRUE;
}

static gboolean
set_amount (LinliCaseFile *file,
            LinliRow      *clock,
            LinliRow      *request,
            const char    *text,
            GError       **error)
{
  LinliTerm limit = { 0 };
  LinliTerm asked = { 0 };
  gint64 times = 1;
  gboolean within = FALSE;
  g_autofree char *amount = NULL;
  g_autofree char *most = NULL;

  if (!linli_case_clock_read_limit (clock, &limit))
    return linli_refuse_invalid (error, "amount", N_("The limit in the duty list cannot be read as one."));
  if (!read_amount (text, limit.unit, &asked))
    return linli_refuse_invalid (error, "amount", N_("Say how long, such as 3工作日 or 24小时."));
  if (!linli_handling_rule_get (linli_tx_get_conn (file->context->tx), LINLI_RULE_EXTENSION_LONGEST,
                                linli_command_now (file->context), &times, error))
    return FALSE;
  limit.amount = CLAMP (limit.amount * times, 0, LINLI_TERM_MAX);
  if (!is_within (file, clock, asked, limit, &within, error))
    return FALSE;
  if (!within)
    {
      most = linli_term_to_zh (limit);
      linli_refuse_with (error, LINLI_DOMAIN_ERROR_INVALID, "too-long", "amount",
                         N_("One extension is %s at most."), most);
      return FALSE;
    }
  amount = linli_term_to_zh (asked);
  linli_row_set_text (request, LINLI_REQUEST_AMOUNT, amount);

  return TRUE;
}

gboolean
linli_case_ask_extension_run (LinliCommandContext *context,
                              JsonObject          *args,
                              GError             **error)
{
  LinliRow *part = NULL;
  LinliRow *clock = NULL;
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;
  g_autoptr(LinliRow) request = NULL;

  if (file == NULL || !refuse_second (file, error) || !linli_case_find_resolve (file, &clock, error) ||
      !check_before_due (file, clock, error) || !linli_case_check_extensions_left (file, "dispatch", error))
    return FALSE;
  request = new_request (file, part, "extension", reason);

  return set_amount (file, clock, request, linli_json_get_text (args, "amount"), error) &&
         hand_in (file, request, error);
}

/* --- 挂起 --- */

gboolean
linli_case_ask_suspension_run (LinliCommandContext *context,
                               JsonObject          *args,
                               GError             **error)
{
  LinliRow *part = NULL;
  const char *until = linli_json_get_text (args, "until");
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open_part (context, args, &part, error) : NULL;
  g_autoptr(LinliRow) request = NULL;
  gint64 opening = 0;

  if (file == NULL || !refuse_second (file, error) || !linli_case_find_opening (file, until, &opening, error))
    return FALSE;
  request = new_request (file, part, "suspension", reason);
  linli_row_set_text (request, LINLI_REQUEST_CAUSE, linli_json_get_text (args, "cause"));
  linli_row_set_text (request, LINLI_REQUEST_UNTIL_DATE, until);

  return hand_in (file, request, error);
}

/* --- Taking it back --- */

/**
 * linli_case_open_request:
 * @request: (out) (transfer full): what waits for a decision
 * @error: %LINLI_DOMAIN_ERROR when nothing does
 */
gboolean
linli_case_open_request (LinliCaseFile *file,
                         LinliRow     **request,
                         GError       **error)
{
  if (!linli_handling_find_open (file, &linli_table_request, request, error))
    return FALSE;
  if (*request != NULL)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "no-request", "case",
                N_("No request of this case waits for a decision."));
  return FALSE;
}

gboolean
linli_case_withdraw_request_run (LinliCommandContext *context,
                                 JsonObject          *args,
                                 GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) request = NULL;

  if (file == NULL || !linli_case_open_request (file, &request, error) ||
      !linli_case_check_unit (file, linli_row_get_text (request, LINLI_REQUEST_UNIT_ID), "case", error))
    return FALSE;
  linli_row_set_text (request, LINLI_REQUEST_STATE, "withdrawn");

  return linli_tx_update (context->tx, request, error) &&
         linli_case_add_request_entry (file, request, "withdrawn", NULL, payload, error) &&
         linli_case_file_save (file, error);
}
