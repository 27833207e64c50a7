/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ground floor: the centre, its people, what is half typed, and taking a
 * change back. */

#include "config.h"

#include "linli-core-room.h"

#include <glib/gi18n.h>

#include "linli-accounts-room.h"
#include "linli-audit.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-rows-query.h"
#include "linli-undo.h"
#include "linli-verifier.h"

static const LinliTable *const tables[] = {
  &linli_table_centre,
  &linli_table_account,
  &linli_table_audit,
  &linli_table_outbox,
  &linli_table_draft,
  &linli_table_counter,
  &linli_table_setting,
  NULL
};

static const LinliArgSpec create_args[] = {
  { "name", LINLI_ARG_TEXT, TRUE, 120, .doc = "the centre's name" },
  { "community", LINLI_ARG_TEXT, FALSE, 60 },
  { "street", LINLI_ARG_TEXT, FALSE, 60 },
  { "district", LINLI_ARG_TEXT, FALSE, 60 },
  { "time_zone", LINLI_ARG_TEXT, FALSE, 60, .doc = "IANA name; Asia/Shanghai when absent" },
  { "is_demo", LINLI_ARG_BOOL },
  { "person", LINLI_ARG_TEXT, TRUE, 60, .doc = "who runs it: the first account, with every role" },
  { "person_pinyin", LINLI_ARG_TEXT, FALSE, 60 },
  { NULL }
};

static gboolean
insert_account (LinliCommandContext *context,
                JsonObject          *args,
                const char          *name_arg,
                const char          *pinyin_arg,
                const char          *roles,
                GError             **error)
{
  g_autoptr(LinliRow) account = linli_row_new (&linli_table_account);
  g_autofree char *id = linli_command_new_id (context);
  const char *pinyin = linli_json_get_text (args, pinyin_arg);
  g_autofree char *initials = pinyin != NULL ? g_strdup (pinyin)
                                             : linli_pinyin_name_initials (linli_json_get_text (args, name_arg));

  linli_row_set_text (account, LINLI_ACCOUNT_ID, id);
  linli_row_set_text (account, LINLI_ACCOUNT_NAME, linli_json_get_text (args, name_arg));
  linli_row_set_text (account, LINLI_ACCOUNT_PINYIN, initials);
  linli_row_set_text (account, LINLI_ACCOUNT_ROLES, roles);
  linli_row_set_text (account, LINLI_ACCOUNT_UNIT_ID, linli_json_get_text (args, "unit"));
  linli_row_set_text (account, LINLI_ACCOUNT_LOGIN, linli_json_get_text (args, "login"));
  linli_row_set_text (account, LINLI_ACCOUNT_PHONE, linli_json_get_text (args, "phone"));
  linli_row_set_int (account, LINLI_ACCOUNT_ACTIVE, TRUE);
  linli_command_tell (context, "account", id);

  return linli_tx_insert (context->tx, account, error);
}

static gboolean
create_centre (LinliCommandContext *context,
               JsonObject          *args,
               GError             **error)
{
  g_autoptr(LinliRow) centre = linli_row_new (&linli_table_centre);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *roles = linli_roles_to_text (LINLI_ROLE_ANY);
  const char *zone = linli_json_get_text (args, "time_zone");
  gint64 n_centres = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n_centres, error, "SELECT count(*) FROM centre", ""))
    return FALSE;
  if (n_centres > 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "centre-exists", NULL,
                    N_("This store already holds a centre."));
      return FALSE;
    }

  linli_row_set_text (centre, LINLI_CENTRE_ID, id);
  linli_row_set_text (centre, LINLI_CENTRE_NAME, linli_json_get_text (args, "name"));
  linli_row_set_text (centre, LINLI_CENTRE_COMMUNITY, linli_json_get_text (args, "community"));
  linli_row_set_text (centre, LINLI_CENTRE_STREET, linli_json_get_text (args, "street"));
  linli_row_set_text (centre, LINLI_CENTRE_DISTRICT, linli_json_get_text (args, "district"));
  linli_row_set_text (centre, LINLI_CENTRE_TIME_ZONE, zone != NULL ? zone : "Asia/Shanghai");
  linli_row_set_int (centre, LINLI_CENTRE_IS_DEMO, linli_json_get_bool (args, "is_demo"));
  linli_command_tell (context, "centre", id);

  return linli_tx_insert (context->tx, centre, error) &&
         insert_account (context, args, "person", "person_pinyin", roles, error);
}

static const LinliArgSpec account_args[] = {
  { "name", LINLI_ARG_TEXT, TRUE, 60 },
  { "pinyin", LINLI_ARG_TEXT, FALSE, 60 },
  { "roles", LINLI_ARG_TEXT, TRUE, 200, .doc = "role names separated by spaces" },
  { "unit", LINLI_ARG_ID, .doc = "a handler's unit" },
  { "phone", LINLI_ARG_TEXT, FALSE, 40 },
  { "login", LINLI_ARG_TEXT, FALSE, 40, .doc = "what is typed to sign in" },
  { NULL }
};

static gboolean
create_account (LinliCommandContext *context,
                JsonObject          *args,
                GError             **error)
{
  LinliRole roles = linli_roles_from_text (linli_json_get_text (args, "roles"));
  g_autofree char *text = linli_roles_to_text (roles);

  if (roles == 0)
    return linli_refuse_invalid (error, "roles", N_("Give the person at least one role."));
  if (linli_json_get_text (args, "login") != NULL &&
      !linli_account_check_login (context, "", linli_json_get_text (args, "login"), error))
    return FALSE;
  return insert_account (context, args, "name", "pinyin", text, error);
}

