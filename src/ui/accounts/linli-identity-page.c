/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-identity-page.h"

#include <glib/gi18n-lib.h>

#include "linli-account-list.h"
#include "linli-cards.h"
#include "linli-case-sheet.h"
#include "linli-error-words.h"
#include "linli-identity.h"
#include "linli-identity-words.h"
#include "linli-time-words.h"

#define SHOWN 200
#define DAY   (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

struct _LinliIdentityPage
{
  AdwBin          parent_instance;

  /* Template children */
  GtkDropDown    *person;
  GtkDropDown    *period;
  GtkSearchEntry *number;
  GtkStack       *stack;
  GtkListBox     *list;
  GtkLabel       *more;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable; /* (nullable): of the reading under way */
  GPtrArray      *people;      /* (nullable): ids of accounts, as the choice shows them behind "everybody" */
  GPtrArray      *reads;       /* (nullable): of LinliIdentityRead */
};

G_DEFINE_FINAL_TYPE (LinliIdentityPage, linli_identity_page, ADW_TYPE_BIN)

typedef struct
{
  char  *viewer; /* (nullable): who reads the log */
  char  *actor;  /* (nullable) */
  char  *number; /* (nullable) */
  gint64 from;
} Question;

typedef struct
{
  GPtrArray *people; /* of LinliAccountFacts */
  GPtrArray *reads;
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->viewer);
  g_free (question->actor);
  g_free (question->number);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->people, g_ptr_array_unref);
  g_clear_pointer (&answer->reads, g_ptr_array_unref);
  g_free (answer);
}

/* --- Reading --- */

/* Half a number is nobody's case yet: then nothing is found. */
static gboolean
find_reads (LinliConn *conn,
            Question  *question,
            Answer    *answer,
            GError   **error)
{
  LinliIdentityFilter filter = { .actor = question->actor, .from = question->from, .limit = SHOWN };
  g_autofree char *case_id = question->number != NULL ? linli_case_find_id (conn, question->number, NULL) : NULL;

  filter.case_id = question->number == NULL || case_id != NULL ? case_id : "";
  answer->reads = linli_identity_reads_load (conn, &filter, error);
  return answer->reads != NULL;
}

static gpointer
read_log (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Question *question = data;
  Answer *answer;

  if (!linli_identity_check_reader (conn, question->viewer, error))
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->people = linli_account_list_load (conn, error);
  if (answer->people == NULL || !find_reads (conn, question, answer, error))
    g_clear_pointer (&answer, answer_free);
  return answer;
}

/* --- Showing --- */

static GtkWidget *
row_new (LinliIdentityPage       *self,
         const LinliIdentityRead *one)
{
  g_autofree char *moment = linli_moment_full_words (one->at, linli_ui_context_get_zone (self->context));
  g_autofree char *title = g_strdup_printf ("%s · %s",
                                            one->name != NULL ? one->name : one->actor, linli_identity_why_words (one->why));
  g_autofree char *about = g_strdup_printf ("%s · %s %s", moment, one->case_no, one->title);
  g_autofree char *whole = one->reason != NULL ? g_strdup_printf ("%s · %s", about, one->reason) : g_strdup (about);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_whole = g_markup_escape_text (whole, -1);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, whole);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_whole);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (row), "read", (gpointer) one);
  return row;
}

static void
show_reads (LinliIdentityPage *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->reads->len; i++)
    gtk_list_box_append (self->list, row_new (self, self->reads->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->reads->len >= SHOWN);
  gtk_stack_set_visible_child_name (self->stack, self->reads->len > 0 ? "list" : "empty");
}

static void reload (LinliIdentityPage *self);

/* Once: who is chosen stays chosen. */
static void
show_people (LinliIdentityPage *self,
             GPtrArray         *people)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  if (self->people != NULL)
    return;
  self->people = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (names, _("Everybody"));
  for (guint i = 0; i < people->len; i++)
    {
      LinliAccountFacts *facts = people->pdata[i];

      gtk_string_list_append (names, facts->name);
      g_ptr_array_add (self->people, g_strdup (facts->id));
    }
  g_signal_handlers_block_by_func (self->person, reload, self);
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  g_signal_handlers_unblock_by_func (self->person, reload, self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliIdentityPage) self = user_data;
  g_autoptr(GError) error = NULL;
  Answer *answer = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (answer == NULL)
    {
      g_autofree char *words = linli_error_words (error);

      if (self->context != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        linli_ui_context_toast (self->context, words);
      return;
    }
  if (self->context != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      g_autoptr(GPtrArray) former = g_steal_pointer (&self->reads);

      self->reads = g_steal_pointer (&answer->reads);
      show_people (self, answer->people);
      show_reads (self);
    }
  answer_free (answer);
}

static void
reload (LinliIdentityPage *self)
{
  static const int days[] = { 7, 30, 365, 0 };
  Question *question;
  g_autofree char *number = NULL;
  guint person, period;

  if (self->context == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  person = gtk_drop_down_get_selected (self->person);
  period = gtk_drop_down_get_selected (self->period);
  number = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->number))));
  question = g_new0 (Question, 1);
  question->viewer = linli_store_dup_actor (linli_ui_context_get_store (self->context));
  if (self->people != NULL && person >= 1 && person <= self->people->len)
    question->actor = g_strdup (self->people->pdata[person - 1]);
  if (*number != '\0')
    question->number = g_steal_pointer (&number);
  if (period < G_N_ELEMENTS (days) && days[period] != 0)
    question->from = linli_ui_context_now (self->context) - days[period] * DAY;
  linli_store_read_async (linli_ui_context_get_store (self->context), read_log, question, question_free, answer_free,
                          self->cancellable, read_cb, g_object_ref (self));
}

static void
row_activated_cb (LinliIdentityPage *self,
                  GtkListBoxRow     *row)
{
  const LinliIdentityRead *one = g_object_get_data (G_OBJECT (row), "read");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-case", "s", one->case_id);
}

/* --- The object --- */

static void
linli_identity_page_dispose (GObject *object)
{
  LinliIdentityPage *self = LINLI_IDENTITY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_identity_page_parent_class)->dispose (object);
}

static void
linli_identity_page_finalize (GObject *object)
{
  LinliIdentityPage *self = LINLI_IDENTITY_PAGE (object);

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->reads, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_identity_page_parent_class)->finalize (object);
}

static void
linli_identity_page_class_init (LinliIdentityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_identity_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_identity_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-identity-page.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, person);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, period);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, number);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, list);
  gtk_widget_class_bind_template_child (widget_class, LinliIdentityPage, more);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_identity_page_init (LinliIdentityPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_identity_page_new (LinliUiContext *context)
{
  const char *periods[] = { _("The last 7 days"), _("The last 30 days"), _("The last year"), _("Ever"), NULL };
  const char *people[] = { _("Everybody"), NULL };
  LinliIdentityPage *self = g_object_new (LINLI_TYPE_IDENTITY_PAGE, NULL);
  g_autoptr(GtkStringList) spans = gtk_string_list_new (periods);
  g_autoptr(GtkStringList) names = gtk_string_list_new (people);

  self->context = g_object_ref (context);
  gtk_drop_down_set_model (self->period, G_LIST_MODEL (spans));
  gtk_drop_down_set_selected (self->period, 1);
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  linli_drop_down_name (self->person, _("Who looked"));
  linli_drop_down_name (self->period, _("When"));
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "notify::selected", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->number, "search-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::identity_read",
                           G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);

  return GTK_WIDGET (self);
}
