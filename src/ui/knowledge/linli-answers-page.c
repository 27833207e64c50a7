/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-answers-page.h"

#include <glib/gi18n-lib.h>

#include "linli-answer-dialog.h"
#include "linli-answer-tables.h"
#include "linli-answers.h"
#include "linli-cards.h"
#include "linli-change.h"
#include "linli-error-words.h"
#include "linli-hot-topics.h"

#define PAUSE 150 /* milliseconds after a key or a change */

struct _LinliAnswersPage
{
  AdwBin          parent_instance;

  /* Template children */
  GtkSearchEntry *search;
  GtkBox         *topics_slot;
  GtkListBox     *topics;
  GtkListBox     *answers;
  GtkStack       *states;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable; /* (nullable): of the reading on its way */

  /* State */
  guint           pause;
  gboolean        wants_topics; /* they are read next time */
};

G_DEFINE_FINAL_TYPE (LinliAnswersPage, linli_answers_page, ADW_TYPE_BIN)

static void touch (LinliAnswersPage *self);

/* --- Reading --- */

typedef struct
{
  char      *typed;
  gboolean   topics;
  gint64     now;
} Question;

typedef struct
{
  GPtrArray *answers;
  GPtrArray *topics;
} Contents;

static void
question_free (Question *question)
{
  g_free (question->typed);
  g_free (question);
}

static void
contents_free (Contents *contents)
{
  g_clear_pointer (&contents->answers, g_ptr_array_unref);
  g_clear_pointer (&contents->topics, g_ptr_array_unref);
  g_free (contents);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contents, contents_free)

static gpointer
read_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Question *question = data;
  g_autoptr(Contents) contents = g_new0 (Contents, 1);

  contents->answers = linli_answers_load (conn, question->typed, question->now, error);
  if (contents->answers == NULL)
    return NULL;
  if (question->topics)
    {
      contents->topics = linli_hot_topics_load (conn, question->now, LINLI_HOT_LEAST, LINLI_HOT_DAYS, error);
      if (contents->topics == NULL)
        return NULL;
    }

  return g_steal_pointer (&contents);
}

/* --- Rows --- */

static GtkWidget *
new_pill (LinliAnswer *answer)
{
  if (!answer->valid)
    return answer->early ? linli_pill_new (C_("answer", "Not yet valid"), "waits")
                         : linli_pill_new (C_("answer", "Expired"), "confidential");
  if (g_str_equal (linli_row_get_text (answer->row, LINLI_ANSWER_AUDIENCE), "internal"))
    return linli_pill_new (C_("answer", "For the desk only"), NULL);
  return NULL;
}

static char *
about_words (LinliAnswer *answer)
{
  const char *until = linli_row_get_text (answer->row, LINLI_ANSWER_VALID_UNTIL);
  g_autofree char *valid = until != NULL ? g_strdup_printf (_("valid until %s"), until) : g_strdup (_("valid until retired"));
  g_autofree char *uses = answer->n_uses == 0 ? g_strdup (_("not used yet"))
                                              : g_strdup_printf (ngettext ("used once", "used %u times", (gulong) answer->n_uses),
                                                                 (guint) answer->n_uses);

  return g_strjoin (" · ", valid, uses, answer->owner != NULL ? answer->owner : _("nobody answers for it"), answer->item, NULL);
}

static GtkWidget *
new_one_line (const char *text,
              int         lines)
{
  GtkWidget *label = linli_text_new (text, NULL);

  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);

  return label;
}

static GtkWidget *
new_head (LinliAnswer *answer,
          const char  *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = new_one_line (title, 1);
  GtkWidget *pill = new_pill (answer);

  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  if (pill != NULL)
    gtk_box_append (GTK_BOX (box), pill);

  return box;
}

