/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-desk.h"

#include <glib/gi18n.h>

#include "linli-centre-zone.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-sign-in.h"

#define SETTING_DEVICE "device.id"
#define SETTING_PREFIX "device.prefix"
#define SETTING_ACTOR  "desk.actor"
#define SETTING_FORMER "device.former-prefix" /* kept by a copy of another desk's store */

/**
 * linli_desk_new:
 * @clock: (transfer none): outlives the desk
 */
LinliDesk *
linli_desk_new (LinliClock *clock)
{
  LinliDesk *self = g_new0 (LinliDesk, 1);

  self->clock = clock;
  linli_id_source_init (&self->ids);

  return self;
}

void
linli_desk_free (LinliDesk *self)
{
  if (self == NULL)
    return;

  g_free (self->actor);
  g_free (self->device);
  g_free (self->prefix);
  g_free (self);
}

static gboolean
get_setting (LinliConn  *conn,
             const char *id,
             char      **value,
             GError    **error)
{
  return linli_conn_get_text (conn, value, error, "SELECT value FROM setting WHERE id = ?1", "s", id);
}

static gboolean
put_setting (LinliConn  *conn,
             const char *id,
             const char *value,
             GError    **error)
{
  return linli_conn_run (conn, error,
                         "INSERT INTO setting (id, value) VALUES (?1, ?2) "
                         "ON CONFLICT (id) DO UPDATE SET value = excluded.value", "ss", id, value);
}

/* Letters without I and O, which look like digits in print. Two for a new
 * centre; three for the copy of a desk, whose numbers must not meet those that
 * the original went on to print. */
static char *
make_prefix (LinliIdSource *ids,
             const char    *former)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  char prefix[4] = "";
  guint8 bytes[3];

  do
    {
      ids->random (ids->data, bytes, sizeof bytes);
      for (guint i = 0; i < (former != NULL ? 3 : 2); i++)
        prefix[i] = letters[bytes[i] % 24];
    }
  while (g_strcmp0 (prefix, former) == 0);

  return g_strdup (prefix);
}

/**
 * linli_desk_load:
 * @conn: the writing connection
 * @error: %LINLI_STORE_ERROR
 *
 * Reads who this desk is; a new store makes the desk an identity.
 */
gboolean
linli_desk_load (LinliDesk *self,
                 LinliConn *conn,
                 GError   **error)
{
  g_autofree char *former = NULL;
  gboolean required = FALSE;

  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->actor, g_free);
  if (!get_setting (conn, SETTING_FORMER, &former, error) ||
      !get_setting (conn, SETTING_DEVICE, &self->device, error) ||
      !get_setting (conn, SETTING_PREFIX, &self->prefix, error) ||
      !get_setting (conn, SETTING_ACTOR, &self->actor, error))
    return FALSE;

  if (self->device == NULL)
    {
      self->device = linli_uuid_new (&self->ids, linli_clock_now (self->clock));
      if (!put_setting (conn, SETTING_DEVICE, self->device, error))
        return FALSE;
    }
  if (self->prefix == NULL)
    {
      self->prefix = make_prefix (&self->ids, former);
      if (!put_setting (conn, SETTING_PREFIX, self->prefix, error))
        return FALSE;
    }
  if (!linli_sign_in_is_required (conn, &required, error))
    return FALSE;
  if (required)
    g_clear_pointer (&self->actor, g_free);
  /* Without passwords and without a choice, the first account of the store sits at its desk. */
  return self->actor != NULL || required ||
         linli_conn_get_text (conn, &self->actor, error,
                              "SELECT id FROM account WHERE active = 1 ORDER BY pk LIMIT 1", "");
}

/**
 * linli_desk_forget:
 * @conn: of a store that was copied, in a backup or otherwise
 * @error: %LINLI_STORE_ERROR
 *
 * The next desk that loads the store is another one than that it was copied
 * from: the original may have gone on printing numbers that the copy does not
 * know of, so the copy begins its numbers with other letters.
 */
