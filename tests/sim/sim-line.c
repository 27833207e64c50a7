/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections to files on the disks of a seed. To open one is to read the
 * schema and to prepare hundreds of statements, which would be most of what a
 * seed costs; so a program that starts is mostly given a connection that waited
 * on a disk of its own, and finds the file as it lies there: its log is
 * recovered as any program would. Every eighth is opened from nothing. */

#include "sim.h"

#include "linli-engine.h"
#include "linli-sqlite.h"

#define OPENED_TRULY 8 /* one in so many */

typedef struct
{
  LinliConn *conn;
  char      *name;  /* where it waits */
  gint64     stamp; /* of the schema it knows */
} Spare;

static void
spare_free (Spare *spare)
{
  linli_conn_close (spare->conn);
  g_free (spare->name);
  g_free (spare);
}

void
sim_lines_init (SimLines *self)
{
  self->garage = powercut_disk_new (1);
  self->busy = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) spare_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->idle); i++)
    self->idle[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) spare_free);
}

void
sim_lines_clear (SimLines *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->idle); i++)
    g_ptr_array_unref (self->idle[i]);
  g_hash_table_unref (self->busy);
  powercut_disk_free (self->garage);
}

static LinliConn *
open_truly (PowercutDisk *disk,
            const char   *name,
            GError      **error)
{
  LinliConn *conn;

  powercut_disk_mount (disk);
  conn = linli_sqlite_open (name, LINLI_SQLITE_WRITE, error);
  powercut_disk_unmount (disk);
  return conn;
}

static gboolean
read_stamp (LinliConn *conn,
            gint64    *stamp)
{
  return linli_conn_get_int (conn, stamp, NULL, "PRAGMA schema_version", "");
}

/* Returns: (transfer full): a connection to a copy of what @disk has under @name */
static Spare *
spare_new (SimLines     *self,
           PowercutDisk *disk,
           const char   *name)
{
  Spare *spare = g_new0 (Spare, 1);

  spare->name = g_strdup_printf ("/sim/spare-%u.db", self->n_spares++);
  powercut_disk_copy_file (disk, name, self->garage, spare->name);
  spare->conn = open_truly (self->garage, spare->name, NULL);
  if (spare->conn == NULL || !read_stamp (spare->conn, &spare->stamp))
    g_error ("a connection cannot be kept ready");
  return spare;
}

/* Two files with one stamp were made by the same statements in the same order:
 * linli_migrate() on an empty file, and nothing else makes tables. */
static gboolean
take_over (SimLines     *self,
           Spare        *spare,
           PowercutDisk *disk,
           const char   *name)
{
  gint64 stamp = -1;

  powercut_disk_move (self->garage, spare->name, disk, name);
  linli_conn_renew (spare->conn);
  if (read_stamp (spare->conn, &stamp) && stamp == spare->stamp)
    return TRUE;
  powercut_disk_move (disk, name, self->garage, spare->name);
  return FALSE;
}

/* Returns: (transfer full): a connection to file @name of @disk, for sim_close() */
LinliConn *
sim_open (Sim          *sim,
          PowercutDisk *disk,
          const char   *name,
          GError      **error)
{
  SimLines *self = sim->lines;
  GPtrArray *idle = self != NULL ? self->idle[g_str_equal (name, SIM_HUB)] : NULL;
  Spare *spare;

  if (idle == NULL || ++sim->n_opened % OPENED_TRULY == 0 || !powercut_disk_has (disk, name))
    return open_truly (disk, name, error);
  spare = idle->len > 0 ? g_ptr_array_steal_index_fast (idle, idle->len - 1) : spare_new (self, disk, name);
  if (!take_over (self, spare, disk, name))
    {
      g_ptr_array_add (idle, spare);
      return open_truly (disk, name, error);
    }
  g_hash_table_insert (self->busy, spare->conn, spare);
  return spare->conn;
}

/* @tidy: the program ends as programs end: the log goes into the file */
void
sim_close (Sim          *sim,
           PowercutDisk *disk,
           const char   *name,
           gboolean      tidy,
           LinliConn   **line)
{
  SimLines *self = sim->lines;
  LinliConn *conn = g_steal_pointer (line);
  Spare *spare = conn != NULL && self != NULL ? g_hash_table_lookup (self->busy, conn) : NULL;

  if (spare == NULL)
    {
      linli_conn_close (conn);
      return;
    }
  if (linli_conn_is_in_transaction (conn))
    linli_conn_rollback (conn);
  if (tidy)
    linli_conn_exec (conn, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
  g_hash_table_steal (self->busy, conn);
  powercut_disk_move (disk, name, self->garage, spare->name);
  g_ptr_array_add (self->idle[g_str_equal (name, SIM_HUB)], spare);
}
