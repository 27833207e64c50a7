/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-replay-postgres.h"

#include <libpq-fe.h>
#include <stdlib.h>

/* One statement of the hub's, once for all rows that it was run for. */
typedef struct
{
  char *sql;
  int   n_values;
} Kind;

typedef struct
{
  guint kind;  /* of kinds; G_MAXUINT: here a transaction ends */
  guint first; /* of values */
} Write;

struct _HubReplayPostgres
{
  char      *address;
  char      *workspace;
  char      *base;      /* schema: the workspace as it was before; the log lies there too */
  guint      n_commits;
  GPtrArray *kinds;     /* (element-type Kind) */
  GArray    *writes;    /* (element-type Write) */
  GPtrArray *values;    /* (element-type utf8) (nullable) */
};

static PGconn *
open_line (const char *address)
{
  PGconn *line = PQconnectdb (address);

  if (PQstatus (line) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (line));
  PQclear (PQexec (line, "SET client_min_messages = warning"));
  return line;
}

/* Returns: (transfer full) */
static PGresult *
ask (PGconn     *line,
     const char *sql)
{
  PGresult *result = PQexec (line, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%.200s: %s", sql, PQerrorMessage (line));
  return result;
}

static void
run (PGconn     *line,
     const char *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  PQclear (ask (line, sql));
}

/* ---- recording ---- */

/* Tables with their indexes and rows, without the guards of what is only added to.
 *
 * @tables: SQL for the set of their names */
static void
copy_schema (PGconn     *line,
             const char *from,
             const char *to,
             const char *tables)
{
  run (line,
       "BEGIN; CREATE SCHEMA \"%s\";"
       "DO $$ DECLARE t name; BEGIN"
       " FOR t IN %s LOOP"
       "  EXECUTE format ('CREATE TABLE %%I.%%I (LIKE %%I.%%I INCLUDING ALL)', '%s', t, '%s', t);"
       "  EXECUTE format ('INSERT INTO %%I.%%I OVERRIDING SYSTEM VALUE SELECT * FROM %%I.%%I', '%s', t, '%s', t);"
       " END LOOP; END $$; COMMIT",
       to, tables, to, from, to, from);
}

/* An update that changes nothing took a lock, and is left out. */
static void
add_triggers (PGconn     *line,
              const char *schema,
              const char *base)
{
  run (line,
       "BEGIN;"
       "CREATE TABLE \"%s\".bench_log (seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tx BIGINT, name TEXT, verb TEXT,"
       " old JSONB, new JSONB);"
       "CREATE FUNCTION \"%s\".bench_log () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
       " IF TG_OP <> 'UPDATE' OR OLD IS DISTINCT FROM NEW THEN"
       "  INSERT INTO \"%s\".bench_log (tx, name, verb, old, new)"
       "   VALUES (txid_current (), TG_TABLE_NAME, TG_OP, to_jsonb (OLD), to_jsonb (NEW));"
       " END IF; RETURN NULL; END $$;"
       "DO $$ DECLARE t name; BEGIN"
       " FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = '%s' LOOP"
       "  EXECUTE format ('CREATE TRIGGER bench AFTER INSERT OR UPDATE OR DELETE ON %%I.%%I FOR EACH ROW"
       " EXECUTE FUNCTION %%I.bench_log ()', '%s', t, '%s');"
       " END LOOP; END $$; COMMIT",
       base, base, base, schema, schema, base);
}

/**
 * hub_replay_postgres_record:
 * @workspace: its id; its hub waits for a push
 *
 * From now on the database keeps every row that the hub writes for the workspace.
 */
HubReplayPostgres *
hub_replay_postgres_record (const char *address,
                            const char *workspace)
{
  static guint n;
  HubReplayPostgres *self = g_new0 (HubReplayPostgres, 1);
  PGconn *line = open_line (address);
  g_autofree char *all = NULL;

  self->address = g_strdup (address);
  self->workspace = g_strconcat ("linli_", workspace, NULL);
  self->base = g_strdup_printf ("bench_base_%u", n++);
  all = g_strdup_printf ("SELECT tablename FROM pg_tables WHERE schemaname = '%s'", self->workspace);
  copy_schema (line, self->workspace, self->base, all);
  add_triggers (line, self->workspace, self->base);
  PQfinish (line);
  return self;
}

/* ---- loading what was recorded ---- */

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_free (kind->sql);
  g_free (kind);
}