gboolean
linli_desk_forget (LinliConn *conn,
                   GError   **error)
{
  g_autofree char *prefix = NULL;

  return get_setting (conn, SETTING_PREFIX, &prefix, error) &&
         (prefix == NULL || put_setting (conn, SETTING_FORMER, prefix, error)) &&
         linli_conn_run (conn, error, "DELETE FROM setting WHERE id IN (?1, ?2)", "ss", SETTING_DEVICE, SETTING_PREFIX);
}

void
linli_desk_set_actor (LinliDesk  *self,
                      const char *actor)
{
  g_autofree char *copy = g_strdup (actor);

  g_free (self->actor);
  self->actor = g_steal_pointer (&copy);
}

/**
 * linli_desk_set_prefix:
 * @prefix: two capital letters or more, which no other desk of the hub prints
 * @error: %LINLI_STORE_ERROR
 *
 * What the numbers of this desk begin with from now on.
 */
gboolean
linli_desk_set_prefix (LinliDesk  *self,
                       LinliConn  *conn,
                       const char *prefix,
                       GError    **error)
{
  g_return_val_if_fail (prefix != NULL && *prefix != '\0', FALSE);

  if (!put_setting (conn, SETTING_PREFIX, prefix, error))
    return FALSE;
  g_free (self->prefix);
  self->prefix = g_strdup (prefix);

  return TRUE;
}

/**
 * linli_desk_store_identity:
 * @device: what the hub calls this desk
 * @prefix: of its numbers, which no other desk of the hub prints
 * @error: %LINLI_STORE_ERROR
 *
 * Takes effect with the next linli_desk_load().
 */
gboolean
linli_desk_store_identity (LinliConn  *conn,
                           const char *device,
                           const char *prefix,
                           GError    **error)
{
  return put_setting (conn, SETTING_DEVICE, device, error) && put_setting (conn, SETTING_PREFIX, prefix, error);
}

/**
 * linli_desk_draw_number:
 * @series: what is numbered, "case" or "receipt"
 * @error: %LINLI_STORE_ERROR
 *
 * The next number this desk prints, unique without asking anybody: prefix,
 * the centre's day, counter. Drawn inside the operation's own transaction, so that a
 * refused operation uses none up.
 *
 * Returns: (transfer full): such as "KT-20260214-0007"
 */
char *
linli_desk_draw_number (LinliDesk  *self,
                        LinliConn  *conn,
                        const char *series,
                        GError    **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) here = NULL;
  g_autofree char *day = NULL;
  g_autofree char *id = NULL;
  gint64 value = 0;

  if (zone == NULL)
    return NULL;
  here = g_date_time_to_timezone (utc, zone);
  day = g_date_time_format (here, "%Y%m%d");
  id = g_strconcat (series, "/", day, NULL);
  if (!linli_conn_get_int (conn, &value, error,
                           "INSERT INTO counter (id, value) VALUES (?1, 1) "
                           "ON CONFLICT (id) DO UPDATE SET value = counter.value + 1 RETURNING value", "s", id))
    return NULL;

  return g_strdup_printf ("%s-%s-%04" G_GINT64_FORMAT, self->prefix, day, value);
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *value,
             gpointer    copy)
{
  json_object_set_member (copy, name, json_node_copy (value));
}

/* The caller's own arguments stay as they were: a number drawn for an operation
 * that then is refused goes to the next one, and must not come with a retry.
 *
 * Returns: (transfer full): @args with the numbers that are still to be drawn */
static JsonObject *
fill_numbers (LinliDesk          *self,
              LinliConn          *conn,
              const LinliArgSpec *specs,
              JsonObject         *args,
              GError            **error)
{
  g_autoptr(JsonObject) filled = json_object_new ();

  json_object_foreach_member (args, copy_member, filled);
  for (const LinliArgSpec *spec = specs; spec->name != NULL; spec++)
    {
      g_autofree char *number = NULL;

      if (spec->type != LINLI_ARG_NUMBER || linli_json_get_text (args, spec->name) != NULL)
        continue;
      number = linli_desk_draw_number (self, conn, spec->choices[0], error);
      if (number == NULL)
        return NULL;
      json_object_set_string_member (filled, spec->name, number);
    }

  return g_steal_pointer (&filled);
}

