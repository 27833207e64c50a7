/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-trail.h"

#define LONGEST 60

struct _LinliCaseTrail
{
  GPtrArray *seen; /* LinliSeenCase, the first seen first */
  guint      at;   /* of the one seen last, or stepped to */
};

static void
seen_case_free (gpointer data)
{
  LinliSeenCase *one = data;

  g_free (one->id);
  g_free (one->title);
  g_free (one->number);
  g_free (one);
}

LinliCaseTrail *
linli_case_trail_new (void)
{
  LinliCaseTrail *self = g_new0 (LinliCaseTrail, 1);

  self->seen = g_ptr_array_new_with_free_func (seen_case_free);

  return self;
}

void
linli_case_trail_free (LinliCaseTrail *self)
{
  g_ptr_array_unref (self->seen);
  g_free (self);
}

static const char *
id_at (LinliCaseTrail *self,
       guint           index)
{
  return ((LinliSeenCase *) self->seen->pdata[index])->id;
}

/* A case is looked at. What lay ahead after steps back is given up for it, as
 * in a browser; the case that one stepped to changes nothing. */
void
linli_case_trail_see (LinliCaseTrail *self,
                      const char     *id,
                      const char     *title,
                      const char     *number)
{
  LinliSeenCase *one;

  g_return_if_fail (self != NULL && id != NULL);

  if (self->seen->len > 0 && g_str_equal (id_at (self, self->at), id))
    return;
  if (self->seen->len > self->at + 1)
    g_ptr_array_set_size (self->seen, (int) self->at + 1);
  if (self->seen->len == LONGEST)
    g_ptr_array_remove_index (self->seen, 0);
  one = g_new0 (LinliSeenCase, 1);
  one->id = g_strdup (id);
  one->title = g_strdup (title);
  one->number = g_strdup (number);
  g_ptr_array_add (self->seen, one);
  self->at = self->seen->len - 1;
}

/**
 * linli_case_trail_step:
 * @shown: (nullable): the case that is shown now
 * @back: or forward
 *
 * Returns: (transfer none) (nullable): the case to show; %NULL at the end of the trail
 */
const char *
linli_case_trail_step (LinliCaseTrail *self,
                       const char     *shown,
                       gboolean        back)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->seen->len == 0)
    return NULL;
  /* Another case was only passed by: back is the one looked at before it. */
  if (back && g_strcmp0 (id_at (self, self->at), shown) != 0)
    return id_at (self, self->at);
  if (back ? self->at == 0 : self->at + 1 >= self->seen->len)
    return NULL;
  self->at += back ? -1 : 1;

  return id_at (self, self->at);
}

/**
 * linli_case_trail_list:
 * @shown: (nullable): left out
 *
 * Returns: (transfer container) (element-type LinliSeenCase): each case once,
 *   the last seen first
 */
GPtrArray *
linli_case_trail_list (LinliCaseTrail *self,
                       const char     *shown,
                       guint           limit)
{
  GPtrArray *list = g_ptr_array_new ();
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL, list);

  for (guint i = self->seen->len; i > 0 && list->len < limit; i--)
    if (g_strcmp0 (id_at (self, i - 1), shown) != 0 && g_hash_table_add (known, (gpointer) id_at (self, i - 1)))
      g_ptr_array_add (list, self->seen->pdata[i - 1]);

  return list;
}
