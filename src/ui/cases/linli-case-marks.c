/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-marks.h"

#include "linli-case-set.h"

struct _LinliCaseMarks
{
  GObject      parent_instance;

  LinliCaseSet set;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliCaseMarks, linli_case_marks, G_TYPE_OBJECT)

static void
linli_case_marks_finalize (GObject *object)
{
  linli_case_set_clear (&LINLI_CASE_MARKS (object)->set);

  G_OBJECT_CLASS (linli_case_marks_parent_class)->finalize (object);
}

static void
linli_case_marks_class_init (LinliCaseMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_case_marks_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_case_marks_init (LinliCaseMarks *self)
{
}

LinliCaseMarks *
linli_case_marks_new (void)
{
  return g_object_new (LINLI_TYPE_CASE_MARKS, NULL);
}

gsize
linli_case_marks_get_n (LinliCaseMarks *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_MARKS (self), 0);

  return self->set.n;
}

gboolean
linli_case_marks_contains (LinliCaseMarks *self,
                           gint64          pk)
{
  g_return_val_if_fail (LINLI_IS_CASE_MARKS (self), FALSE);

  return linli_case_set_contains (&self->set, pk);
}

void
linli_case_marks_set (LinliCaseMarks *self,
                      gint64          pk,
                      gboolean        marked)
{
  gsize before;

  g_return_if_fail (LINLI_IS_CASE_MARKS (self));

  before = self->set.n;
  if (marked)
    linli_case_set_add (&self->set, pk);
  else
    linli_case_set_remove (&self->set, pk);
  if (self->set.n != before)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Marks @pks (element-type gint64) beside what is marked already. */
void
linli_case_marks_set_all (LinliCaseMarks *self,
                          GArray         *pks)
{
  g_return_if_fail (LINLI_IS_CASE_MARKS (self));

  for (guint i = 0; i < pks->len; i++)
    linli_case_set_add (&self->set, g_array_index (pks, gint64, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
linli_case_marks_clear (LinliCaseMarks *self)
{
  g_return_if_fail (LINLI_IS_CASE_MARKS (self));

  if (self->set.n == 0)
    return;
  linli_case_set_clear (&self->set);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer full) (element-type gint64): in the order they were stored */
GArray *
linli_case_marks_dup_pks (LinliCaseMarks *self)
{
  GArray *pks;

  g_return_val_if_fail (LINLI_IS_CASE_MARKS (self), NULL);

  pks = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) self->set.n);
  for (gsize word = 0; word < self->set.n_words; word++)
    for (guint bit = 0; self->set.words[word] >> bit != 0; bit++)
      {
        gint64 pk = (gint64) (word * 64 + bit);

        if (linli_case_set_contains (&self->set, pk))
          g_array_append_val (pks, pk);
        if (bit == 63)
          break;
      }
  return pks;
}
