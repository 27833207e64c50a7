/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-rows.h"

#include "linli-case-row.h"

struct _LinliCaseRows
{
  GObject          parent_instance;

  /* Owned */
  LinliUiContext  *context;
  LinliCaseMarks  *marks;
  LinliCaseInk    *ink;
  GHashTable      *rows;       /* LinliCaseRow bound now (unowned) */

  /* Unowned: the list owns this */
  GtkListView     *list;

  /* State */
  LinliCaseRowLook look;
  gboolean         marking;    /* rows show whether they are marked */
  guint            tick_id;    /* rows in sight may lack a face */
  guint            looks;      /* frames in which to look for them */
};

G_DEFINE_FINAL_TYPE (LinliCaseRows, linli_case_rows, G_TYPE_OBJECT)

/* --- Faces --- */

/* Where rows stand is known since the frame before: one that the list moved to
 * another case still tells its old place, so the next frame looks again. Half a page
 * on either side is made ready too, so that rows scrolled into sight are there already. */
static gboolean
sight_cb (GtkWidget     *list,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  LinliCaseRows *self = user_data;
  double page = gtk_widget_get_height (list);
  gboolean placed = TRUE;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      double x, y;

      if (gtk_widget_get_height (row) == 0)
        placed = FALSE;
      else if (gtk_widget_translate_coordinates (row, list, 0, 0, &x, &y))
        linli_case_row_set_in_sight (row, y > -page / 2 && y < page * 1.5);
    }
  if (!placed || --self->looks > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;

  return G_SOURCE_REMOVE;
}

static void
look_again (LinliCaseRows *self)
{
  self->looks = 2;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), sight_cb, self, NULL);
}

/* The style is another one. */
static void
ink_changed_cb (LinliCaseRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    linli_case_row_dry (row);
}

/* --- What rows show --- */

static void
show_mark (LinliCaseRows *self,
           LinliCaseRow  *row)
{
  linli_case_row_set_marking (row, self->marking,
                              linli_case_marks_contains (self->marks, linli_case_row_get_pk (row)));
}

static void
show_marks (LinliCaseRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    show_mark (self, row);
}

static void
read_look (LinliCaseRows *self)
{
  GSettings *settings = linli_ui_context_get_settings (self->context);

  self->look.compact = g_settings_get_boolean (settings, "list-compact");
  self->look.resident = g_settings_get_boolean (settings, "list-show-resident") &&
                        linli_ui_context_get_session (self->context)->unit == NULL;
  self->look.place = g_settings_get_boolean (settings, "list-show-place");
  self->look.unit = g_settings_get_boolean (settings, "list-show-unit");
  self->look.number = g_settings_get_boolean (settings, "list-show-number");
}

static void
settings_changed_cb (LinliCaseRows *self,
                     const char    *key)
{
  GHashTableIter iter;
  gpointer row;

  if (!g_str_has_prefix (key, "list-") || g_str_equal (key, "list-width"))
    return;
  read_look (self);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    linli_case_row_set_look (row, &self->look);
  look_again (self);
}

/* --- The factory --- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          LinliCaseRows            *self)
{
  gtk_list_item_set_child (item, linli_case_row_new (self->context, self->ink));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         LinliCaseRows            *self)
{
  LinliCaseRow *row = LINLI_CASE_ROW (gtk_list_item_get_child (item));

  linli_case_row_set_look (row, &self->look); /* one that was put aside may not know */
  linli_case_row_set_row (row, gtk_list_item_get_item (item));
  show_mark (self, row);
  g_hash_table_add (self->rows, row);
  look_again (self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           LinliCaseRows            *self)
{
  LinliCaseRow *row = LINLI_CASE_ROW (gtk_list_item_get_child (item));

  linli_case_row_set_row (row, NULL);
  g_hash_table_remove (self->rows, row);
}

/* --- The object --- */

static void
linli_case_rows_finalize (GObject *object)
{
  LinliCaseRows *self = LINLI_CASE_ROWS (object);

  if (self->list != NULL)
    {
      if (self->tick_id != 0)
        gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick_id);
      g_object_remove_weak_pointer (G_OBJECT (self->list), (gpointer *) &self->list);
    }
  g_clear_object (&self->context);
  g_clear_object (&self->marks);
  g_clear_object (&self->ink);
  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (linli_case_rows_parent_class)->finalize (object);
}

static void
linli_case_rows_class_init (LinliCaseRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_case_rows_finalize;
}

static void
linli_case_rows_init (LinliCaseRows *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
}

/**
 * linli_case_rows_new:
 * @list: gets its factory here
 * @adjustment: how far @list is scrolled
 * @marks: the cases that rows show as marked
 * @ink: what rows are drawn with
 *
 * Returns: (transfer full): must live as long as @list shows anything
 */
LinliCaseRows *
linli_case_rows_new (LinliUiContext *context,
                     GtkListView    *list,
                     GtkAdjustment  *adjustment,
                     LinliCaseMarks *marks,
                     LinliCaseInk   *ink)
{
  LinliCaseRows *self = g_object_new (LINLI_TYPE_CASE_ROWS, NULL);
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->context = g_object_ref (context);
  self->marks = g_object_ref (marks);
  self->ink = g_object_ref (ink);
  g_signal_connect_object (ink, "changed", G_CALLBACK (ink_changed_cb), self, G_CONNECT_SWAPPED);
  self->list = list;
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &self->list);
  read_look (self);
  g_signal_connect_object (linli_ui_context_get_settings (context), "changed", G_CALLBACK (settings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (list, factory);

  return self;
}

/* @marking: whether rows show a box to mark them with */
void
linli_case_rows_set_marking (LinliCaseRows *self,
                             gboolean       marking)
{
  g_return_if_fail (LINLI_IS_CASE_ROWS (self));

  self->marking = marking;
  show_marks (self);
}

/* Time has passed: the words that depend on it are said again. */
void
linli_case_rows_refresh_times (LinliCaseRows *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (LINLI_IS_CASE_ROWS (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    linli_case_row_refresh_times (row);
}

/* Returns: (transfer none) (nullable): the row of the case with key @pk */
GtkWidget *
linli_case_rows_find (LinliCaseRows *self,
                      gint64         pk)
{
  GHashTableIter iter;
  gpointer row;

  g_return_val_if_fail (LINLI_IS_CASE_ROWS (self), NULL);

  g_hash_table_iter_init (&iter, self->rows);
  while (pk != 0 && g_hash_table_iter_next (&iter, &row, NULL))
    if (linli_case_row_get_pk (row) == pk)
      return row;

  return NULL;
}