/* Whether the desk has nothing to add to @args. */
static gboolean
is_complete (const LinliCommand *spec,
             JsonObject         *args)
{
  for (const LinliArgSpec *arg = spec->args; arg->name != NULL; arg++)
    if (arg->type == LINLI_ARG_NUMBER && linli_json_get_text (args, arg->name) == NULL)
      return FALSE;
  return spec->fill == NULL;
}

static LinliOutcome *
submit_in (LinliDesk        *self,
           LinliTx          *tx,
           const char       *command,
           JsonObject       *args,
           const char       *written,
           LinliExecuteFlags flags,
           GError          **error)
{
  const LinliCommand *spec = linli_registry_find_command (command);
  g_autoptr(LinliOperation) operation = NULL;
  g_autoptr(JsonObject) filled = NULL;
  g_autofree char *id = NULL;
  gint64 now = linli_clock_now (self->clock);

  if (spec == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_UNKNOWN_KIND, "unknown-kind", NULL,
                    N_("This program does not know that command."));
      return NULL;
    }
  if (!linli_args_check (spec->args, args, error))
    return NULL;
  filled = fill_numbers (self, linli_tx_get_conn (tx), spec->args, args, error);
  if (filled == NULL || (spec->fill != NULL && !spec->fill (tx, filled, error)))
    return NULL;
  id = linli_uuid_new (&self->ids, now);
  operation = linli_operation_new (id, command, spec->version, self->actor, self->device, now, filled,
                                   is_complete (spec, args) ? written : NULL);

  return linli_execute_in (tx, operation, flags, error);
}

/**
 * linli_desk_submit_in:
 * @tx: an open transaction, to be committed or dropped by the caller
 * @command: its name
 * @args: (transfer none): not changed; numbers it leaves out are drawn
 * @error: %LINLI_DOMAIN_ERROR for a refusal, %LINLI_STORE_ERROR for a fault
 *
 * Makes an operation and executes it beside others in one transaction. After a
 * failure @tx must be dropped or go back to a mark.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_desk_submit_in (LinliDesk        *self,
                      LinliTx          *tx,
                      const char       *command,
                      JsonObject       *args,
                      LinliExecuteFlags flags,
                      GError          **error)
{
  return submit_in (self, tx, command, args, NULL, flags, error);
}

static LinliOutcome *
submit_alone (LinliDesk        *self,
              LinliConn        *conn,
              const char       *command,
              JsonObject       *args,
              const char       *written,
              LinliExecuteFlags flags,
              GError          **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliOutcome) outcome = NULL;

  if (tx == NULL)
    return NULL;
  outcome = submit_in (self, tx, command, args, written, flags, error);
  if (outcome == NULL || (!(flags & LINLI_EXECUTE_DRY_RUN) && !linli_tx_commit (tx, error)))
    return NULL;

  return g_steal_pointer (&outcome);
}

/**
 * linli_desk_submit_written:
 * @written: (nullable): what linli_json_object_to_text() makes of @args; another
 *   thread may have made it while this one wrote the step before
 *
 * linli_desk_submit() for the steps of something long.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_desk_submit_written (LinliDesk        *self,
                           LinliConn        *conn,
                           const char       *command,
                           JsonObject       *args,
                           const char       *written,
                           LinliExecuteFlags flags,
                           GError          **error)
{
  LinliOutcome *outcome;

  if (!linli_conn_relax (conn, (flags & LINLI_EXECUTE_STEP) != 0, error))
    return NULL;
  outcome = submit_alone (self, conn, command, args, written, flags, error);
  linli_conn_relax (conn, FALSE, NULL); /* what is never refused between transactions */

  return outcome;
}

/**
 * linli_desk_submit:
 *
 * What every door of this machine calls to change something:
 * linli_desk_submit_in() in a transaction of its own.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_desk_submit (LinliDesk        *self,
                   LinliConn        *conn,
                   const char       *command,
                   JsonObject       *args,
                   LinliExecuteFlags flags,
                   GError          **error)
{
  return linli_desk_submit_written (self, conn, command, args, NULL, flags, error);
}