/* The columns and values of one write, in the rows of @log from @first to before @end;
 * rows are found by their id, as the hub finds them.
 *
 * Returns: (transfer full) */
static char *
make_sql (PGresult *log,
          int       first,
          int       end)
{
  const char *table = PQgetvalue (log, first, 2);
  const char *verb = PQgetvalue (log, first, 3);
  g_autoptr(GString) sql = g_string_new (NULL);

  if (g_str_equal (verb, "DELETE"))
    g_string_printf (sql, "DELETE FROM %s WHERE id = $1", table);
  else if (g_str_equal (verb, "UPDATE"))
    {
      g_string_printf (sql, "UPDATE %s SET", table);
      for (int i = first; i < end - 1; i++) /* the last is the id */
        g_string_append_printf (sql, "%s %s = $%d", i > first ? "," : "", PQgetvalue (log, i, 4), i - first + 1);
      g_string_append_printf (sql, " WHERE id = $%d", end - first);
    }
  else
    {
      g_autoptr(GString) places = g_string_new (NULL);

      g_string_printf (sql, "INSERT INTO %s (", table);
      for (int i = first; i < end; i++)
        {
          g_string_append_printf (sql, "%s%s", i > first ? ", " : "", PQgetvalue (log, i, 4));
          g_string_append_printf (places, "%s$%d", i > first ? ", " : "", i - first + 1);
        }
      g_string_append_printf (sql, ") OVERRIDING SYSTEM VALUE VALUES (%s)", places->str);
    }
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
add_write (HubReplayPostgres *self,
           PGresult          *log,
           int                first,
           int                end,
           GHashTable        *known)
{
  g_autofree char *sql = make_sql (log, first, end);
  Write write = { 0, self->values->len };
  gpointer at = NULL;

  for (int i = first; i < end; i++)
    g_ptr_array_add (self->values, PQgetisnull (log, i, 5) ? NULL : g_strdup (PQgetvalue (log, i, 5)));
  if (!g_hash_table_lookup_extended (known, sql, NULL, &at))
    {
      Kind *kind = g_new0 (Kind, 1);

      kind->sql = g_steal_pointer (&sql);
      kind->n_values = end - first;
      at = GUINT_TO_POINTER (self->kinds->len);
      g_hash_table_insert (known, kind->sql, at);
      g_ptr_array_add (self->kinds, kind);
    }
  write.kind = GPOINTER_TO_UINT (at);
  g_array_append_val (self->writes, write);
}

static void
end_transaction (HubReplayPostgres *self)
{
  const Write end = { G_MAXUINT, 0 };

  g_array_append_val (self->writes, end);
  self->n_commits++;
}

/* One row for each value that was written: of an update what changed, and the id
 * last; of a removal the id. */
static PGresult *
read_log (PGconn            *line,
          HubReplayPostgres *self)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT seq, tx, name, verb, key, value FROM ("
    " SELECT seq, tx, name, verb, key, value, FALSE AS last FROM \"%s\".bench_log, jsonb_each_text (new)"
    "  WHERE verb = 'INSERT' OR (verb = 'UPDATE' AND new -> key IS DISTINCT FROM old -> key)"
    " UNION ALL"
    " SELECT seq, tx, name, verb, 'id', old ->> 'id', TRUE FROM \"%s\".bench_log WHERE verb <> 'INSERT'"
    ") AS written ORDER BY seq, last, key", self->base, self->base);

  return ask (line, sql);
}

/**
 * hub_replay_postgres_load:
 *
 * Reads what was recorded, and ends the recording. Statements of other
 * transactions must not have come between those of one: one desk pushes.
 */
