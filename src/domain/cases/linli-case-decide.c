/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Four eyes on what a unit asks for: first the unit's own second person, where
 * it has one, then the centre; whoever asked decides on neither level. */

#include "config.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-case-commands-private.h"
#include "linli-case-request.h"
#include "linli-core-tables.h"
#include "linli-handling-tables.h"
#include "linli-handling.h"
#include "linli-json.h"
#include "linli-rights.h"

static const char *const verdicts[] = { "grant", "refuse", NULL };

const LinliArgSpec linli_case_decide_extension_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "verdict", LINLI_ARG_TEXT, TRUE, .choices = verdicts },
  { "note", LINLI_ARG_TEXT, FALSE, 2000, .doc = "why; needed to refuse" },
  { NULL }
};

const LinliArgSpec linli_case_decide_suspension_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "verdict", LINLI_ARG_TEXT, TRUE, .choices = verdicts },
  { "note", LINLI_ARG_TEXT, FALSE, 2000, .doc = "why; needed to refuse" },
  { NULL }
};

/* --- Who decides --- */

static gboolean
refuse_four_eyes (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "four-eyes", NULL,
                N_("You have had your say on this request: another person must decide it."));
  return FALSE;
}

/* Whether somebody else of the unit could look at it first. */
static gboolean
find_second_person (LinliCaseFile *file,
                    LinliRow      *request,
                    gboolean      *found,
                    GError       **error)
{
  g_autoptr(GPtrArray) people = linli_tx_select (file->context->tx, &linli_table_account, error,
                                                 "unit_id = ?1 AND active = 1 AND id <> ?2 ORDER BY id", "ss",
                                                 linli_row_get_text (request, LINLI_REQUEST_UNIT_ID),
                                                 linli_row_get_text (request, LINLI_REQUEST_ASKED_BY));

  *found = FALSE;
  for (guint i = 0; people != NULL && i < people->len; i++)
    if (linli_roles_from_text (linli_row_get_text (people->pdata[i], LINLI_ACCOUNT_ROLES)) & LINLI_ROLE_HANDLER)
      *found = TRUE;
  return people != NULL;
}

static gboolean
is_of_unit (LinliCaseFile *file,
            LinliRow      *request)
{
  LinliRow *account = file->context->account;

  return account != NULL && file->context->roles & LINLI_ROLE_HANDLER &&
         g_strcmp0 (linli_row_get_text (account, LINLI_ACCOUNT_UNIT_ID),
                    linli_row_get_text (request, LINLI_REQUEST_UNIT_ID)) == 0;
}

static gboolean
has_had_say (LinliRow   *request,
             const char *person)
{
  return g_strcmp0 (person, linli_row_get_text (request, LINLI_REQUEST_ASKED_BY)) == 0 ||
         g_strcmp0 (person, linli_row_get_text (request, LINLI_REQUEST_ENDORSED_BY)) == 0;
}

/* Whether somebody at the centre could decide who has had no say yet. */
static gboolean
find_other (LinliCaseFile *file,
            LinliRow      *request,
            LinliRole      centre,
            gboolean      *found,
            GError       **error)
{
  g_autoptr(GPtrArray) others = linli_rights_load_others (linli_tx_get_conn (file->context->tx), centre, LINLI_RIGHT_APPROVE,
                                                          file->context->operation->actor, error);

  *found = FALSE;
  for (guint i = 0; others != NULL && i < others->len; i++)
    *found = *found || !has_had_say (request, linli_row_get_id (others->pdata[i]));
  return others != NULL;
}

/* @at_unit: (out): whether this is the unit's own look at it */
static gboolean
check_person (LinliCaseFile *file,
              LinliRow      *request,
              LinliRole      centre,
              gboolean      *at_unit,
              GError       **error)
{
  gboolean own = has_had_say (request, file->context->operation->actor);
  gboolean other = FALSE;

  *at_unit = FALSE;
  if (own && !find_other (file, request, centre, &other, error))
    return FALSE;
  if (g_str_equal (linli_row_get_text (request, LINLI_REQUEST_STATE), "asked") &&
      !find_second_person (file, request, at_unit, error))
    return FALSE;
  if (own && (other || *at_unit))
    return refuse_four_eyes (error);
  if (*at_unit ? is_of_unit (file, request) : (file->context->roles & centre) != 0)
    return TRUE;

  if (*at_unit)
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "unit-first", NULL,
                       N_("%s looks at its own request first: a second person of the unit must agree."),
                       linli_row_get_text (request, LINLI_REQUEST_UNIT_NAME));
  else
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", NULL, N_("Your role does not allow this."));
  return FALSE;
}

