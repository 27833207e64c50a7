/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new centre starts with: units, channels, reasons, the starter duty
 * list and the working calendar, brought in by the same commands that a
 * person's own lists go through. */

#include "config.h"

#include "linli-seed.h"

#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-duty-search.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-seed-resources.h"

#define RESOURCE_ROOT "/io/github/linli_desk/Linli/seed/"
#define FEWEST_LEAVES 150 /* the starter duty list has more */
#define BATCH 40 /* rows a command: keeps an operation under the hub's 64 KiB */

/**
 * linli_seed_lookup:
 * @name: a file of data/seed, such as "units.json"
 *
 * Returns: (transfer full): its content, from the program itself
 */
GBytes *
linli_seed_lookup (const char *name,
                   GError    **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_ROOT, name, NULL);

  /* Asked for by name, so that the linker keeps it in the program. */
  return g_resource_lookup_data (linli_seed_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

static JsonObject *
load (const char *name,
      GError    **error)
{
  g_autoptr(GBytes) bytes = linli_seed_lookup (name, error);
  gsize size = 0;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  return linli_json_parse_object (text, (gssize) size, error);
}

static gboolean
submit (LinliStore *store,
        LinliConn  *conn,
        const char *command,
        JsonObject *args,
        GError    **error)
{
  g_autoptr(LinliOutcome) outcome = linli_store_submit (store, conn, command, args, LINLI_EXECUTE_QUEUE, error);

  if (outcome == NULL)
    g_prefix_error (error, "%s: ", command);
  return outcome != NULL;
}

/* Turns one record of a seed file into one of the command's. */
typedef JsonObject *(*Convert) (JsonObject *record, gpointer data);

static gboolean
submit_batches (LinliStore *store,
                LinliConn  *conn,
                const char *command,
                const char *member,
                const char *source,
                JsonArray  *records,
                Convert     convert,
                gpointer    data,
                GError    **error)
{
  guint n = json_array_get_length (records);

  for (guint start = 0; start < n; start += BATCH)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      JsonArray *batch = json_array_new ();

      for (guint i = start; i < MIN (start + BATCH, n); i++)
        json_array_add_object_element (batch, convert (json_array_get_object_element (records, i), data));
      json_object_set_array_member (args, member, batch);
      if (source != NULL)
        json_object_set_string_member (args, "source", source);
      if (!submit (store, conn, command, args, error))
        return FALSE;
    }

  return TRUE;
}

static void
copy_text (JsonObject *from,
           const char *member,
           JsonObject *to,
           const char *as)
{
  const char *text = linli_json_get_text (from, member);

  if (text != NULL)
    json_object_set_string_member (to, as, text);
}

static JsonObject *
convert_unit (JsonObject *record,
              gpointer    data)
{
  JsonObject *unit = json_object_new ();

  copy_text (record, "code", unit, "code");
  copy_text (record, "name", unit, "name");
  copy_text (record, "short", unit, "short_name");
  copy_text (record, "kind", unit, "kind");
  copy_text (record, "parent", unit, "parent");
  copy_text (record, "phone", unit, "phone");
  return unit;
}

static JsonObject *
convert_channel (JsonObject *record,
                 gpointer    data)
{
  JsonObject *channel = json_object_new ();

  copy_text (record, "id", channel, "code");
  copy_text (record, "name", channel, "name");
  copy_text (record, "group", channel, "group");
  copy_text (record, "short", channel, "aliases");
  copy_text (record, "reply", channel, "reply_by");
  json_object_set_boolean_member (channel, "active", linli_json_get_bool (record, "active"));
  return channel;
}

static JsonObject *
convert_reason (JsonObject *record,
                gpointer    kind)
{
  JsonObject *reason = json_object_new ();

  json_object_set_string_member (reason, "kind", kind);
  copy_text (record, "code", reason, "code");
  copy_text (record, "label", reason, "label");
  copy_text (record, "template", reason, "template");
  copy_text (record, "basis", reason, "basis");
  return reason;
}

/* The list is written with what residents ask most first in each class; a
 * leaf with many of their words is a frequent one. */
static gint64
expected_uses (JsonObject *leaf)
{
  JsonArray *aliases = linli_json_get_array (leaf, "aliases");

  return aliases != NULL ? json_array_get_length (aliases) : 0;
}

static void
copy_node (JsonObject *from,
           const char *member,
           JsonObject *to)
{
  JsonNode *node = json_object_get_member (from, member);

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    json_object_set_member (to, member, json_node_copy (node));
}

