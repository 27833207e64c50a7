/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-set.h"

#include <string.h>

void
linli_case_set_add (LinliCaseSet *self,
                    gint64        pk)
{
  gsize word = (gsize) (pk / 64);
  guint64 bit = G_GUINT64_CONSTANT (1) << (pk % 64);

  g_return_if_fail (self != NULL && pk >= 0);

  if (word >= self->n_words)
    {
      gsize n = MAX (word + 1, self->n_words * 2);

      self->words = g_renew (guint64, self->words, n);
      memset (self->words + self->n_words, 0, (n - self->n_words) * sizeof *self->words);
      self->n_words = n;
    }
  self->n += (self->words[word] & bit) == 0;
  self->words[word] |= bit;
}

void
linli_case_set_remove (LinliCaseSet *self,
                       gint64        pk)
{
  g_return_if_fail (self != NULL && pk >= 0);

  if (!linli_case_set_contains (self, pk))
    return;
  self->words[pk / 64] &= ~(G_GUINT64_CONSTANT (1) << (pk % 64));
  self->n--;
}

gboolean
linli_case_set_contains (const LinliCaseSet *self,
                         gint64              pk)
{
  gsize word = (gsize) (pk / 64);

  return pk >= 0 && word < self->n_words && (self->words[word] >> (pk % 64) & 1) != 0;
}

/* Whether some key from @first to @last, whole words of 64, is a member. */
gboolean
linli_case_set_touches (const LinliCaseSet *self,
                        gint64              first,
                        gint64              last)
{
  gsize end = MIN ((gsize) (last / 64) + 1, self->n_words);

  g_return_val_if_fail (first >= 0 && first <= last, FALSE);

  for (gsize word = (gsize) (first / 64); word < end; word++)
    if (self->words[word] != 0)
      return TRUE;
  return FALSE;
}

/* Empties it; a cleared set may be used again. */
void
linli_case_set_clear (LinliCaseSet *self)
{
  g_free (self->words);
  memset (self, 0, sizeof *self);
}
