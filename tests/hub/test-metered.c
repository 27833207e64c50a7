/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A metered network: what was done goes to the hub at once, large files wait,
 * the desk says why, and goes on by itself once the network costs nothing. */

#include <string.h>

#include "linli-attachment-store.h"
#include "linli-blob-words.h"
#include "linli-shelf.h"
#include "one-desk.h"

#define LARGE (3 << 20)
#define SMALL 20000

/* --- A network that costs what the test says --- */

typedef struct
{
  GObject  parent_instance;
  gboolean metered;
} FakeNetwork;

typedef GObjectClass FakeNetworkClass;

enum { AVAILABLE = 1, METERED, CONNECTIVITY };

static GType fake_network_get_type (void);
static void  fake_network_init_initable (GInitableIface *iface);
static void  fake_network_init_monitor  (GNetworkMonitorInterface *iface);

G_DEFINE_TYPE_WITH_CODE (FakeNetwork, fake_network, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_network_init_initable)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, fake_network_init_monitor))

static gboolean
begin (GInitable    *initable,
       GCancellable *cancellable,
       GError      **error)
{
  return TRUE;
}

static void
fake_network_init_initable (GInitableIface *iface)
{
  iface->init = begin;
}

static void
fake_network_init_monitor (GNetworkMonitorInterface *iface)
{
}

static void
fake_network_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (id == AVAILABLE)
    g_value_set_boolean (value, TRUE);
  else if (id == METERED)
    g_value_set_boolean (value, ((FakeNetwork *) object)->metered);
  else
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
}

static void
fake_network_class_init (FakeNetworkClass *klass)
{
  klass->get_property = fake_network_get_property;
  g_object_class_override_property (klass, AVAILABLE, "network-available");
  g_object_class_override_property (klass, METERED, "network-metered");
  g_object_class_override_property (klass, CONNECTIVITY, "connectivity");
}

static void
fake_network_init (FakeNetwork *self)
{
}

static void
set_metered (gboolean metered)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (monitor, fake_network_get_type ()));
  ((FakeNetwork *) monitor)->metered = metered;
  g_object_notify (G_OBJECT (monitor), "network-metered");
}

/* Returns: (transfer full): the name of a file of @size bytes, attached to @id */
static char *
attach (OneDesk    *f,
        const char *id,
        const char *name,
        gsize       size)
{
  g_autofree guchar *noise = g_malloc (size);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(LinliStoredFile) stored = NULL;
  g_autofree char *args = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    noise[i] = (guchar) g_test_rand_int ();
  stream = g_memory_input_stream_new_from_data (noise, (gssize) size, NULL);
  stored = linli_attachment_put (linli_store_get_folder (f->store), stream, name, NULL, &error);
  g_assert_no_error (error);
  args = g_strdup_printf ("{\"case\":\"%s\",\"sha256\":\"%s\",\"name\":\"%s\",\"content_type\":\"application/octet-stream\","
                          "\"size\":%" G_GSIZE_FORMAT ",\"audience\":\"internal\"}", id, stored->sha256, name, size);
  linli_reply_free (one_desk_run (f, "case.attach", args));
  return g_strdup (stored->sha256);
}

static gboolean
is_at_hub (OneDesk    *f,
           const char *sha256)
{
  g_autofree char *root = g_build_filename (f->folder, "hub", "files", f->workspace, NULL);

  return linli_shelf_has (root, sha256, NULL);
}

static void
set_up (OneDesk      *f,
        gconstpointer data)
{
  one_desk_set_up (f, data);
  one_desk_join (f);
}

static void
test_metered (OneDesk      *f,
              gconstpointer data)
{
  static const char words[] = "metered";
  g_autoptr(LinliReply) taken = NULL;
  g_autofree char *small = NULL;
  g_autofree char *large = NULL;
  g_autofree char *told = NULL;
  g_autofree char *then = NULL;
  LinliBlobCount count;
  const char *id;

  one_desk_rest (f);
  set_metered (TRUE);
  taken = one_desk_run (f, "case.intake", "{\"text\":\"灯坏了\",\"channel\":\"CK01\"}");
  id = linli_reply_get_text (taken, "case");
  small = attach (f, id, "lamp.bin", SMALL);
  large = attach (f, id, "film.bin", LARGE);
  one_desk_rest (f);

  /* What was done is there, and so is what costs next to nothing. */
  g_assert_cmpint (linli_sync_agent_get_facts (f->agent)->outbox.n_queued, ==, 0);
  g_assert_true (is_at_hub (f, small));
  g_assert_false (is_at_hub (f, large));
  linli_blob_agent_count (linli_sync_agent_get_blobs (f->agent), &count);
  g_assert_cmpuint (count.n_to_send, ==, 1);
  g_assert_cmpuint (count.n_waiting_for_line, ==, 1);
  told = linli_blobs_words (f->agent);
  g_assert_nonnull (strstr (told, words));

  /* Nobody has to say so when it costs nothing any more. */
  set_metered (FALSE);
  one_desk_rest (f);
  g_assert_true (is_at_hub (f, large));
  then = linli_blobs_words (f->agent);
  g_assert_null (strstr (then, words));
}

/* On a metered network a person may say that it is worth it. */
static void
test_asked (OneDesk      *f,
            gconstpointer data)
{
  g_autoptr(LinliReply) taken = NULL;
  g_autofree char *large = NULL;

  set_metered (TRUE);
  one_desk_rest (f);
  taken = one_desk_run (f, "case.intake", "{\"text\":\"灯坏了\",\"channel\":\"CK01\"}");
  large = attach (f, linli_reply_get_text (taken, "case"), "film.bin", LARGE);
  one_desk_rest (f);
  g_assert_false (is_at_hub (f, large));
  linli_blob_agent_retry (linli_sync_agent_get_blobs (f->agent));
  one_desk_rest (f);
  g_assert_true (is_at_hub (f, large));
}

int
main (int argc, char **argv)
{
  g_setenv ("GIO_USE_NETWORK_MONITOR", "fake", TRUE);
  g_io_extension_point_set_required_type (g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME),
                                          G_TYPE_NETWORK_MONITOR);
  g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, fake_network_get_type (), "fake", 0);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/metered/" path, OneDesk, NULL, set_up, func, one_desk_tear_down)
  ADD ("large-ones-wait", test_metered);
  ADD ("sent-when-asked", test_asked);
#undef ADD

  return g_test_run ();
}