static JsonObject *
convert_leaf (JsonObject *record,
              gpointer    data)
{
  static const char *const same[] = { "code", "name", "aliases", "assist", "limits", "start_rule",
                                      "standard", "closing", "filing", "lane", "urgency", "catch_all", "lead", "evidence" };
  JsonObject *item = json_object_new ();
  const char *code = linli_json_get_text (record, "code");
  const char *dot = code != NULL ? strrchr (code, '.') : NULL;
  g_autofree char *path = g_strdup_printf ("%s / %s / %s", linli_json_get_text (record, "class"),
                                           linli_json_get_text (record, "group"),
                                           linli_json_get_text (record, "name"));
  g_autofree char *parent = dot != NULL ? g_strndup (code, (gsize) (dot - code)) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    copy_node (record, same[i], item);
  copy_text (record, "basis", item, "legal_basis");
  json_object_set_string_member (item, "path", path);
  if (parent != NULL)
    json_object_set_string_member (item, "parent_code", parent);
  json_object_set_int_member (item, "level", 3);
  json_object_set_boolean_member (item, "leaf", TRUE);
  json_object_set_int_member (item, "uses", expected_uses (record));

  return item;
}

static JsonObject *
make_branch (const char *code,
             const char *parent,
             const char *name,
             const char *path,
             int         level)
{
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "code", code);
  if (parent != NULL)
    json_object_set_string_member (item, "parent_code", parent);
  json_object_set_string_member (item, "name", name);
  json_object_set_string_member (item, "path", path);
  json_object_set_int_member (item, "level", level);
  json_object_set_boolean_member (item, "leaf", FALSE);
  return item;
}

/* Classes and their groups, flat, parents before children. */
static JsonArray *
make_branches (JsonArray *classes)
{
  JsonArray *branches = json_array_new ();

  for (guint i = 0; i < json_array_get_length (classes); i++)
    {
      JsonObject *class = json_array_get_object_element (classes, i);
      JsonArray *groups = linli_json_get_array (class, "groups");
      const char *code = linli_json_get_text (class, "code");
      const char *name = linli_json_get_text (class, "name");

      json_array_add_object_element (branches, make_branch (code, NULL, name, name, 1));
      for (guint g = 0; groups != NULL && g < json_array_get_length (groups); g++)
        {
          JsonObject *group = json_array_get_object_element (groups, g);
          const char *group_name = linli_json_get_text (group, "name");
          g_autofree char *path = g_strdup_printf ("%s / %s", name, group_name);

          json_array_add_object_element (branches, make_branch (linli_json_get_text (group, "code"), code,
                                                                group_name, path, 2));
        }
    }

  return branches;
}

static JsonObject *
keep (JsonObject *record,
      gpointer    data)
{
  return json_object_ref (record);
}

static gboolean
seed_duty_list (LinliStore *store,
                LinliConn  *conn,
                GError    **error)
{
  g_autoptr(JsonObject) file = load ("duty-catalogue.json", error);
  g_autoptr(JsonArray) branches = NULL;
  const char *title;

  if (file == NULL)
    return FALSE;
  title = linli_json_get_text (file, "title");
  branches = make_branches (linli_json_get_array (file, "classes"));

  return submit_batches (store, conn, "duty.import", "items", title, branches, keep, NULL, error) &&
         submit_batches (store, conn, "duty.import", "items", title, linli_json_get_array (file, "items"),
                         convert_leaf, NULL, error);
}

