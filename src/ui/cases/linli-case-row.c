/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-row.h"

#include <glib/gi18n-lib.h>

#include "linli-case-record.h"
#include "linli-case-words.h"
#include "linli-time-words.h"

struct _LinliCaseRow
{
  GtkWidget       parent_instance;

  /* Template children */
  GtkBox         *first;
  GtkBox         *second;
  GtkImage       *mark;
  GtkLabel       *urgency;
  GtkInscription *title;
  GtkLabel       *received;
  GtkLabel       *state;
  GtkInscription *facts;
  GtkWidget      *due;
  GtkImage       *due_icon;
  GtkLabel       *due_words;

  /* Owned */
  LinliUiContext *context;
  LinliListRow   *row;        /* (nullable) */
  gulong          item_handler;

  /* State */
  const char     *state_class; /* static */
  const char     *due_class;   /* static */
  LinliCaseRowLook look;
  gboolean        marked;
};

G_DEFINE_FINAL_TYPE (LinliCaseRow, linli_case_row, GTK_TYPE_WIDGET)

static const char *
due_class (LinliDueTone tone)
{
  switch (tone)
    {
    case LINLI_DUE_OVER:
      return "over";
    case LINLI_DUE_SOON:
      return "soon";
    default:
      return "later";
    }
}

/* A class that stays costs nothing; one that changes has the row styled anew. */
static void
swap_class (GtkWidget   *widget,
            const char **current,
            const char  *wanted)
{
  if (*current == wanted)
    return;
  if (*current != NULL)
    gtk_widget_remove_css_class (widget, *current);
  gtk_widget_add_css_class (widget, wanted);
  *current = wanted;
}

static void
show_due (LinliCaseRow    *self,
          LinliCaseRecord *record,
          gint64           now)
{
  gint64 due = linli_case_record_get_due_at (record);
  LinliDueTone tone = linli_case_state_is_over (linli_case_record_get_state (record)) ? LINLI_DUE_NONE
                                                                                      : linli_due_tone (due, now);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->due, tone != LINLI_DUE_NONE);
  if (tone == LINLI_DUE_NONE)
    return;

  words = linli_due_words (due, now);
  gtk_label_set_label (self->due_words, words);
  gtk_image_set_from_icon_name (self->due_icon,
                                tone == LINLI_DUE_OVER ? "linli-clock-late-symbolic" : "linli-clock-symbolic");
  swap_class (self->due, &self->due_class, due_class (tone));
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

static void
show_facts (LinliCaseRow    *self,
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
  gtk_inscription_set_text (self->facts, facts->str);
}

/* The list's own row widget is what a screen reader reads; it is the parent,
 * and there is none before the first bind. */
static void
name_parent (LinliCaseRow    *self,
             LinliCaseRecord *record,
             gint64           now)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *due = NULL;

  if (parent == NULL)
    return;

  if (self->marked)
    /* Translators: read before the title of a case that is one of many chosen */
    add_fact (name, _("Marked"));
  add_fact (name, linli_case_urgency_words (linli_case_record_get_urgency (record)));
  add_fact (name, linli_case_record_get_title (record));
  add_fact (name, linli_case_state_words (linli_case_record_get_state (record)));
  if (gtk_widget_get_visible (self->due))
    {
      due = linli_due_words (linli_case_record_get_due_at (record), now);
      add_fact (name, linli_clock_kind_words (linli_case_record_get_due_kind (record)));
      add_fact (name, due);
    }
  add_fact (name, gtk_inscription_get_text (self->facts));
  add_fact (name, gtk_label_get_label (self->received));
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
show_record (LinliCaseRow    *self,
             LinliCaseRecord *record)
{
  const char *state = linli_case_record_get_state (record);
  const char *urgency = linli_case_urgency_words (linli_case_record_get_urgency (record));

  gtk_inscription_set_text (self->title, linli_case_record_get_title (record));
  gtk_label_set_label (self->urgency, urgency != NULL ? urgency : "");
  gtk_widget_set_visible (GTK_WIDGET (self->urgency), urgency != NULL);
  gtk_label_set_label (self->state, linli_case_state_words (state));
  swap_class (GTK_WIDGET (self->state), &self->state_class, linli_case_state_class (state));
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  show_facts (self, record);
  linli_case_row_refresh_times (self);
}

