/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-matter-hints.h"

#include <glib/gi18n-lib.h>

#include "linli-answer-tables.h"
#include "linli-cards.h"
#include "linli-case-words.h"
#include "linli-leaf-hints.h"

#define SHOWN 3 /* of each kind */
#define LINES 2 /* of a text, until it is looked at */

struct _LinliMatterHints
{
  GtkBox          parent_instance;

  /* Owned */
  LinliUiContext *context;
  GPtrArray      *answers;    /* (nullable) element-type LinliAnswer */
  GPtrArray      *duplicates; /* (nullable) element-type LinliDuplicate */
};

G_DEFINE_FINAL_TYPE (LinliMatterHints, linli_matter_hints, GTK_TYPE_BOX)

static char *
day_words (LinliMatterHints *self,
           gint64            time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, linli_ui_context_get_zone (self->context));

  return g_date_time_format (local, "%Y-%m-%d");
}

static char *
reason_words (LinliDuplicateReasons reasons)
{
  const char *words[] = { _("same resident"), _("same place"), _("same duty item"), _("similar words") };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (reasons & 1u << i)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _(", ") : "", words[i]);
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_words (const char *text,
           int         lines)
{
  g_autofree char *flat = g_strdup (text);
  GtkWidget *label;

  g_strdelimit (flat, "\n\r\t", ' ');
  label = gtk_label_new (g_strstrip (flat));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);

  return label;
}

/* A button that says what it does and by which key. */
static GtkWidget *
new_button (const char *label,
            const char *key,
            const char *action,
            const char *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  if (key != NULL)
    gtk_box_append (GTK_BOX (box), linli_key_cap_new (key));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

/* @title: (nullable) */
static GtkWidget *
new_head (const char *title,
          const char *about)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = title != NULL ? linli_text_new (title, "heading") : NULL;
  GtkWidget *caption = linli_caption_new (about);

  if (label != NULL)
    {
      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_label_set_wrap (GTK_LABEL (caption), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (caption, TRUE);
  gtk_box_append (GTK_BOX (box), caption);

  return box;
}

static void
add_row (GtkWidget *list,
         GtkWidget *head,
         GtkWidget *words,
         GtkWidget *button,
         const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (text), head);
  gtk_box_append (GTK_BOX (text), words);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), text);
  if (button != NULL)
    gtk_box_append (GTK_BOX (line), button);
  gtk_widget_add_css_class (line, "matter-hint");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data (G_OBJECT (row), "words", words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/* What has the keyboard is shown whole. */
static void
selected_cb (GtkListBox    *list,
             GtkListBoxRow *chosen,
             gpointer       user_data)
{
  for (int i = 0; gtk_list_box_get_row_at_index (list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, i);

      gtk_label_set_lines (g_object_get_data (G_OBJECT (row), "words"), row == chosen ? 12 : LINES);
    }
}

static GtkWidget *
add_list (LinliMatterHints *self,
          const char       *title)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_SINGLE);
  g_signal_connect (list, "row-selected", G_CALLBACK (selected_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self), linli_section_new (title, list));

  return list;
}

static void
show_answers (LinliMatterHints *self)
{
  GtkWidget *list = add_list (self, _("May be answered at once"));

  for (guint i = 0; i < MIN (self->answers->len, SHOWN); i++)
    {
      LinliAnswer *answer = self->answers->pdata[i];
      g_autofree char *title = linli_answer_dup_title (answer->row);
      const char *until = linli_row_get_text (answer->row, LINLI_ANSWER_VALID_UNTIL);
      g_autofree char *valid = until != NULL ? g_strdup_printf (_("valid until %s"), until) : g_strdup ("");
      g_autofree char *about = g_strjoin (" · ", valid, answer->owner, NULL);
      g_autofree char *name = g_strdup_printf (_("Tell the resident, and close: %s"), title);

      add_row (list, new_head (title, *valid == '\0' && answer->owner != NULL ? answer->owner : about),
               new_words (linli_row_get_text (answer->row, LINLI_ANSWER_TEXT), i == 0 ? 6 : LINES),
               i == 0 ? new_button (_("Told, Close"), "Alt+6", "intake.answer", name) : NULL, title);
    }
}

