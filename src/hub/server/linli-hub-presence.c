/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-presence.h"

struct _LinliHubPresence
{
  GHashTable *workspaces; /* id -> GHashTable of device -> LinliHubPresent */
};

static void
present_free (gpointer data)
{
  LinliHubPresent *one = data;

  g_free (one->subject);
  g_free (one->person);
  g_free (one);
}

LinliHubPresence *
linli_hub_presence_new (void)
{
  LinliHubPresence *self = g_new0 (LinliHubPresence, 1);

  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);

  return self;
}

void
linli_hub_presence_free (LinliHubPresence *self)
{
  g_hash_table_unref (self->workspaces);
  g_free (self);
}

static GHashTable *
devices_of (LinliHubPresence *self,
            const char       *workspace)
{
  GHashTable *devices = g_hash_table_lookup (self->workspaces, workspace);

  if (devices == NULL)
    {
      devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, present_free);
      g_hash_table_insert (self->workspaces, g_strdup (workspace), devices);
    }
  return devices;
}

/**
 * linli_hub_presence_tell:
 * @subject: (nullable): the case that @device shows; %NULL for none
 * @person: who sits there
 * @now: microseconds UTC
 *
 * One desk shows one case at a time: what it told before is replaced.
 */
void
linli_hub_presence_tell (LinliHubPresence *self,
                         const char       *workspace,
                         const char       *device,
                         const char       *subject,
                         const char       *person,
                         gboolean          writing,
                         gint64            now)
{
  LinliHubPresent *one;

  g_return_if_fail (self != NULL && workspace != NULL && device != NULL);

  if (subject == NULL || person == NULL)
    {
      g_hash_table_remove (devices_of (self, workspace), device);
      return;
    }
  one = g_new0 (LinliHubPresent, 1);
  one->subject = g_strdup (subject);
  one->person = g_strdup (person);
  one->writing = writing;
  one->until = now + LINLI_HUB_PRESENCE_LEASE_S * G_USEC_PER_SEC;
  g_hash_table_replace (devices_of (self, workspace), g_strdup (device), one);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const LinliHubPresent *x = *(LinliHubPresent *const *) a;
  const LinliHubPresent *y = *(LinliHubPresent *const *) b;

  if (x->writing != y->writing)
    return x->writing ? -1 : 1;
  return g_strcmp0 (x->person, y->person);
}

/**
 * linli_hub_presence_list:
 * @device: who asks; it is not told of itself
 * @now: microseconds UTC; who has not been heard of in time is forgotten
 *
 * Returns: (transfer container) (element-type LinliHubPresent): who else shows
 *   the case @subject, those who write first; good until the next call
 */
GPtrArray *
linli_hub_presence_list (LinliHubPresence *self,
                         const char       *workspace,
                         const char       *device,
                         const char       *subject,
                         gint64            now)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_return_val_if_fail (self != NULL && workspace != NULL && subject != NULL, list);

  g_hash_table_iter_init (&iter, devices_of (self, workspace));
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LinliHubPresent *one = value;

      if (one->until <= now)
        g_hash_table_iter_remove (&iter);
      else if (g_strcmp0 (key, device) != 0 && g_str_equal (one->subject, subject))
        g_ptr_array_add (list, one);
    }
  g_ptr_array_sort (list, compare);
  if (list->len > LINLI_HUB_PRESENCE_SHOWN)
    g_ptr_array_set_size (list, LINLI_HUB_PRESENCE_SHOWN);

  return list;
}
