/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-face.h"

#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-time-words.h"

struct _LinliCaseFace
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

  /* State */
  const char     *state_class; /* static */
  const char     *due_class;   /* static */
  gboolean        compact;
};

G_DEFINE_FINAL_TYPE (LinliCaseFace, linli_case_face, GTK_TYPE_WIDGET)

static void
linli_case_face_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), LINLI_TYPE_CASE_FACE);
  /* GTK 4.8 lets go only of the children that have a name. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linli_case_face_parent_class)->dispose (object);
}

static void
linli_case_face_class_init (LinliCaseFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_case_face_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-case-face.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, first);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, second);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, mark);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, urgency);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, title);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, received);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, state);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, facts);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, due);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, due_icon);
  gtk_widget_class_bind_template_child (widget_class, LinliCaseFace, due_words);
}

static void
linli_case_face_init (LinliCaseFace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_case_face_new (void)
{
  return g_object_new (LINLI_TYPE_CASE_FACE, NULL);
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
void
linli_case_face_set_compact (LinliCaseFace *self,
                             gboolean       compact)
{
  g_return_if_fail (LINLI_IS_CASE_FACE (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  move_to (GTK_WIDGET (self->state), compact ? self->first : self->second, compact ? GTK_WIDGET (self->title) : NULL);
  move_to (self->due, compact ? self->first : self->second,
           compact ? GTK_WIDGET (self->state) : GTK_WIDGET (self->facts));
  gtk_widget_set_visible (GTK_WIDGET (self->second), !compact);
}

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
show_due (LinliCaseFace   *self,
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
  linli_icon_show (self->due_icon, tone == LINLI_DUE_OVER ? "linli-clock-late-symbolic" : "linli-clock-symbolic");
  swap_class (self->due, &self->due_class, due_class (tone));
}

/**
 * linli_case_face_show:
 * @record: (nullable): %NULL while it is being read
 * @facts: (nullable): the second line
 */
void
linli_case_face_show (LinliCaseFace   *self,
                      LinliCaseRecord *record,
                      const char      *facts)
{
  const char *urgency = record != NULL ? linli_case_urgency_words (linli_case_record_get_urgency (record)) : NULL;

  g_return_if_fail (LINLI_IS_CASE_FACE (self));

  gtk_inscription_set_text (self->title, record != NULL ? linli_case_record_get_title (record) : NULL);
  gtk_inscription_set_text (self->facts, facts);
  gtk_label_set_label (self->urgency, urgency != NULL ? urgency : "");
  gtk_widget_set_visible (GTK_WIDGET (self->urgency), urgency != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state), record != NULL);
  if (record != NULL)
    {
      const char *state = linli_case_record_get_state (record);

      gtk_label_set_label (self->state, linli_case_state_words (state));
      swap_class (GTK_WIDGET (self->state), &self->state_class, linli_case_state_class (state));
    }
  else
    {
      gtk_label_set_label (self->received, "");
      gtk_widget_set_visible (self->due, FALSE);
    }
}

/* What changes as time passes: @received in words, and what is left of the limit. */
void
linli_case_face_show_times (LinliCaseFace   *self,
                            LinliCaseRecord *record,
                            const char      *received,
                            gint64           now)
{
  g_return_if_fail (LINLI_IS_CASE_FACE (self));
  g_return_if_fail (LINLI_IS_CASE_RECORD (record));

  gtk_label_set_label (self->received, received);
  show_due (self, record, now);
  gtk_widget_set_visible (GTK_WIDGET (self->received), !self->compact || !gtk_widget_get_visible (self->due));
}

/* @marking: whether marks are being set at all; @marked: whether on this case */
void
linli_case_face_show_mark (LinliCaseFace *self,
                           gboolean       marking,
                           gboolean       marked)
{
  g_return_if_fail (LINLI_IS_CASE_FACE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->mark), marking);
  linli_icon_show (self->mark, marked ? "checkbox-checked-symbolic" : "checkbox-symbolic");
  (marked ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->mark), "accent");
}

/* Whether @x in @from lies on the box before the row, while there is one; the
 * whole edge of the row counts, so that nobody has to aim. */
gboolean
linli_case_face_is_on_mark (LinliCaseFace *self,
                            GtkWidget     *from,
                            double         x)
{
  double left = 0, top = 0;

  g_return_val_if_fail (LINLI_IS_CASE_FACE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->mark)) &&
         gtk_widget_translate_coordinates (GTK_WIDGET (self->mark), from, 0, 0, &left, &top) &&
         x < left + gtk_widget_get_width (GTK_WIDGET (self->mark)) + 4;
}