static const LinliArgSpec draft_args[] = {
  { "id", LINLI_ARG_ID, TRUE, .doc = "chosen by the form when it opens" },
  { "kind", LINLI_ARG_TEXT, TRUE, 40, .doc = "intake, note, ..." },
  { "subject", LINLI_ARG_TEXT, FALSE, 40, .doc = "the case a note belongs to" },
  { "body", LINLI_ARG_OBJECT, TRUE, .doc = "the fields as typed so far" },
  { NULL }
};

static gboolean
save_draft (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  g_autofree char *body = linli_json_object_to_text (linli_json_get_object (args, "body"));
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) draft = linli_row_new (&linli_table_draft);

  if (!linli_tx_find (context->tx, &linli_table_draft, id, &known, error))
    return FALSE;
  linli_row_set_text (draft, LINLI_DRAFT_ID, id);
  linli_row_set_text (draft, LINLI_DRAFT_KIND, linli_json_get_text (args, "kind"));
  linli_row_set_text (draft, LINLI_DRAFT_SUBJECT_ID, linli_json_get_text (args, "subject"));
  linli_row_set_text (draft, LINLI_DRAFT_ACTOR, context->operation->actor);
  linli_row_set_text (draft, LINLI_DRAFT_BODY, body);
  linli_row_set_int (draft, LINLI_DRAFT_SAVED_AT, linli_command_now (context));

  return known != NULL ? linli_tx_update (context->tx, draft, error)
                       : linli_tx_insert (context->tx, draft, error);
}

static const LinliArgSpec discard_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

static gboolean
discard_draft (LinliCommandContext *context,
               JsonObject          *args,
               GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  g_autoptr(LinliRow) known = NULL;

  return linli_tx_find (context->tx, &linli_table_draft, id, &known, error) &&
         (known == NULL || linli_tx_delete (context->tx, &linli_table_draft, id, error));
}

static const LinliArgSpec undo_args[] = {
  { "operation", LINLI_ARG_ID, TRUE, .doc = "the operation to take back" },
  { NULL }
};

static const LinliCommand commands[] = {
  { "centre.create", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_BOOTSTRAP, create_args, create_centre,
    "Make an empty centre and its first account." },
  { "account.create", 1, LINLI_ROLE_ADMIN, 0, account_args, create_account,
    "Add a person who works with Linli." },
  { "draft.save", 1, LINLI_ROLE_ANY, LINLI_COMMAND_LOCAL, draft_args, save_draft,
    "Keep what has been typed so far." },
  { "draft.discard", 1, LINLI_ROLE_ANY, LINLI_COMMAND_LOCAL, discard_args, discard_draft,
    "Let a draft go, because it was handed in or thrown away." },
  { "core.undo", 1, LINLI_ROLE_ANY, 0, undo_args, linli_undo_run,
    "Take an operation back, if nothing has changed its rows since." },
  { NULL }
};

static const LinliArgSpec no_args[] = { { NULL } };

static JsonNode *
query_centre (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_centre, "1 = 1", error);
}

static JsonNode *
query_accounts (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  return linli_rows_query (conn, &linli_table_account, "1 = 1 ORDER BY pk", error);
}

static JsonNode *
query_drafts (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_draft, "1 = 1 ORDER BY saved_at DESC, pk", error);
}

static const LinliArgSpec audit_args[] = {
  { "limit", LINLI_ARG_INT, .doc = "newest entries; 100 when absent" },
  { NULL }
};

static void
hide_verifiers (LinliRow *entry,
                guint     column)
{
  g_autofree char *text = linli_verifier_hide (linli_row_get_text (entry, column));

  linli_row_set_text (entry, column, text);
}

static JsonNode *
query_audit (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  gint64 limit = 100;

  linli_json_get_int (args, "limit", &limit);
  entries = linli_conn_select (conn, &linli_table_audit, error, "1 = 1 ORDER BY pk DESC LIMIT ?1", "i",
                               CLAMP (limit, 1, 10000));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      hide_verifiers (entries->pdata[i], LINLI_AUDIT_BODY);
      hide_verifiers (entries->pdata[i], LINLI_AUDIT_CHANGES);
    }
  return linli_rows_to_node (entries, error);
}

static const LinliQuery queries[] = {
  { "core.centre", no_args, query_centre, "The centre of this store.", TRUE },
  { "core.accounts", no_args, query_accounts, "The people who work with Linli." },
  { "core.drafts", no_args, query_drafts, "What is half typed, newest first." },
  { "core.audit", audit_args, query_audit, "What was done, by whom, newest first; without verifiers of passwords." },
  { NULL }
};

static gboolean
verify (LinliConn *conn,
        GPtrArray *problems,
        GError   **error)
{
  g_autofree char *broken = NULL;
  gint64 n_entries = 0;

  if (!linli_audit_verify (conn, &n_entries, &broken, error))
    return FALSE;
  if (broken != NULL)
    g_ptr_array_add (problems, g_steal_pointer (&broken));
  return TRUE;
}

const LinliRoom linli_core_room = {
  .name = "core",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .verify = verify,
};
