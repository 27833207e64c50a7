/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list view makes two hundred rows, whatever fits on the screen. Only those
 * in sight have a face; the others know their case and their name. All are of
 * one height, so that what a row shows never has the list laid out anew. */

#include "config.h"

#include "linli-case-row.h"

#include <glib/gi18n-lib.h>

#include "linli-case-words.h"
#include "linli-time-words.h"

struct _LinliCaseRow
{
  GtkWidget        parent_instance;

  /* Owned */
  LinliUiContext  *context;
  LinliCaseInk    *ink;
  LinliListRow    *row;        /* (nullable) */
  gulong           item_handler;
  LinliCaseFace   *face;       /* (nullable) while it is not in sight */

  /* State */
  LinliCaseRowLook look;
  gboolean         marking;
  gboolean         marked;
};

#define WIDTH 160 /* pixels, the least in which a case can be told */

G_DEFINE_FINAL_TYPE (LinliCaseRow, linli_case_row, GTK_TYPE_WIDGET)

static LinliCaseRecord *
get_record (LinliCaseRow *self)
{
  return self->row != NULL ? linli_list_row_get_item (self->row) : NULL;
}

static void
add_fact (GString    *facts,
          const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

/* Returns: (transfer full): what the second line says */
static char *
make_facts (LinliCaseRow    *self,
            LinliCaseRecord *record)
{
  g_autoptr(GString) facts = g_string_new (NULL);
  const char *place = linli_case_record_get_place (record);

  /* The number comes last: it is looked for, seldom read, and may be cut off. */
  if (self->look.resident)
    add_fact (facts, linli_case_record_get_appellant_name (record));
  if (self->look.place)
    add_fact (facts, place != NULL ? place : linli_case_record_get_community (record));
  if (self->look.unit)
    add_fact (facts, linli_case_record_get_unit_name (record));
  if (linli_case_record_get_n_submissions (record) > 1)
    {
      guint n = linli_case_record_get_n_submissions (record);
      g_autofree char *came = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u submission", "%u submissions", n), n);

      add_fact (facts, came);
    }
  if (self->look.number)
    add_fact (facts, linli_case_record_get_case_no (record));

  return g_string_free (g_steal_pointer (&facts), FALSE);
}

static void
name_parent (LinliCaseRow    *self,
             GtkWidget       *parent,
             LinliCaseRecord *record,
             const char      *facts,
             const char      *received,
             gint64           now)
{
  const char *state = linli_case_record_get_state (record);
  gint64 due = linli_case_record_get_due_at (record);
  g_autoptr(GString) name = g_string_new (NULL);

  if (self->marked)
    /* Translators: read before the title of a case that is one of many chosen */
    add_fact (name, _("Marked"));
  add_fact (name, linli_case_urgency_words (linli_case_record_get_urgency (record)));
  add_fact (name, linli_case_record_get_title (record));
  add_fact (name, linli_case_standing_words (state, linli_case_record_get_part (record)));
  if (!linli_case_state_is_over (state) && linli_due_tone (due, now) != LINLI_DUE_NONE)
    {
      g_autofree char *words = linli_due_words (due, now);

      add_fact (name, linli_clock_kind_words (linli_case_record_get_due_kind (record)));
      add_fact (name, words);
    }
  add_fact (name, facts);
  add_fact (name, received);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
show_record (LinliCaseRow *self)
{
  /* The list's own row widget is what a screen reader reads; there is none
   * before the first bind. */
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  LinliCaseRecord *record = get_record (self);
  g_autofree char *facts = NULL;
  g_autofree char *received = NULL;
  gint64 now;

  if (self->face != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if (record == NULL)
    {
      if (self->face != NULL)
        linli_case_face_show (self->face, NULL, NULL);
      if (parent != NULL)
        gtk_accessible_reset_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL);
      return;
    }
  now = linli_ui_context_now (self->context);
  facts = make_facts (self, record);
  received = linli_moment_words (linli_case_record_get_received_at (record), now,
                                 linli_ui_context_get_zone (self->context));
  if (parent != NULL)
    name_parent (self, parent, record, facts, received, now);
  if (self->face == NULL)
    return;
  linli_case_face_show (self->face, record, facts);
  linli_case_face_show_times (self->face, record, received, now);
}

/* --- The object --- */

static void
linli_case_row_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  LinliCaseRow *self = LINLI_CASE_ROW (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                          ? linli_case_face_get_height (self->ink, self->look.compact) : WIDTH;
}

static void
linli_case_row_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  LinliCaseRow *self = LINLI_CASE_ROW (widget);

  if (self->face != NULL)
    linli_case_face_draw (self->face, snapshot, gtk_widget_get_width (widget), self->look.compact,
                          gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
}

static void
linli_case_row_dispose (GObject *object)
{
  LinliCaseRow *self = LINLI_CASE_ROW (object);

  linli_case_row_set_row (self, NULL);
  g_clear_object (&self->context);
  g_clear_pointer (&self->face, linli_case_face_free);
  g_clear_object (&self->ink);

  G_OBJECT_CLASS (linli_case_row_parent_class)->dispose (object);
}

static void
linli_case_row_class_init (LinliCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_case_row_dispose;
  widget_class->measure = linli_case_row_measure;
  widget_class->snapshot = linli_case_row_snapshot;
}

static void
linli_case_row_init (LinliCaseRow *self)
{
  self->look = (LinliCaseRowLook) { FALSE, TRUE, TRUE, TRUE, TRUE };
}

/* @ink: what the rows of the list are drawn with */
GtkWidget *
linli_case_row_new (LinliUiContext *context,
                    LinliCaseInk   *ink)
{
  LinliCaseRow *self = g_object_new (LINLI_TYPE_CASE_ROW, NULL);

  self->context = g_object_ref (context);
  self->ink = g_object_ref (ink);

  return GTK_WIDGET (self);
}

/* Makes the row ready to be seen, or takes from it what it needs for that. */
void
linli_case_row_set_in_sight (LinliCaseRow *self,
                             gboolean      in_sight)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  if (in_sight == (self->face != NULL))
    return;
  if (!in_sight)
    {
      g_clear_pointer (&self->face, linli_case_face_free);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }
  self->face = linli_case_face_new (self->ink);
  linli_case_face_show_mark (self->face, self->marking, self->marked);
  show_record (self);
}

/* The ink is another one. */
void
linli_case_row_dry (LinliCaseRow *self)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  if (self->face != NULL)
    linli_case_face_dry (self->face);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
linli_case_row_set_look (LinliCaseRow           *self,
                         const LinliCaseRowLook *look)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  if (memcmp (&self->look, look, sizeof *look) == 0)
    return;
  if (self->look.compact != look->compact)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->look = *look;
  show_record (self);
}

