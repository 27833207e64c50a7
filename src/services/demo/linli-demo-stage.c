/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands there before the first resident comes, and what lies half
 * finished on the desk when the curtain opens. */

#include "config.h"

#include "linli-demo-play.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-domain-error.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"
#include "linli-registry.h"
#include "linli-seed.h"
#include "linli-unit-search.h"

#define PREFIX      "GY"  /* of the printed numbers */
#define TX_SIZE     250   /* operations: one flush of the full-text index for all of them */
#define PLACE_BATCH 100

void
linli_demo_play_init (LinliDemoPlay *self)
{
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->handlers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
linli_demo_play_clear (LinliDemoPlay *self)
{
  g_clear_pointer (&self->tx, linli_tx_free);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_pointer (&self->handlers, g_hash_table_unref);
  g_clear_pointer (&self->units, g_hash_table_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
}

/* Makes what was done so far durable. */
gboolean
linli_demo_play_flush (LinliDemoPlay *self,
                       GError       **error)
{
  gboolean ok = self->tx == NULL || linli_tx_commit (self->tx, error);

  g_clear_pointer (&self->tx, linli_tx_free);
  self->n_in_tx = 0;
  return ok;
}

/**
 * linli_demo_play_run:
 * @login: who does it: an account, or a unit by its code
 * @args: (transfer full)
 * @at: when
 *
 * Runs one command as if it had been given then.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_demo_play_run (LinliDemoPlay *self,
                     const char    *login,
                     const char    *command,
                     JsonObject    *args,
                     gint64         at,
                     GError       **error)
{
  g_autoptr(JsonObject) owned = args;
  const LinliCommand *spec = linli_registry_find_command (command);
  const char *actor = g_hash_table_lookup (self->handlers, login);
  g_autoptr(LinliOperation) operation = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *id = NULL;

  g_assert (spec != NULL);
  if (actor == NULL)
    actor = g_hash_table_lookup (self->accounts, login);
  if (self->n_in_tx >= TX_SIZE && !linli_demo_play_flush (self, error))
    return NULL;
  if (self->tx == NULL)
    self->tx = linli_tx_begin (self->conn, error);
  if (self->tx == NULL)
    return NULL;

  id = linli_uuid_new (&self->desk->ids, at);
  operation = linli_operation_new (id, command, spec->version, actor, self->desk->device, at, owned, NULL);
  outcome = linli_execute_in (self->tx, operation, LINLI_EXECUTE_QUEUE, error);
  if (outcome == NULL)
    {
      g_prefix_error (error, "%s: ", command);
      return NULL;
    }
  linli_db_note_changes (linli_store_get_db (self->store), outcome->changes);
  self->n_in_tx++;
  self->n_done++;

  return g_steal_pointer (&outcome);
}

static gboolean
run (LinliDemoPlay *self,
     const char    *login,
     const char    *command,
     JsonObject    *args,
     gint64         at,
     GError       **error)
{
  g_autoptr(LinliOutcome) outcome = linli_demo_play_run (self, login, command, args, at, error);

  return outcome != NULL;
}

static JsonObject *
find_clerk (LinliDemoPlay *self)
{
  JsonArray *staff = linli_json_get_array (self->corpus->staff, "staff");

  for (guint i = 0; i < json_array_get_length (staff); i++)
    if (g_str_equal (linli_json_get_text (json_array_get_object_element (staff, i), "login"), LINLI_DEMO_CLERK))
      return json_array_get_object_element (staff, i);
  g_assert_not_reached ();
}

/* Whatever is here already is somebody's work, half made or not. */
static gboolean
check_empty (LinliDemoPlay *self,
             GError       **error)
{
  g_autoptr(GPtrArray) centres = linli_conn_select (self->conn, &linli_table_centre, error, "1 = 1", "");

  if (centres != NULL && centres->len > 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "centre-exists", NULL, N_("This store already holds a centre."));
  return centres != NULL && centres->len == 0;
}

static gboolean
make_centre (LinliDemoPlay *self,
             GError       **error)
{
  LinliDemoEstate *first = self->corpus->estates->pdata[0];
  g_autofree char *name = g_strconcat (linli_json_get_text (self->corpus->places, "district"),
                                       linli_json_get_text (self->corpus->places, "street"),
                                       linli_json_get_text (self->corpus->places, "centre"), NULL);
  const LinliNewCentre centre = {
    .name = name,
    .community = first->community,
    .street = linli_json_get_text (self->corpus->places, "street"),
    .district = linli_json_get_text (self->corpus->places, "district"),
    .person = linli_json_get_text (find_clerk (self), "name"),
    .is_demo = TRUE,
  };

  if (!linli_seed_centre (self->store, self->conn, &centre, error))
    return FALSE;
  g_hash_table_insert (self->accounts, g_strdup (LINLI_DEMO_CLERK), linli_store_dup_actor (self->store));
  return TRUE;
}

static gboolean
find_units (LinliDemoPlay *self,
            GError       **error)
{
  g_autoptr(GPtrArray) rows = linli_unit_search (self->conn, "", 10000, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      LinliRow *row = rows->pdata[i];
      const char *code = linli_row_get_text (row, LINLI_UNIT_CODE);
      const char *name = linli_row_get_text (row, LINLI_UNIT_SHORT_NAME);

      g_hash_table_insert (self->units, g_strdup (code), g_strdup (linli_row_get_id (row)));
      g_hash_table_insert (self->names, g_strdup (code),
                           g_strdup (name != NULL ? name : linli_row_get_text (row, LINLI_UNIT_NAME)));
    }
  return rows != NULL;
}

/* The file calls people by what they do, the domain by their rights; at night
 * the supervisor dispatches. */
static const char *
roles_of (const char *role)
{
  if (g_str_equal (role, "intake"))
    return "clerk";
  return g_str_equal (role, "supervisor") ? "supervisor dispatcher" : role;
}

static gboolean
make_account (LinliDemoPlay *self,
              JsonObject    *person,
              gint64         at,
              GError       **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  const char *name = linli_json_get_text (person, "name");
  const char *role = linli_json_get_text (person, "role");
  const char *unit = linli_json_get_text (person, "unit");
  g_autofree char *pinyin = linli_pinyin_name_initials (name);
  g_autoptr(LinliOutcome) outcome = NULL;
  char *id;

  json_object_set_string_member (args, "name", name);
  json_object_set_string_member (args, "pinyin", pinyin);
  json_object_set_string_member (args, "roles", roles_of (role));
  if (g_str_equal (role, "handler"))
    json_object_set_string_member (args, "unit", g_hash_table_lookup (self->units, unit));
  outcome = linli_demo_play_run (self, LINLI_DEMO_CLERK, "account.create", g_steal_pointer (&args), at, error);
  if (outcome == NULL)
    return FALSE;
  id = g_strdup (linli_json_get_text (outcome->result, "account"));
  g_hash_table_insert (self->accounts, g_strdup (linli_json_get_text (person, "login")), id);
  if (g_str_equal (role, "handler"))
    g_hash_table_insert (self->handlers, g_strdup (unit), g_strdup (id));

  return TRUE;
}

static gboolean
make_accounts (LinliDemoPlay *self,
               gint64         at,
               GError       **error)
{
  JsonArray *staff = linli_json_get_array (self->corpus->staff, "staff");

  for (guint i = 0; i < json_array_get_length (staff); i++)
    {
      JsonObject *person = json_array_get_object_element (staff, i);

      if (person != find_clerk (self) && !make_account (self, person, at + i * LINLI_DEMO_MINUTE, error))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer none): to be completed */
static JsonObject *
add_place (JsonArray  *places,
           const char *name,
           const char *kind,
           const char *parent)
{
  JsonObject *place = json_object_new ();

  json_object_set_string_member (place, "name", name);
  json_object_set_string_member (place, "kind", kind);
  if (parent != NULL)
    json_object_set_string_member (place, "parent", parent);
  json_array_add_object_element (places, place);

  return place;
}

static void
add_names (JsonArray  *places,
           JsonArray  *names,
           const char *kind,
           const char *parent)
{
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    add_place (places, json_array_get_string_element (names, i), kind, parent);
}

/* People name an estate by its door number and by what stood there before. */
static void
add_estate (JsonArray       *places,
            LinliDemoEstate *estate)
{
  JsonObject *place = add_place (places, estate->name, "estate", estate->community);
  g_autofree char *path = g_strdup_printf ("%s/%s", estate->community, estate->name);
  g_autofree char *aliases = g_strjoin (" ", estate->address, estate->aliases, NULL);

  json_object_set_string_member (place, "grid", estate->grid);
  json_object_set_string_member (place, "aliases", aliases);
  for (guint i = 0; i < json_array_get_length (estate->buildings); i++)
    {
      JsonObject *building = json_array_get_object_element (estate->buildings, i);
      const char *name = linli_json_get_text (building, "name");
      g_autofree char *inside = g_strdup_printf ("%s/%s", path, name);

      add_place (places, name, "building", path);
      add_names (places, linli_json_get_array (building, "units"), "unit", inside);
    }
}

static JsonArray *
list_places (LinliDemoCorpus *corpus)
{
  JsonArray *communities = linli_json_get_array (corpus->places, "communities");
  JsonArray *places = json_array_new ();

  for (guint i = 0; i < json_array_get_length (communities); i++)
    {
      JsonObject *community = json_array_get_object_element (communities, i);
      const char *name = linli_json_get_text (community, "name");

      add_place (places, name, "community", NULL);
      add_names (places, linli_json_get_array (community, "roads"), "road", name);
      add_names (places, linli_json_get_array (community, "landmarks"), "landmark", name);
    }
  for (guint i = 0; i < corpus->estates->len; i++)
    add_estate (places, corpus->estates->pdata[i]);

  return places;
}

static gboolean
make_places (LinliDemoPlay *self,
             gint64         at,
             GError       **error)
{
  g_autoptr(JsonArray) places = list_places (self->corpus);
  g_autoptr(GPtrArray) rows = NULL;
  guint n = json_array_get_length (places);

  for (guint start = 0; start < n; start += PLACE_BATCH)
    {
      JsonObject *args = json_object_new ();
      JsonArray *batch = json_array_new ();

      for (guint i = start; i < MIN (start + PLACE_BATCH, n); i++)
        json_array_add_object_element (batch, json_object_ref (json_array_get_object_element (places, i)));
      json_object_set_array_member (args, "places", batch);
      if (!run (self, LINLI_DEMO_CLERK, "place.import", args, at + start * G_USEC_PER_SEC, error))
        return FALSE;
    }
  rows = linli_place_search (self->conn, "", 100000, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_hash_table_insert (self->places, g_strdup (linli_row_get_text (rows->pdata[i], LINLI_PLACE_FULL_NAME)),
                         g_strdup (linli_row_get_id (rows->pdata[i])));

  return rows != NULL;
}

static gboolean
make_views (LinliDemoPlay *self,
            gint64         at,
            GError       **error)
{
  JsonArray *views = linli_json_get_array (self->corpus->desk, "views");

  for (guint i = 0; i < json_array_get_length (views); i++)
    if (!run (self, LINLI_DEMO_CLERK, "view.save", json_object_ref (json_array_get_object_element (views, i)),
              at + i * LINLI_DEMO_MINUTE, error))
      return FALSE;
  return TRUE;
}

/**
 * linli_demo_play_set_stage:
 * @at: when the centre was made
 *
 * The centre with its lists, people, places and kept searches. A store that
 * holds a centre is left as it is.
 */
gboolean
linli_demo_play_set_stage (LinliDemoPlay *self,
                           gint64         at,
                           GError       **error)
{
  self->clock->time = at;
  return check_empty (self, error) &&
         linli_desk_set_prefix (self->desk, self->conn, PREFIX, error) &&
         make_centre (self, error) &&
         find_units (self, error) &&
         make_accounts (self, at + 10 * LINLI_DEMO_MINUTE, error) &&
         make_places (self, at + LINLI_DEMO_HOUR, error) &&
         make_views (self, at + 2 * LINLI_DEMO_HOUR, error) &&
         linli_demo_play_keep_answers (self, at + 3 * LINLI_DEMO_HOUR, error);
}

static gboolean
save_draft (LinliDemoPlay *self,
            const char    *kind,
            const char    *subject,
            JsonObject    *body,
            gint64         at,
            GError       **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autofree char *id = linli_uuid_new (&self->desk->ids, at);

  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "kind", kind);
  if (subject != NULL)
    json_object_set_string_member (args, "subject", subject);
  json_object_set_object_member (args, "body", body);
  return run (self, LINLI_DEMO_CLERK, "draft.save", g_steal_pointer (&args), at, error);
}

/* Somebody called while the last lines were being typed. */
gboolean
linli_demo_play_clear_desk (LinliDemoPlay *self,
                            LinliDemoPlan *plan,
                            GError       **error)
{
  JsonArray *drafts = linli_json_get_array (self->corpus->desk, "drafts");
  gint64 now = self->time->now;

  for (guint i = 0; i < json_array_get_length (drafts); i++)
    if (!save_draft (self, "intake", NULL, json_object_ref (json_array_get_object_element (drafts, i)),
                     now - (30 - 9 * (gint64) i) * LINLI_DEMO_MINUTE, error))
      return FALSE;
  for (guint i = 0; i < plan->stories->len; i++)
    {
      LinliDemoStory *story = plan->stories->pdata[i];
      JsonObject *body;

      if (story->id == NULL || story->hold != LINLI_DEMO_HOLD_WORKING)
        continue;
      body = json_object_new ();
      json_object_set_string_member (body, "body", linli_json_get_text (self->corpus->desk, "note_draft"));
      json_object_set_string_member (body, "audience", "unit");
      return save_draft (self, "note", story->id, body, now - 5 * LINLI_DEMO_MINUTE, error);
    }

  return TRUE;
}