static void
sign (LinliCaseFile *file,
      LinliRow      *request,
      gboolean       at_unit,
      const char    *state)
{
  LinliCommandContext *context = file->context;
  const char *name = context->account != NULL ? linli_row_get_text (context->account, LINLI_ACCOUNT_NAME) : NULL;

  linli_row_set_text (request, LINLI_REQUEST_STATE, state);
  linli_row_set_int (request, at_unit ? LINLI_REQUEST_ENDORSED_AT : LINLI_REQUEST_DECIDED_AT, linli_command_now (context));
  linli_row_set_text (request, at_unit ? LINLI_REQUEST_ENDORSED_BY : LINLI_REQUEST_DECIDED_BY, context->operation->actor);
  linli_row_set_text (request, at_unit ? LINLI_REQUEST_ENDORSED_BY_NAME : LINLI_REQUEST_DECIDED_BY_NAME, name);
}

/* --- What follows --- */

static gboolean
grant_extension (LinliCaseFile *file,
                 LinliRow      *request,
                 LinliPayload  *payload,
                 GError       **error)
{
  LinliRow *clock = NULL;
  gint64 before;
  gint64 after;

  if (!linli_case_check_extensions_left (file, "case", error) || !linli_case_find_resolve (file, &clock, error))
    return FALSE;
  before = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  if (!linli_case_clocks_extend (file, clock, linli_row_get_text (request, LINLI_REQUEST_AMOUNT),
                                 linli_row_get_text (request, LINLI_REQUEST_DECIDED_BY_NAME), error))
    return FALSE;
  after = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  if (before != 0)
    linli_row_set_int (request, LINLI_REQUEST_OLD_DUE_AT, before);
  if (after != 0)
    linli_row_set_int (request, LINLI_REQUEST_NEW_DUE_AT, after);
  linli_row_set_int (file->row, LINLI_CASE_EXTENSION_COUNT, linli_row_get_int (file->row, LINLI_CASE_EXTENSION_COUNT) + 1);
  linli_payload_change_time (payload, "due.resolve", before, after);

  return TRUE;
}

static gboolean
grant_suspension (LinliCaseFile *file,
                  LinliRow      *request,
                  LinliPayload  *payload,
                  GError       **error)
{
  return linli_case_begin_suspension (file, linli_row_get_text (request, LINLI_REQUEST_CAUSE),
                                      linli_row_get_text (request, LINLI_REQUEST_REASON),
                                      linli_row_get_text (request, LINLI_REQUEST_UNTIL_DATE), error);
}

/* --- The commands --- */

typedef struct
{
  const char *kind;
  LinliRole   centre; /* who decides for the centre */
  gboolean  (*grant) (LinliCaseFile *file,
                      LinliRow      *request,
                      LinliPayload  *payload,
                      GError       **error);
} Decision;

static const Decision extension = { "extension", LINLI_ROLE_DISPATCHER | LINLI_ROLE_REVIEWER, grant_extension };
static const Decision suspension = { "suspension", LINLI_ROLE_REVIEWER, grant_suspension };

static gboolean
open_request (LinliCaseFile  *file,
              const Decision *decision,
              LinliRow      **request,
              GError        **error)
{
  if (!linli_case_open_request (file, request, error))
    return FALSE;
  if (g_str_equal (linli_row_get_text (*request, LINLI_REQUEST_KIND), decision->kind))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "no-request", "case",
                N_("No request of this case waits for a decision."));
  return FALSE;
}

static gboolean
decide (LinliCommandContext *context,
        JsonObject          *args,
        const Decision      *decision,
        GError             **error)
{
  const char *verdict = linli_json_get_text (args, "verdict");
  gboolean refused = g_str_equal (verdict, "refuse");
  const char *note = refused ? linli_case_get_words (args, "note", error) : linli_json_get_text (args, "note");
  const char *state = "refused";
  gboolean at_unit = FALSE;
  g_autoptr(LinliCaseFile) file = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  g_autoptr(LinliRow) request = NULL;

  if (refused && note == NULL)
    return FALSE;
  file = linli_case_file_open (context, args, NULL, error);
  if (file == NULL || !open_request (file, decision, &request, error) ||
      !check_person (file, request, decision->centre, &at_unit, error))
    return FALSE;
  if (!refused)
    state = at_unit ? "endorsed" : "granted";
  sign (file, request, at_unit && !refused, state);
  linli_row_set_text (request, LINLI_REQUEST_DECISION, note);
  if (g_str_equal (state, "granted") && !decision->grant (file, request, payload, error))
    return FALSE;

  return linli_tx_update (context->tx, request, error) &&
         linli_case_add_request_entry (file, request, state, note, payload, error) &&
         linli_case_file_save (file, error);
}

gboolean
linli_case_decide_extension_run (LinliCommandContext *context,
                                 JsonObject          *args,
                                 GError             **error)
{
  return decide (context, args, &extension, error);
}

gboolean
linli_case_decide_suspension_run (LinliCommandContext *context,
                                  JsonObject          *args,
                                  GError             **error)
{
  return decide (context, args, &suspension, error);
}