/* Shows @row (nullable) and follows its record from now on. */
void
linli_case_row_set_row (LinliCaseRow *self,
                        LinliListRow *row)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  if (self->row != NULL)
    g_clear_signal_handler (&self->item_handler, self->row);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  self->item_handler = g_signal_connect_swapped (row, "notify::item", G_CALLBACK (show_record), self);
  show_record (self);
}

/* Returns: the key of the case shown, 0 for none */
gint64
linli_case_row_get_pk (LinliCaseRow *self)
{
  g_return_val_if_fail (LINLI_IS_CASE_ROW (self), 0);

  return self->row != NULL ? linli_list_row_get_pk (self->row) : 0;
}

/* @marking: whether marks are being set at all; @marked: whether on this case */
void
linli_case_row_set_marking (LinliCaseRow *self,
                            gboolean      marking,
                            gboolean      marked)
{
  gboolean renamed;

  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  if (marking == self->marking && marked == self->marked)
    return;
  renamed = marked != self->marked;
  self->marking = marking;
  self->marked = marked;
  if (self->face != NULL)
    {
      linli_case_face_show_mark (self->face, marking, marked);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (renamed)
    show_record (self);
}

/* linli_case_face_is_on_mark() of a row in sight; @x is in @from. */
gboolean
linli_case_row_is_on_mark (LinliCaseRow *self,
                           GtkWidget    *from,
                           double        x)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double here, y;

  g_return_val_if_fail (LINLI_IS_CASE_ROW (self), FALSE);

  if (self->face == NULL || !gtk_widget_translate_coordinates (from, widget, x, 0, &here, &y))
    return FALSE;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    here = gtk_widget_get_width (widget) - here;

  return linli_case_face_is_on_mark (self->face, here);
}

/* Time has passed: the words that depend on it are said again. */
void
linli_case_row_refresh_times (LinliCaseRow *self)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  show_record (self);
}