static void
show_nothing (LinliCaseRow *self)
{
  gtk_inscription_set_text (self->title, NULL);
  gtk_inscription_set_text (self->facts, NULL);
  gtk_label_set_label (self->received, "");
  gtk_widget_set_visible (GTK_WIDGET (self->urgency), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
  gtk_widget_set_visible (self->due, FALSE);
}

static void
item_cb (LinliListRow *row,
         GParamSpec   *pspec,
         LinliCaseRow *self)
{
  LinliCaseRecord *record = linli_list_row_get_item (row);

  if (record != NULL)
    show_record (self, record);
  else
    show_nothing (self);
}

static void
linli_case_row_dispose (GObject *object)
{
  LinliCaseRow *self = LINLI_CASE_ROW (object);
  GtkWidget *child;

  linli_case_row_set_row (self, NULL);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), LINLI_TYPE_CASE_ROW);
  /* GTK 4.8 lets go only of the children that have a name. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linli_case_row_parent_class)->dispose (object);
}

static void
linli_case_row_class_init (LinliCaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_case_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, first);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, second);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, mark);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, urgency);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, received);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, state);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, facts);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, due);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, due_icon);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseRow, due_words);
}

static void
linli_case_row_init (LinliCaseRow *self)
{
  self->look = (LinliCaseRowLook) { FALSE, TRUE, TRUE, TRUE, TRUE };
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_case_row_new (LinliUiContext *context)
{
  LinliCaseRow *self = g_object_new (LINLI_TYPE_CASE_ROW, NULL);

  self->context = g_object_ref (context);

  return GTK_WIDGET (self);
}

static void
move_to (GtkWidget *widget,
         GtkBox    *box,
         GtkWidget *after)
{
  g_autoptr(GtkWidget) kept = g_object_ref (widget);

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (widget)), widget);
  gtk_box_insert_child_after (box, widget, after);
}

/* State and limit stand beside the title where there is one line only; the day
 * of receipt gives way to the limit. */
static void
set_compact (LinliCaseRow *self,
             gboolean      compact)
{
  if (self->look.compact == compact)
    return;
  move_to (GTK_WIDGET (self->state), compact ? self->first : self->second, compact ? GTK_WIDGET (self->title) : NULL);
  move_to (self->due, compact ? self->first : self->second,
           compact ? GTK_WIDGET (self->state) : GTK_WIDGET (self->facts));
  gtk_widget_set_visible (GTK_WIDGET (self->second), !compact);
}

void
linli_case_row_set_look (LinliCaseRow           *self,
                         const LinliCaseRowLook *look)
{
  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  set_compact (self, look->compact);
  self->look = *look;
  if (self->row != NULL)
    item_cb (self->row, NULL, self);
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
  self->item_handler = g_signal_connect (row, "notify::item", G_CALLBACK (item_cb), self);
  item_cb (row, NULL, self);
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
  LinliCaseRecord *record;

  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->mark), marking);
  if (marked == self->marked)
    return;
  self->marked = marked;
  gtk_image_set_from_icon_name (self->mark, marked ? "checkbox-checked-symbolic" : "checkbox-symbolic");
  if (marked)
    gtk_widget_add_css_class (GTK_WIDGET (self->mark), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), "accent");
  record = self->row != NULL ? linli_list_row_get_item (self->row) : NULL;
  if (record != NULL)
    name_parent (self, record, linli_ui_context_now (self->context));
}

/* Whether @x in @from lies on the box before the row, while there is one; the
 * whole edge of the row counts, so that nobody has to aim. */
gboolean
linli_case_row_is_on_mark (LinliCaseRow *self,
                           GtkWidget    *from,
                           double        x)
{
  double left = 0, top = 0;

  g_return_val_if_fail (LINLI_IS_CASE_ROW (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->mark)) &&
         gtk_widget_translate_coordinates (GTK_WIDGET (self->mark), from, 0, 0, &left, &top) &&
         x < left + gtk_widget_get_width (GTK_WIDGET (self->mark)) + 4;
}

/* Time has passed: the words that depend on it are said again. */
void
linli_case_row_refresh_times (LinliCaseRow *self)
{
  LinliCaseRecord *record;
  g_autofree char *received = NULL;
  gint64 now;

  g_return_if_fail (LINLI_IS_CASE_ROW (self));

  record = self->row != NULL ? linli_list_row_get_item (self->row) : NULL;
  if (record == NULL)
    return;

  now = linli_ui_context_now (self->context);
  received = linli_moment_words (linli_case_record_get_received_at (record), now,
                                 linli_ui_context_get_zone (self->context));
  gtk_label_set_label (self->received, received);
  show_due (self, record, now);
  gtk_widget_set_visible (GTK_WIDGET (self->received), !self->look.compact || !gtk_widget_get_visible (self->due));
  name_parent (self, record, now);
}