static void
show_duplicates (LinliMatterHints *self)
{
  GtkWidget *list = add_list (self, _("May be the same matter"));
  LinliDuplicate *first = linli_matter_hints_get_duplicate (self);

  for (guint i = 0; i < MIN (self->duplicates->len, SHOWN); i++)
    {
      LinliDuplicate *duplicate = self->duplicates->pdata[i];
      g_autofree char *reasons = reason_words (duplicate->reasons);
      g_autofree char *day = day_words (self, duplicate->received_at);
      g_autofree char *about = g_strjoin (" · ", reasons, linli_case_state_words (duplicate->state), day, duplicate->case_no, NULL);
      g_autofree char *action = g_strdup_printf ("intake.attach::%s", duplicate->case_id);
      g_autofree char *name = g_strdup_printf (_("Add this to case %s"), duplicate->case_no);
      g_autofree char *row_name = g_strdup_printf ("%s %s", duplicate->title, about);

      add_row (list, new_head (NULL, about),
               new_words (duplicate->text != NULL ? duplicate->text : duplicate->title, LINES),
               duplicate->open ? new_button (_("Add to It"), duplicate == first ? "Alt+5" : NULL, action, name) : NULL,
               row_name);
    }
}

static void
linli_matter_hints_dispose (GObject *object)
{
  LinliMatterHints *self = LINLI_MATTER_HINTS (object);

  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_matter_hints_parent_class)->dispose (object);
}

/* Hints come and go while somebody types; Tab must lead to the same field
 * each time. Their keys, and linli_matter_hints_look(), reach them. */
static gboolean
linli_matter_hints_focus (GtkWidget       *widget,
                          GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) == NULL)
    return FALSE;

  return GTK_WIDGET_CLASS (linli_matter_hints_parent_class)->focus (widget, direction);
}

static void
linli_matter_hints_class_init (LinliMatterHintsClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = linli_matter_hints_focus;
  G_OBJECT_CLASS (klass)->dispose = linli_matter_hints_dispose;
}

static void
linli_matter_hints_init (LinliMatterHints *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
}

GtkWidget *
linli_matter_hints_new (LinliUiContext *context)
{
  LinliMatterHints *self = g_object_new (LINLI_TYPE_MATTER_HINTS, NULL);

  self->context = g_object_ref (context);

  return GTK_WIDGET (self);
}

/* Whether there is the same to be seen as before: then what somebody is
 * reading stays under their eyes. */
static gboolean
is_same (LinliMatterHints *self,
         GPtrArray        *answers,
         GPtrArray        *duplicates)
{
  if (self->answers == NULL || self->answers->len != answers->len || self->duplicates->len != duplicates->len)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    if (g_strcmp0 (linli_row_get_id (((LinliAnswer *) answers->pdata[i])->row),
                   linli_row_get_id (((LinliAnswer *) self->answers->pdata[i])->row)) != 0)
      return FALSE;
  for (guint i = 0; i < duplicates->len; i++)
    if (((LinliDuplicate *) duplicates->pdata[i])->reasons != ((LinliDuplicate *) self->duplicates->pdata[i])->reasons ||
        g_strcmp0 (((LinliDuplicate *) duplicates->pdata[i])->case_id,
                   ((LinliDuplicate *) self->duplicates->pdata[i])->case_id) != 0)
      return FALSE;
  return TRUE;
}

/* @answers, @duplicates: (nullable): %NULL for none */
void
linli_matter_hints_show (LinliMatterHints *self,
                         GPtrArray        *answers,
                         GPtrArray        *duplicates)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  g_return_if_fail (LINLI_IS_MATTER_HINTS (self));

  answers = answers != NULL ? answers : none;
  duplicates = duplicates != NULL ? duplicates : none;
  if (is_same (self, answers, duplicates))
    return;
  g_ptr_array_ref (answers);
  g_ptr_array_ref (duplicates);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
  self->answers = answers;
  self->duplicates = duplicates;
  linli_box_clear (GTK_BOX (self));
  if (answers->len > 0)
    show_answers (self);
  if (duplicates->len > 0)
    show_duplicates (self);
}

/* Puts the keyboard on the first case that may be the same, else on the first answer. */
void
linli_matter_hints_look (LinliMatterHints *self)
{
  GtkWidget *section = gtk_widget_get_last_child (GTK_WIDGET (self));

  g_return_if_fail (LINLI_IS_MATTER_HINTS (self));

  if (section != NULL)
    gtk_widget_child_focus (section, GTK_DIR_TAB_FORWARD);
}

/* Returns: (transfer none) (nullable): the likeliest open case */
LinliDuplicate *
linli_matter_hints_get_duplicate (LinliMatterHints *self)
{
  LinliDuplicate *first = self->duplicates != NULL && self->duplicates->len > 0 ? self->duplicates->pdata[0] : NULL;

  return first != NULL && first->open ? first : NULL; /* open ones come first */
}

/* Returns: (transfer none) (nullable): the answer that fits best */
LinliAnswer *
linli_matter_hints_get_answer (LinliMatterHints *self)
{
  return self->answers != NULL && self->answers->len > 0 ? self->answers->pdata[0] : NULL;
}