void
hub_replay_postgres_load (HubReplayPostgres *self)
{
  PGconn *line = open_line (self->address);
  PGresult *log = read_log (line, self);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  int n = PQntuples (log);

  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  self->writes = g_array_new (FALSE, FALSE, sizeof (Write));
  self->values = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0, end; i < n; i = end)
    {
      if (i > 0 && !g_str_equal (PQgetvalue (log, i, 1), PQgetvalue (log, i - 1, 1)))
        end_transaction (self);
      for (end = i + 1; end < n && g_str_equal (PQgetvalue (log, i, 0), PQgetvalue (log, end, 0)); end++)
        ;
      add_write (self, log, i, end, known);
    }
  end_transaction (self);
  PQclear (log);
  run (line, "CREATE TABLE \"%s\".bench_written AS SELECT DISTINCT name FROM \"%s\".bench_log;"
             "DROP FUNCTION \"%s\".bench_log CASCADE; DROP TABLE \"%s\".bench_log", self->base, self->base, self->base,
       self->base);
  PQfinish (line);
}

void
hub_replay_postgres_free (HubReplayPostgres *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->workspace);
  g_free (self->base);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->writes, g_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/* Returns: how many rows were written, changed or removed */
guint
hub_replay_postgres_n_rows (const HubReplayPostgres *self)
{
  return self->writes->len - self->n_commits;
}

/* ---- writing it again ---- */

typedef struct
{
  const HubReplayPostgres *replay;
  char                    *schema; /* (owned) */
  PGconn                  *line;   /* (owned) every statement prepared */
} Writer;

static void
writer_open (Writer                  *self,
             const HubReplayPostgres *replay)
{
  static guint n;
  g_autofree char *written = g_strdup_printf ("SELECT name FROM \"%s\".bench_written", replay->base);

  self->replay = replay;
  self->schema = g_strdup_printf ("bench_copy_%u", n++);
  self->line = open_line (replay->address);
  copy_schema (self->line, replay->base, self->schema, written);
  run (self->line, "SET search_path = \"%s\"", self->schema);
  for (guint i = 0; i < replay->kinds->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", i);
      PGresult *result = PQprepare (self->line, name, ((Kind *) replay->kinds->pdata[i])->sql, 0, NULL);

      if (PQresultStatus (result) != PGRES_COMMAND_OK)
        g_error ("%s", PQerrorMessage (self->line));
      PQclear (result);
    }
}

static void
writer_close (Writer *self)
{
  run (self->line, "DROP SCHEMA \"%s\" CASCADE", self->schema);
  PQfinish (self->line);
  g_free (self->schema);
}

static void
write_one (Writer      *self,
           const Write *write)
{
  Kind *kind = self->replay->kinds->pdata[write->kind];
  char name[16];
  PGresult *result;

  g_snprintf (name, sizeof name, "k%u", write->kind);
  result = PQexecPrepared (self->line, name, kind->n_values,
                           (const char *const *) self->replay->values->pdata + write->first, NULL, NULL, 0);
  if (PQresultStatus (result) != PGRES_COMMAND_OK || !g_str_equal (PQcmdTuples (result), "1"))
    g_error ("%s: %s", kind->sql, PQerrorMessage (self->line));
  PQclear (result);
}

static gpointer
write_thread (gpointer data)
{
  Writer *self = data;
  GArray *writes = self->replay->writes;
  gboolean begun = FALSE;

  for (guint i = 0; i < writes->len; i++)
    {
      const Write *write = &g_array_index (writes, Write, i);

      if (write->kind == G_MAXUINT)
        run (self->line, "COMMIT");
      else
        {
          if (!begun)
            run (self->line, "BEGIN");
          write_one (self, write);
        }
      begun = write->kind != G_MAXUINT;
    }
  return NULL;
}

/**
 * hub_replay_postgres_write:
 * @n_copies: schemas written at once, each by a thread and over a connection of its own
 *
 * Making the schemas is not measured.
 *
 * Returns: how often a second all that was recorded is written
 */
double
hub_replay_postgres_write (const HubReplayPostgres *self,
                           guint                    n_copies)
{
  g_autofree Writer *writers = g_new0 (Writer, n_copies);
  g_autofree GThread **threads = g_new0 (GThread *, n_copies);
  gint64 began;

  for (guint i = 0; i < n_copies; i++)
    writer_open (&writers[i], self);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < n_copies; i++)
    threads[i] = g_thread_new ("replay", write_thread, &writers[i]);
  for (guint i = 0; i < n_copies; i++)
    g_thread_join (threads[i]);
  began = g_get_monotonic_time () - began;
  for (guint i = 0; i < n_copies; i++)
    writer_close (&writers[i]);
  return (double) n_copies * G_USEC_PER_SEC / (double) MAX (began, 1);
}