static GtkWidget *
new_row (GtkWidget  *head,
         const char *text,
         const char *about,
         GtkWidget  *button,
         const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = linli_caption_new (about);

  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (caption), FALSE);
  gtk_box_append (GTK_BOX (box), head);
  if (text != NULL && *text != '\0')
    gtk_box_append (GTK_BOX (box), new_one_line (text, 2));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (line), box);
  gtk_box_append (GTK_BOX (line), button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (line, "matter-hint");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static GtkWidget *
new_retire (LinliAnswer *answer,
            const char  *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = g_strdup_printf (_("Retire: %s"), title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Retire this answer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answers.retire");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", linli_row_get_id (answer->row));

  return button;
}

static void
add_answer (LinliAnswersPage *self,
            LinliAnswer      *answer)
{
  g_autofree char *title = linli_answer_dup_title (answer->row);
  g_autofree char *about = about_words (answer);
  const char *state = answer->valid ? NULL : answer->early ? C_("answer", "Not yet valid") : C_("answer", "Expired");
  g_autofree char *name = g_strjoin (" · ", title, state != NULL ? state : about, state != NULL ? about : NULL, NULL);
  GtkWidget *row = new_row (new_head (answer, title), linli_row_get_text (answer->row, LINLI_ANSWER_TEXT), about,
                            new_retire (answer, title), name);

  g_object_set_data_full (G_OBJECT (row), "answer", linli_row_ref (answer->row), (GDestroyNotify) linli_row_unref);
  gtk_list_box_append (self->answers, row);
}

static void
add_topic (LinliAnswersPage *self,
           LinliHotTopic    *topic)
{
  g_autofree char *about = g_strdup_printf (ngettext ("%u resident asked this within %u days, under %s",
                                                      "%u residents asked this within %u days, under %s", topic->n_cases),
                                            topic->n_cases, (guint) LINLI_HOT_DAYS, topic->item_name);
  GtkWidget *button = gtk_button_new_with_label (_("Make an Answer"));
  GtkWidget *head = new_one_line (topic->question, 1);
  g_autofree char *name = g_strdup_printf (_("Make an answer to: %s"), topic->question);
  GtkWidget *row;

  gtk_widget_add_css_class (head, "heading");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "answers.make");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sss)", topic->question,
                                    topic->reply != NULL ? topic->reply : "", topic->item_code);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  row = new_row (head, topic->reply, about, button, topic->question);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->topics, row);
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliAnswersPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Contents) contents = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (contents == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      linli_ui_context_toast (self->context, words);
      return;
    }
  clear (self->answers);
  for (guint i = 0; i < contents->answers->len; i++)
    add_answer (self, contents->answers->pdata[i]);
  if (contents->topics != NULL)
    {
      clear (self->topics);
      for (guint i = 0; i < contents->topics->len; i++)
        add_topic (self, contents->topics->pdata[i]);
      gtk_widget_set_visible (GTK_WIDGET (self->topics_slot), contents->topics->len > 0);
      self->wants_topics = FALSE;
    }
  gtk_stack_set_visible_child_name (self->states, contents->answers->len > 0 ? "list"
                                    : *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? "nothing-found" : "none");
}

static gboolean
pause_cb (gpointer user_data)
{
  LinliAnswersPage *self = user_data;
  Question *question = g_new0 (Question, 1);

  self->pause = 0;
  question->typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  question->now = linli_ui_context_now (self->context);
  question->topics = self->wants_topics;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), read_job, question, (GDestroyNotify) question_free,
                          (GDestroyNotify) contents_free, self->cancellable, read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* While nobody looks, nothing is read. */
static void
typed_cb (LinliAnswersPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->context != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

/* What many ask for does not depend on what is typed in the search. */
static void
touch (LinliAnswersPage *self)
{
  self->wants_topics = TRUE;
  typed_cb (self);
}

/* --- Doing --- */

static void
open_dialog (LinliAnswersPage  *self,
             LinliActionDialog *dialog)
{
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
row_activated_cb (LinliAnswersPage *self,
                  GtkListBoxRow    *row)
{
  LinliRow *answer = g_object_get_data (G_OBJECT (row), "answer");

  open_dialog (self, linli_answer_dialog_new (self->context, answer, NULL));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LinliAnswersPage *self = LINLI_ANSWERS_PAGE (widget);

  open_dialog (self, linli_answer_dialog_new (self->context, NULL, NULL));
}

static void
make_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliAnswersPage *self = LINLI_ANSWERS_PAGE (widget);
  LinliAnswerProposal proposal = { 0 };

  g_variant_get (parameter, "(&s&s&s)", &proposal.question, &proposal.reply, &proposal.item_code);
  open_dialog (self, linli_answer_dialog_new (self->context, NULL, &proposal));
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliAnswersPage *self = LINLI_ANSWERS_PAGE (widget);
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "id", g_variant_get_string (parameter, NULL));
  linli_change_run (self->context, "answer.retire", request, _("The answer is retired."), NULL, self);
}

/* --- The object --- */

static void
linli_answers_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (linli_answers_page_parent_class)->map (widget);
  touch (LINLI_ANSWERS_PAGE (widget));
}

static void
linli_answers_page_dispose (GObject *object)
{
  LinliAnswersPage *self = LINLI_ANSWERS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_answers_page_parent_class)->dispose (object);
}

static void
linli_answers_page_class_init (LinliAnswersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_answers_page_dispose;
  widget_class->map = linli_answers_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-answers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliAnswersPage, search);
  gtk_widget_class_bind_template_child (widget_class, LinliAnswersPage, topics_slot);
  gtk_widget_class_bind_template_child (widget_class, LinliAnswersPage, topics);
  gtk_widget_class_bind_template_child (widget_class, LinliAnswersPage, answers);
  gtk_widget_class_bind_template_child (widget_class, LinliAnswersPage, states);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);

  gtk_widget_class_install_action (widget_class, "answers.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "answers.make", "(sss)", make_action);
  gtk_widget_class_install_action (widget_class, "answers.retire", "s", retire_action);
}

static void
linli_answers_page_init (LinliAnswersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LinliAnswersPage *
linli_answers_page_new (LinliUiContext *context)
{
  LinliAnswersPage *self = g_object_new (LINLI_TYPE_ANSWERS_PAGE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::instant_answer",
                           G_CALLBACK (touch), self, G_CONNECT_SWAPPED);

  return self;
}
