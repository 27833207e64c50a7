/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-timeline.h"

#include "linli-case-tables.h"
#include "linli-entry-row.h"

#define SPARE 32 /* rows kept for a longer case */

/* One line, and the number of the merged case it was said in, if it was. */
typedef struct
{
  LinliRow *entry;
  LinliRow *origin; /* (nullable): the merged case */
} Line;

struct _LinliCaseTimeline
{
  GtkBox     parent_instance;

  /* Owned */
  GArray    *lines; /* of Line */

  /* State */
  guint      n;     /* of the lines shown so far */
  GtkWidget *next;  /* (nullable) (unowned): the row for the next line, %NULL when one must be made */
};

G_DEFINE_FINAL_TYPE (LinliCaseTimeline, linli_case_timeline, GTK_TYPE_BOX)

static void
line_clear (gpointer data)
{
  Line *line = data;

  linli_row_unref (line->entry);
  g_clear_pointer (&line->origin, linli_row_unref);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  gint64 x = linli_row_get_int (((const Line *) a)->entry, LINLI_ENTRY_AT);
  gint64 y = linli_row_get_int (((const Line *) b)->entry, LINLI_ENTRY_AT);

  return (x > y) - (x < y);
}

/* @origin: (nullable) */
static void
add_lines (GArray    *lines,
           GPtrArray *entries,
           LinliRow  *origin)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Line line = { linli_row_ref (entries->pdata[i]), origin != NULL ? linli_row_ref (origin) : NULL };

      g_array_append_val (lines, line);
    }
}

/* --- The object --- */

static void
linli_case_timeline_finalize (GObject *object)
{
  LinliCaseTimeline *self = LINLI_CASE_TIMELINE (object);

  g_array_unref (self->lines);

  G_OBJECT_CLASS (linli_case_timeline_parent_class)->finalize (object);
}

static void
linli_case_timeline_class_init (LinliCaseTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_case_timeline_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
linli_case_timeline_init (LinliCaseTimeline *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 2);
}

LinliCaseTimeline *
linli_case_timeline_new (void)
{
  return g_object_new (LINLI_TYPE_CASE_TIMELINE, NULL);
}

/**
 * linli_case_timeline_show:
 * @another: whether it is not the case shown before: then none of its lines stay
 *
 * Begins with what is in @sheet; linli_case_timeline_show_next() shows it.
 */
void
linli_case_timeline_show (LinliCaseTimeline *self,
                          LinliCaseSheet    *sheet,
                          gboolean           another)
{
  LinliCaseDetail *detail = sheet->detail;

  g_return_if_fail (LINLI_IS_CASE_TIMELINE (self));

  g_array_set_size (self->lines, 0);
  add_lines (self->lines, detail->entries, NULL);
  for (guint i = 0; i < detail->members->len; i++)
    {
      LinliCaseMember *member = detail->members->pdata[i];

      add_lines (self->lines, member->entries, member->case_row);
    }
  if (detail->members->len > 0)
    g_array_sort (self->lines, compare_lines);
  self->n = 0;
  self->next = gtk_widget_get_first_child (GTK_WIDGET (self));
  for (GtkWidget *row = self->next; another && row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, FALSE);
}

/* The rows after the last line wait for a longer case, out of sight. */
static void
put_away_rest (LinliCaseTimeline *self)
{
  GtkWidget *row = self->next;

  for (guint i = self->n; row != NULL; i++)
    {
      GtkWidget *after = gtk_widget_get_next_sibling (row);

      if (i < SPARE)
        gtk_widget_set_visible (row, FALSE);
      else
        gtk_box_remove (GTK_BOX (self), row);
      row = after;
    }
  self->next = NULL;
}

/* Shows one line more.
 *
 * Returns: whether there may be others */
gboolean
linli_case_timeline_show_next (LinliCaseTimeline *self,
                               LinliUiContext    *context)
{
  GtkWidget *row = self->next;
  Line *line;

  g_return_val_if_fail (LINLI_IS_CASE_TIMELINE (self), FALSE);

  if (self->n == self->lines->len)
    {
      put_away_rest (self);
      return FALSE;
    }
  if (row == NULL)
    {
      row = linli_entry_row_new ();
      gtk_box_append (GTK_BOX (self), row);
    }
  line = &g_array_index (self->lines, Line, self->n++);
  self->next = gtk_widget_get_next_sibling (row);
  linli_entry_row_show (LINLI_ENTRY_ROW (row), line->entry,
                        line->origin != NULL ? linli_row_get_text (line->origin, LINLI_CASE_CASE_NO) : NULL, context);
  gtk_widget_set_visible (row, TRUE);

  return TRUE;
}