static gboolean
seed_reasons (LinliStore *store,
              LinliConn  *conn,
              GError    **error)
{
  static const char *const kinds[] = { "decline", "withdraw", "return", "release", "suspend", "extend" };
  g_autoptr(JsonObject) file = load ("reasons.json", error);

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!submit_batches (store, conn, "reason.import", "reasons", NULL, linli_json_get_array (file, kinds[i]),
                         convert_reason, (gpointer) kinds[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
seed_list (LinliStore *store,
           LinliConn  *conn,
           const char *file_name,
           const char *member,
           const char *command,
           Convert     convert,
           GError    **error)
{
  g_autoptr(JsonObject) file = load (file_name, error);

  return file != NULL &&
         submit_batches (store, conn, command, member, NULL, linli_json_get_array (file, member),
                         convert, NULL, error);
}

/* As the file has it: the commands take the same words. */
static gboolean
seed_routing (LinliStore *store,
              LinliConn  *conn,
              GError    **error)
{
  g_autoptr(JsonObject) file = load ("routing.json", error);

  return file != NULL &&
         submit_batches (store, conn, "attribute.import", "attributes", NULL, linli_json_get_array (file, "attributes"),
                         keep, NULL, error) &&
         submit_batches (store, conn, "rule.import", "rules", NULL, linli_json_get_array (file, "rules"), keep, NULL, error);
}

static gboolean
seed_lanes (LinliStore *store,
            LinliConn  *conn,
            GError    **error)
{
  g_autoptr(JsonObject) file = load ("lanes.json", error);
  JsonArray *lanes = file != NULL ? linli_json_get_array (file, "lanes") : NULL;

  for (guint i = 0; lanes != NULL && i < json_array_get_length (lanes); i++)
    if (!submit (store, conn, "lane.save", json_array_get_object_element (lanes, i), error))
      return FALSE;
  return file != NULL;
}

static gboolean
seed_calendar (LinliStore *store,
               LinliConn  *conn,
               GError    **error)
{
  g_autoptr(JsonObject) body = load ("calendar.json", error);
  g_autoptr(JsonObject) args = json_object_new ();

  if (body == NULL)
    return FALSE;
  json_object_set_string_member (args, "name", linli_json_get_text (body, "name"));
  json_object_set_object_member (args, "body", g_steal_pointer (&body));
  return submit (store, conn, "calendar.save", args, error);
}

static gboolean
create_centre (LinliStore           *store,
               LinliConn            *conn,
               const LinliNewCentre *centre,
               GError              **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autofree char *pinyin = linli_pinyin_name_initials (centre->person);
  g_autoptr(LinliOutcome) outcome = NULL;

  json_object_set_string_member (args, "name", centre->name);
  json_object_set_string_member (args, "person", centre->person);
  json_object_set_string_member (args, "person_pinyin", pinyin);
  json_object_set_boolean_member (args, "is_demo", centre->is_demo);
  if (centre->community != NULL)
    json_object_set_string_member (args, "community", centre->community);
  if (centre->street != NULL)
    json_object_set_string_member (args, "street", centre->street);
  if (centre->district != NULL)
    json_object_set_string_member (args, "district", centre->district);
  outcome = linli_store_submit (store, conn, "centre.create", args, LINLI_EXECUTE_QUEUE, error);
  if (outcome == NULL)
    return FALSE;
  linli_store_set_actor (store, linli_json_get_text (outcome->result, "account"));

  return TRUE;
}

/* Whether an earlier start broke off between the centre and its lists. */
static gboolean
is_half_made (LinliConn *conn)
{
  g_autoptr(GPtrArray) centres = linli_conn_select (conn, &linli_table_centre, NULL, "1 = 1", "");
  g_autoptr(GPtrArray) cases = linli_conn_select (conn, &linli_table_case, NULL, "1 = 1 LIMIT 1", "");
  g_autoptr(GPtrArray) leaves = linli_duty_search (conn, "", FEWEST_LEAVES, NULL);

  return centres != NULL && centres->len == 1 && cases != NULL && cases->len == 0 &&
         leaves != NULL && leaves->len < FEWEST_LEAVES;
}

/**
 * linli_seed_centre:
 * @conn: the connection of a writing job
 * @error: %LINLI_DOMAIN_ERROR_DUPLICATE when the store holds a centre already
 *
 * Makes the centre, its first account and its lists. Interrupted half-way it
 * can be run again and completes what is missing.
 */
gboolean
linli_seed_centre (LinliStore           *store,
                   LinliConn            *conn,
                   const LinliNewCentre *centre,
                   GError              **error)
{
  return (is_half_made (conn) || create_centre (store, conn, centre, error)) &&
         seed_calendar (store, conn, error) &&
         seed_list (store, conn, "units.json", "units", "unit.import", convert_unit, error) &&
         seed_list (store, conn, "channels.json", "channels", "channel.import", convert_channel, error) &&
         seed_reasons (store, conn, error) &&
         seed_routing (store, conn, error) &&
         seed_lanes (store, conn, error) &&
         seed_duty_list (store, conn, error);
}

static void
new_centre_free (LinliNewCentre *centre)
{
  g_free ((char *) centre->name);
  g_free ((char *) centre->community);
  g_free ((char *) centre->street);
  g_free ((char *) centre->district);
  g_free ((char *) centre->person);
  g_free (centre);
}

static gpointer
seed_job (LinliConn  *conn,
          LinliDesk  *desk,
          LinliStore *store,
          gpointer    data,
          GError    **error)
{
  return GINT_TO_POINTER (linli_seed_centre (store, conn, data, error));
}

/* linli_seed_centre() in the writing lane. */
void
linli_seed_async (LinliStore           *store,
                  const LinliNewCentre *centre,
                  GCancellable         *cancellable,
                  GAsyncReadyCallback   callback,
                  gpointer              user_data)
{
  LinliNewCentre *copy = g_new0 (LinliNewCentre, 1);

  copy->name = g_strdup (centre->name);
  copy->community = g_strdup (centre->community);
  copy->street = g_strdup (centre->street);
  copy->district = g_strdup (centre->district);
  copy->person = g_strdup (centre->person);
  copy->is_demo = centre->is_demo;
  linli_store_write_async (store, seed_job, copy, (GDestroyNotify) new_centre_free, NULL,
                           cancellable, callback, user_data);
}

gboolean
linli_seed_finish (LinliStore   *store,
                   GAsyncResult *result,
                   GError      **error)
{
  return GPOINTER_TO_INT (linli_store_write_finish (store, result, error));
}
