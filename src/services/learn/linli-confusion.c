/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-confusion.h"

#include <string.h>

struct _LinliConfusion
{
  GPtrArray  *labels; /* (owned) element-type utf8, sorted when asked */
  GHashTable *cells;  /* (owned) "truth\nguess": count */
};

typedef struct
{
  guint right;    /* guessed so, and it was */
  guint guessed;
  guint actual;
} Marks;

LinliConfusion *
linli_confusion_new (void)
{
  LinliConfusion *self = g_new (LinliConfusion, 1);

  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
linli_confusion_free (LinliConfusion *self)
{
  g_ptr_array_unref (self->labels);
  g_hash_table_unref (self->cells);
  g_free (self);
}

static guint
count_of (LinliConfusion *self,
          const char     *truth,
          const char     *guess)
{
  g_autofree char *key = g_strconcat (truth, "\n", guess, NULL);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->cells, key));
}

static void
note_label (LinliConfusion *self,
            const char     *label)
{
  if (!g_ptr_array_find_with_equal_func (self->labels, label, g_str_equal, NULL))
    g_ptr_array_add (self->labels, g_strdup (label));
}

/* One example: what it was, and what it was taken for. */
void
linli_confusion_add (LinliConfusion *self,
                     const char     *truth,
                     const char     *guess)
{
  guint n = count_of (self, truth, guess);

  note_label (self, truth);
  note_label (self, guess);
  g_hash_table_replace (self->cells, g_strconcat (truth, "\n", guess, NULL), GUINT_TO_POINTER (n + 1));
}

static Marks
marks_of (LinliConfusion *self,
          const char     *label)
{
  Marks marks = { .right = count_of (self, label, label) };

  for (guint i = 0; i < self->labels->len; i++)
    {
      marks.guessed += count_of (self, self->labels->pdata[i], label);
      marks.actual += count_of (self, label, self->labels->pdata[i]);
    }
  return marks;
}

static double
share (guint part,
       guint whole)
{
  return whole > 0 ? (double) part / whole : 0;
}

static double
f1_of (const Marks *marks)
{
  return share (2 * marks->right, marks->guessed + marks->actual);
}

/* Returns: the mean of the classes' F1, each class counting alike; classes
 *   that no example belongs to do not count */
double
linli_confusion_get_macro_f1 (LinliConfusion *self)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < self->labels->len; i++)
    {
      Marks marks = marks_of (self, self->labels->pdata[i]);

      if (marks.actual == 0)
        continue;
      sum += f1_of (&marks);
      n++;
    }
  return n > 0 ? sum / n : 0;
}

double
linli_confusion_get_accuracy (LinliConfusion *self)
{
  guint right = 0;
  guint all = 0;

  for (guint i = 0; i < self->labels->len; i++)
    {
      Marks marks = marks_of (self, self->labels->pdata[i]);

      right += marks.right;
      all += marks.actual;
    }
  return share (right, all);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): an object a class: precision, recall, F1, and
 *   what its examples were taken for */
JsonArray *
linli_confusion_to_classes (LinliConfusion *self)
{
  JsonArray *classes = json_array_new ();

  g_ptr_array_sort (self->labels, compare_texts);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const char *label = self->labels->pdata[i];
      Marks marks = marks_of (self, label);
      JsonObject *object = json_object_new ();
      JsonObject *taken = json_object_new ();

      json_object_set_string_member (object, "class", label);
      json_object_set_int_member (object, "examples", marks.actual);
      json_object_set_double_member (object, "precision", share (marks.right, marks.guessed));
      json_object_set_double_member (object, "recall", share (marks.right, marks.actual));
      json_object_set_double_member (object, "f1", f1_of (&marks));
      for (guint k = 0; k < self->labels->len; k++)
        if (count_of (self, label, self->labels->pdata[k]) > 0)
          json_object_set_int_member (taken, self->labels->pdata[k], count_of (self, label, self->labels->pdata[k]));
      json_object_set_object_member (object, "taken_for", taken);
      json_array_add_object_element (classes, object);
    }

  return classes;
}
