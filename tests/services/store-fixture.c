/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

#define NOW G_GINT64_CONSTANT (1771034400000000)

void
store_fixture_set_up (StoreFixture *f,
                      gconstpointer data)
{
  f->folder = g_dir_make_tmp ("linli-store-XXXXXX", NULL);
  f->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (NOW);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
store_fixture_tear_down (StoreFixture *f,
                         gconstpointer data)
{
  remove_tree (f->folder);
  g_free (f->folder);
}
