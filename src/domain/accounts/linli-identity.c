/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-identity.h"

#include <glib/gi18n.h>

#include "linli-account-tables.h"
#include "linli-case-detail.h"
#include "linli-case-file.h"
#include "linli-case-sheet.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-rights.h"
#include "linli-sight.h"
#include "linli-sign-in.h"

#define LIST_LIMIT 200
#define MOST       10000

/* Who reads the log: who answers for the accounts, and who audits. */
#define READERS (LINLI_ROLE_ADMIN | LINLI_ROLE_SECRETARY | LINLI_ROLE_AUDITOR)

/* --- Looking --- */

const LinliArgSpec linli_identity_reveal_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "why", LINLI_ARG_TEXT, TRUE, .choices = linli_identity_whys },
  { "reason", LINLI_ARG_TEXT, FALSE, 500, .doc = "in words; needed when none of the reasons fits" },
  { NULL }
};

/* Tells `read`, the row of the look. */
gboolean
linli_identity_reveal_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  const char *why = linli_json_get_text (args, "why");
  const char *reason = linli_json_get_text (args, "reason");
  g_autoptr(LinliCaseFile) file = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *id = NULL;

  if (g_str_equal (why, "other") && linli_case_get_words (args, "reason", error) == NULL)
    return FALSE;
  file = linli_case_file_open (context, args, NULL, error);
  if (file == NULL)
    return FALSE;
  /* A unit that works on the case does not learn this way who asked for silence. */
  if (linli_row_get_int (file->row, LINLI_CASE_CONFIDENTIAL) != 0 &&
      !linli_rights_demand (context->rights, LINLI_RIGHT_CONFIDENTIAL, error))
    return FALSE;

  row = linli_row_new (&linli_table_identity_read);
  id = linli_command_new_id (context);
  linli_row_set_text (row, LINLI_IDENTITY_READ_ID, id);
  linli_row_set_text (row, LINLI_IDENTITY_READ_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_IDENTITY_READ_ACTOR_ID, context->operation->actor);
  linli_row_set_int (row, LINLI_IDENTITY_READ_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_IDENTITY_READ_WHY, why);
  linli_row_set_text (row, LINLI_IDENTITY_READ_REASON, reason != NULL && *reason != '\0' ? reason : NULL);
  linli_command_tell (context, "read", id);

  return linli_tx_insert (context->tx, row, error);
}

/**
 * linli_identity_open:
 * @conn: a connection that only reads, outside of a transaction
 * @actor: (nullable): account id; nobody sees all where nobody signs in
 * @now: microseconds UTC
 * @open: (out): whether @actor looked and the look is fresh
 * @error: %LINLI_STORE_ERROR; then nothing may be shown
 *
 * If so, @conn shows names and numbers whole until linli_sight_set() is called
 * again, as it is before every job: read this one case and nothing else.
 */
gboolean
linli_identity_open (LinliConn  *conn,
                     const char *actor,
                     const char *case_id,
                     gint64      now,
                     gboolean   *open,
                     GError    **error)
{
  LinliRight rights = 0;
  gint64 n = 0;

  *open = FALSE;
  if (!linli_rights_of_person (conn, actor, &rights, error))
    return FALSE;
  if (actor == NULL || *actor == '\0')
    {
      *open = (rights & LINLI_RIGHT_IDENTITY) != 0;
      return TRUE;
    }
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM identity_read WHERE case_id = ?1 AND actor_id = ?2 "
                           "AND at > ?3 AND at <= ?4", "ssii", case_id, actor, now - LINLI_IDENTITY_FRESH, now))
    return FALSE;
  if (n == 0 || !(rights & LINLI_RIGHT_REVEAL))
    return TRUE;
  *open = TRUE;
  return linli_sight_set_named (conn, actor, error);
}

const LinliArgSpec linli_identity_show_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a case, or number of a receipt" },
  { NULL }
};

static JsonArray *
people_to_array (GPtrArray *appellants)
{
  static const guint shown[] = { LINLI_APPELLANT_ID, LINLI_APPELLANT_NAME, LINLI_APPELLANT_PHONE, LINLI_APPELLANT_ID_TAIL,
                                 LINLI_APPELLANT_ADDRESS };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < appellants->len; i++)
    {
      JsonObject *person = json_object_new ();

      for (guint c = 0; c < G_N_ELEMENTS (shown); c++)
        if (!linli_row_is_null (appellants->pdata[i], shown[c]))
          json_object_set_string_member (person, linli_table_appellant.columns[shown[c]].name,
                                         linli_row_get_text (appellants->pdata[i], shown[c]));
      json_array_add_object_element (array, person);
    }
  return array;
}

