/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walking along a shelf: everything on it, what is marked, what may go. */

#include "config.h"

#include "linli-shelf.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define HALF_DONE_DAYS 7 /* a part that nobody went on with is given up after */

/* Returns: (transfer full) (element-type utf8): hashes, in no order */
GPtrArray *
linli_shelf_marked (const char *root,
                    const char *mark)
{
  g_autofree char *prefix = g_strconcat (mark, "-", NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && linli_shelf_is_name (name + strlen (prefix)))
      g_ptr_array_add (found, g_strdup (name + strlen (prefix)));

  return found;
}

static gboolean
stat_in (const char *folder,
         const char *name,
         GStatBuf   *st)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_stat (path, st) == 0;
}

/* Every whole file, in no order. @func may remove the one it is told of. */
void
linli_shelf_each (const char    *root,
                  LinliShelfFunc func,
                  gpointer       data)
{
  g_autoptr(GDir) dir = g_dir_open (root, 0, NULL);
  const char *shelf;

  while (dir != NULL && (shelf = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, shelf, NULL);
      g_autoptr(GDir) files = strlen (shelf) == 2 ? g_dir_open (path, 0, NULL) : NULL;
      const char *name;
      GStatBuf st;

      while (files != NULL && (name = g_dir_read_name (files)) != NULL)
        if (linli_shelf_is_name (name) && stat_in (path, name, &st) && S_ISREG (st.st_mode))
          func (name, st.st_size, data);
    }
}

typedef struct
{
  const char      *root;
  gint64           now;
  gint64           grace;
  LinliShelfNeeds  needs;
  gpointer         data;
  LinliShelfSwept *swept;
} Sweep;

static void
sweep_file (const char *sha256,
            gint64      size,
            gpointer    data)
{
  Sweep *sweep = data;
  gint64 since = 0;

  if (sweep->needs (sha256, sweep->data))
    {
      linli_shelf_unmark (sweep->root, LINLI_SHELF_UNNEEDED, sha256);
      return;
    }
  if (!linli_shelf_is_marked (sweep->root, LINLI_SHELF_UNNEEDED, sha256, &since))
    {
      linli_shelf_mark (sweep->root, LINLI_SHELF_UNNEEDED, sha256);
      return;
    }
  if (since > sweep->now - sweep->grace || !linli_shelf_remove (sweep->root, sha256))
    return;
  linli_shelf_unmark (sweep->root, LINLI_SHELF_UNNEEDED, sha256);
  linli_shelf_unmark (sweep->root, LINLI_SHELF_UNSENT, sha256);
  linli_shelf_unmark (sweep->root, LINLI_SHELF_SMALL, sha256);
  sweep->swept->n_removed++;
  sweep->swept->bytes += size;
}

/* Parts of files on their way, and of copies that were cut off before they had a name. */
static void
sweep_parts (const Sweep *sweep)
{
  g_autoptr(GDir) dir = g_dir_open (sweep->root, 0, NULL);
  gint64 before = sweep->now - HALF_DONE_DAYS * G_TIME_SPAN_DAY;
  const char *name;
  GStatBuf st;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "part-") && stat_in (sweep->root, name, &st) &&
        (gint64) st.st_mtim.tv_sec * G_USEC_PER_SEC < before)
      {
        g_autofree char *path = g_build_filename (sweep->root, name, NULL);

        g_unlink (path);
        sweep->swept->n_parts++;
      }
}

/**
 * linli_shelf_sweep:
 * @now: by the machine's clock, microseconds UTC
 * @grace: microseconds from when nobody needed a file until it goes
 * @needs: whether somebody refers to a file
 *
 * The first sweep that finds a file unneeded marks it; one that finds the mark
 * older than @grace removes it. Whoever needs it again meanwhile keeps it.
 */
void
linli_shelf_sweep (const char      *root,
                   gint64           now,
                   gint64           grace,
                   LinliShelfNeeds  needs,
                   gpointer         data,
                   LinliShelfSwept *swept)
{
  Sweep sweep = { root, now, grace, needs, data, swept };

  *swept = (LinliShelfSwept) { 0 };
  linli_shelf_each (root, sweep_file, &sweep);
  sweep_parts (&sweep);
}
