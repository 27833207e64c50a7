/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Readings that are made together: everybody is answered once, with what is
 * theirs, whatever becomes of the one beside them. */

#include <glib/gstdio.h>
#include <string.h>

#include "linli-hub-service.h"

#define NOW     G_GINT64_CONSTANT (1795900000000000)
#define N_LOOKS 12

typedef struct
{
  gboolean fails;   /* its statement does */
  guint    size;    /* bytes of its reply */
  guint    n_done;
  guint    status;  /* 0: nobody waited any more */
  gsize    got;
  guint   *n_left;
} Look;

static LinliHubReply *
look_work (LinliConn *conn,
           gpointer   data)
{
  Look *look = data;
  LinliHubReply *reply;
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, &error, look->fails ? "SELECT n FROM no_such_table" : "SELECT rev FROM hub_clock", ""))
    return linli_hub_reply_error (error);
  reply = linli_hub_reply_new ("text/plain");
  g_string_set_size (reply->body, look->size);
  memset (reply->body->str, 'x', look->size);
  return reply;
}

static LinliHubReply *
nothing_work (LinliConn *conn,
              gpointer   data)
{
  return linli_hub_reply_new ("text/plain");
}

static void
nothing_cb (LinliHubWorkspace *workspace,
            LinliHubReply     *reply,
            const GError      *error,
            gpointer           data)
{
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
looked_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *reply,
           const GError      *error,
           gpointer           data)
{
  Look *look = data;

  g_assert_true ((reply == NULL) == (error != NULL));
  g_assert_true (reply != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  look->n_done++;
  look->status = reply != NULL ? reply->status : 0;
  look->got = reply != NULL ? reply->body->len : 0;
  --*look->n_left;
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

/* One fails, one has left, and replies are larger than one job makes. */
static void
test_each_is_answered (void)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-looks-XXXXXX", NULL);
  LinliFakeClock clock = LINLI_FAKE_CLOCK_INIT (NOW);
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr(LinliHubService) service = linli_hub_service_open (folder, g_getenv ("LINLI_TEST_DATABASE"), NULL,
                                                               &clock.parent, &error);
  LinliHubWorkspace *workspace;
  Look looks[N_LOOKS];
  guint n_left = N_LOOKS;
  gboolean is_made = FALSE;

  g_assert_no_error (error);
  id = linli_hub_service_make_workspace (service, "桂园", &error);
  g_assert_no_error (error);
  workspace = linli_hub_service_get_workspace (service, id);
  linli_hub_workspace_run (workspace, LINLI_DB_WRITE, nothing_work, nothing_cb, &is_made, NULL, NULL);
  while (!is_made)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autoptr(GCancellable) gone = g_cancellable_new ();

      looks[i] = (Look) { .fails = i == 3, .size = i >= 6 ? 3 << 20 : i, .n_left = &n_left };
      if (i == 5)
        g_cancellable_cancel (gone);
      linli_hub_workspace_look (workspace, look_work, looked_cb, &looks[i], gone);
    }
  while (n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_assert_cmpuint (looks[i].n_done, ==, 1);
      g_assert_cmpuint (looks[i].status, ==, i == 3 ? 503 : i == 5 ? 0 : 200);
      if (looks[i].status == 200)
        g_assert_cmpuint (looks[i].got, ==, looks[i].size);
    }
  linli_hub_service_close (service);
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/looks/each-is-answered", test_each_is_answered);
  return g_test_run ();
}