/* The query identity.show. */
JsonNode *
linli_identity_show_query (LinliConn               *conn,
                           const LinliQueryContext *context,
                           JsonObject              *args,
                           GError                 **error)
{
  g_autofree char *id = linli_case_find_id (conn, linli_json_get_text (args, "case"), error);
  g_autoptr(LinliCaseDetail) detail = NULL;
  gboolean open = FALSE;

  if (id == NULL || !linli_identity_open (conn, context->actor, id, context->now, &open, error))
    return NULL;
  if (!open)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "look-first", "case",
                    N_("Say first why you look: who came is shown for a quarter of an hour after that."));
      return NULL;
    }
  detail = linli_case_detail_load_for (conn, id, context->actor, LINLI_ROLE_ANY, error);
  if (!linli_sight_set (conn, context->actor, detail != NULL ? error : NULL) || detail == NULL)
    return NULL;
  return linli_json_take_array (people_to_array (detail->appellants));
}

/* --- The log --- */

const LinliArgSpec linli_identity_reads_args[] = {
  { "account", LINLI_ARG_ID, .doc = "who looked" },
  { "case", LINLI_ARG_TEXT, FALSE, 60, .doc = "id or number of a case" },
  { "from", LINLI_ARG_TIME },
  { "to", LINLI_ARG_TIME, .doc = "not included" },
  { "limit", LINLI_ARG_INT, .doc = "200 when absent, 10000 at most; the newest first" },
  { NULL }
};

/**
 * linli_identity_check_reader:
 * @actor: (nullable): account id
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED where the person's roles do not read the log
 */
gboolean
linli_identity_check_reader (LinliConn  *conn,
                             const char *actor,
                             GError    **error)
{
  g_autofree char *roles = NULL;
  gboolean required = FALSE;

  if (actor != NULL && *actor != '\0')
    {
      if (!linli_conn_get_text (conn, &roles, error, "SELECT roles FROM account WHERE id = ?1 AND active = 1", "s", actor))
        return FALSE;
      if (linli_roles_from_text (roles) & READERS)
        return TRUE;
    }
  else if (!linli_sign_in_is_required (conn, &required, error))
    return FALSE;
  else if (!required)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", NULL, N_("Your role does not allow this."));
  return FALSE;
}

static void
read_free (LinliIdentityRead *self)
{
  g_free (self->id);
  g_free (self->actor);
  g_free (self->name);
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->why);
  g_free (self->reason);
  g_free (self);
}

static LinliIdentityRead *
read_one (LinliStmt *stmt)
{
  LinliIdentityRead *self = g_new0 (LinliIdentityRead, 1);
  char **texts[] = { &self->id, &self->actor, &self->name, &self->case_id, &self->case_no, &self->title, &self->why,
                     &self->reason };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = linli_stmt_dup_text (stmt, (int) i);
  self->at = linli_stmt_get_int (stmt, G_N_ELEMENTS (texts));
  return self;
}

/**
 * linli_identity_reads_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliIdentityRead): the newest first
 */
GPtrArray *
linli_identity_reads_load (LinliConn                 *conn,
                           const LinliIdentityFilter *filter,
                           GError                   **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) read_free);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  stmt = linli_conn_query (conn, error,
                           "SELECT r.id, r.actor_id, account.name, r.case_id, cases.case_no, cases.title, r.why, r.reason, r.at "
                           "FROM identity_read r JOIN cases ON cases.id = r.case_id LEFT JOIN account ON account.id = r.actor_id "
                           "WHERE (?1 IS NULL OR r.actor_id = ?1) AND (?2 IS NULL OR r.case_id = ?2) AND r.at >= ?3 AND r.at < ?4 "
                           "ORDER BY r.at DESC, r.id DESC LIMIT ?5", "ssiii", filter->actor, filter->case_id, filter->from,
                           filter->to != 0 ? filter->to : G_MAXINT64, (gint64) filter->limit);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (list, read_one (stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}

/* The query identity.reads. */
JsonNode *
linli_identity_reads_query (LinliConn               *conn,
                            const LinliQueryContext *context,
                            JsonObject              *args,
                            GError                 **error)
{
  const char *subject = linli_json_get_text (args, "case");
  LinliIdentityFilter filter = { .actor = linli_json_get_text (args, "account") };
  g_autofree char *case_id = NULL;
  g_autoptr(GPtrArray) list = NULL;
  gint64 limit = LIST_LIMIT;
  JsonArray *array;

  if (!linli_identity_check_reader (conn, context->actor, error))
    return NULL;
  if (subject != NULL && (case_id = linli_case_find_id (conn, subject, error)) == NULL)
    return NULL;
  linli_args_get_time (args, "from", &filter.from);
  linli_args_get_time (args, "to", &filter.to);
  linli_json_get_int (args, "limit", &limit);
  filter.case_id = case_id;
  filter.limit = (guint) CLAMP (limit, 1, MOST);
  list = linli_identity_reads_load (conn, &filter, error);
  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      LinliIdentityRead *one = list->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", one->id);
      linli_json_set_time (object, "at", one->at);
      json_object_set_string_member (object, "account", one->actor);
      json_object_set_string_member (object, "name", one->name);
      json_object_set_string_member (object, "case", one->case_id);
      json_object_set_string_member (object, "case_no", one->case_no);
      json_object_set_string_member (object, "why", one->why);
      json_object_set_string_member (object, "reason", one->reason);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}
