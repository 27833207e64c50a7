/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-centre-room.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-cards.h"
#include "linli-change.h"
#include "linli-error-words.h"
#include "linli-registry.h"
#include "linli-rights.h"
#include "linli-text.h"

#define LINES_SHOWN 120 /* at once; who wants another types a word of it */

/* A line that the list has, or would have if it were longer. */
typedef struct
{
  char     *code;
  char     *title;
  char     *subtitle; /* (nullable) */
  char     *note;     /* (nullable) */
  char     *in_force; /* (nullable) */
  gboolean  active;
  char     *name;     /* read out */
  char     *found_by; /* folded */
} Line;

struct _LinliCentreRoom
{
  AdwBin               parent_instance;

  /* Template children */
  GtkLabel            *doc;
  GtkLabel            *bar;     /* why nothing can be changed */
  GtkBox              *head;
  GtkListBox          *list;
  GtkLabel            *nothing;
  GtkLabel            *more;    /* lines than are shown */

  /* Owned */
  LinliUiContext      *context;
  GCancellable        *cancellable;
  gpointer             facts;   /* (nullable): of the kind */
  GPtrArray           *lines;   /* Line */
  GStrv                words;   /* (nullable): searched, folded */
  GtkWindow           *dialog;  /* (nullable) weak */

  const LinliRoomKind *kind;
  gboolean             may;
  gboolean             stale;   /* something changed while nobody looked */
};

enum { MAY_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliCentreRoom, linli_centre_room, ADW_TYPE_BIN)

static void reload (LinliCentreRoom *self);

/* --- Changing --- */

static void
done_cb (LinliCentreRoom *self,
         const char      *command,
         const char      *operation)
{
  linli_change_say (self->context, _("The rules are changed."), operation);
}

static void
open_dialog (LinliCentreRoom *self,
             const char      *code)
{
  LinliActionDialog *dialog;

  if (self->facts == NULL || !self->may || self->dialog != NULL)
    return;
  dialog = self->kind->edit (self->context, self->facts, code);
  if (dialog == NULL)
    return;
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static const char *
code_of (gpointer widget)
{
  return g_object_get_data (widget, "code");
}

static void
row_activated_cb (LinliCentreRoom *self,
                  GtkListBoxRow   *row)
{
  open_dialog (self, code_of (row));
}

static gboolean
switched_cb (LinliCentreRoom *self,
             gboolean         active,
             GtkSwitch       *toggle)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "code", code_of (toggle));
  linli_request_set_bool (request, "active", active);
  linli_change_run (self->context, self->kind->command, request, _("The rules are changed."),
                    (LinliChangeRefused) reload, self);
  return FALSE;
}

/* --- Showing --- */

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->code);
  g_free (line->title);
  g_free (line->subtitle);
  g_free (line->note);
  g_free (line->in_force);
  g_free (line->name);
  g_free (line->found_by);
  g_free (line);
}

/* For the kind's show(): one line more. */
void
linli_centre_room_add (LinliCentreRoom     *self,
                       const LinliRoomLine *line)
{
  Line *copy = g_new0 (Line, 1);
  g_autofree char *words = NULL;

  copy->code = g_strdup (line->code);
  copy->title = g_strdup (line->title);
  copy->subtitle = g_strdup (line->subtitle);
  copy->note = g_strdup (line->note);
  copy->in_force = g_strdup (line->in_force);
  copy->active = line->active;
  copy->name = g_strjoin (", ", line->title, line->subtitle != NULL ? line->subtitle : line->note,
                          line->subtitle != NULL ? line->note : NULL, NULL);
  words = g_strjoin (" ", copy->name, line->found_by, NULL);
  copy->found_by = linli_text_fold (words, -1);
  g_ptr_array_add (self->lines, copy);
}

static void
add_switch (LinliCentreRoom *self,
            GtkWidget       *row,
            const Line      *line)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), line->active);
  gtk_widget_set_sensitive (toggle, self->may);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, line->in_force, -1);
  g_object_set_data_full (G_OBJECT (toggle), "code", g_strdup (line->code), g_free);
  g_signal_connect_object (toggle, "state-set", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
}

static GtkWidget *
row_new (LinliCentreRoom *self,
         const Line      *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (line->title, -1);
  g_autofree char *subtitle = g_markup_escape_text (line->subtitle != NULL ? line->subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (line->note != NULL)
    {
      GtkWidget *note = linli_caption_new (line->note);

      gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_NONE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), note);
    }
  if (line->in_force != NULL)
    add_switch (self, row, line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), self->may);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, line->name, -1);
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (line->code), g_free);

  return row;
}

static gboolean
is_found (LinliCentreRoom *self,
          const Line      *line)
{
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (line->found_by, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): the code of the row with the focus */
static char *
dup_focused (LinliCentreRoom *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL && gtk_widget_get_parent (row) == GTK_WIDGET (self->list) ? g_strdup (code_of (row)) : NULL;
}

/* Makes the rows of the lines with every word searched. The focus stays where
 * the person was. */
static void
fill (LinliCentreRoom *self)
{
  g_autofree char *focused = dup_focused (self);
  g_autofree char *more = NULL;
  GtkListBoxRow *former;
  guint n = 0;

  while ((former = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (former));
  for (guint i = 0; i < self->lines->len; i++)
    if (is_found (self, self->lines->pdata[i]) && n++ < LINES_SHOWN)
      {
        GtkWidget *row = row_new (self, self->lines->pdata[i]);

        gtk_list_box_append (self->list, row);
        if (g_strcmp0 (focused, code_of (row)) == 0)
          gtk_widget_grab_focus (row);
      }
  if (n > LINES_SHOWN)
    more = g_strdup_printf (ngettext ("and %u more: search for it", "and %u more: search for one", n - LINES_SHOWN),
                            n - LINES_SHOWN);
  gtk_label_set_label (self->more, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more), more != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0 && self->facts != NULL);
}

/* Shows only the lines with every word of @text. */
void
linli_centre_room_search (LinliCentreRoom *self,
                          const char      *text)
{
  g_autofree char *folded = linli_text_fold (text, -1);
  g_autofree char *former = self->words != NULL ? g_strjoinv (" ", self->words) : g_strdup ("");

  if (g_str_equal (g_strstrip (folded), former))
    return;
  g_strfreev (self->words);
  self->words = g_strsplit (folded, " ", -1);
  fill (self);
}

static void
show (LinliCentreRoom *self)
{
  g_ptr_array_set_size (self->lines, 0);
  if (self->kind->show_head != NULL)
    self->kind->show_head (self, self->head, self->facts);
  self->kind->show (self, self->facts);
  fill (self);
}

/* --- Reading --- */

typedef struct
{
  const LinliRoomKind *kind;
  gint64               now;
} Question;

typedef struct
{
  const LinliRoomKind *kind;
  gpointer             facts;
} Answer;

static void
answer_free (Answer *answer)
{
  if (answer->facts != NULL)
    answer->kind->facts_free (answer->facts);
  g_free (answer);
}

static gpointer
read_room (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  const Question *question = data;
  gpointer facts = question->kind->read (conn, question->now, error);
  Answer *answer;

  if (facts == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->kind = question->kind;
  answer->facts = facts;
  return answer;
}

/* A refusal says what is missing; here it is the reason why the lines stay as they are. */
static void
show_rights (LinliCentreRoom *self)
{
  gboolean read_only = linli_store_is_read_only (linli_ui_context_get_store (self->context));
  LinliSession *session = linli_ui_context_get_session (self->context);
  g_autoptr(GError) refusal = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *words = NULL;

  linli_rights_check (linli_registry_find_command (self->kind->command), session->roles, session->rights, &refusal);
  reason = refusal != NULL ? linli_error_words (refusal) : NULL;
  if (read_only)
    words = g_strdup (_("This centre is open for looking only; nothing here can be changed now."));
  else if (reason != NULL)
    words = g_strdup_printf (_("You can read this, but not change it. %s"), reason);
  self->may = words == NULL;
  gtk_label_set_label (self->bar, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), words != NULL);
  g_signal_emit (self, signals[MAY_CHANGED], 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliCentreRoom) self = user_data;
  g_autoptr(GError) error = NULL;
  Answer *answer = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (answer == NULL)
    {
      g_autofree char *words = self->context != NULL ? linli_error_words (error) : NULL;

      if (words != NULL)
        linli_ui_context_toast (self->context, words);
      return;
    }
  if (self->context != NULL)
    {
      gpointer former = self->facts;

      self->facts = g_steal_pointer (&answer->facts);
      show (self);
      if (former != NULL)
        self->kind->facts_free (former);
    }
  answer_free (answer);
}

/* What the person may has changed. */
static void
session_changed_cb (LinliCentreRoom *self)
{
  show_rights (self);
  if (self->facts != NULL)
    show (self);
}

static void
reload (LinliCentreRoom *self)
{
  Question *question;

  if (self->context == NULL)
    return;
  self->stale = FALSE;
  question = g_new0 (Question, 1);
  question->kind = self->kind;
  question->now = linli_ui_context_now (self->context);
  linli_store_read_async (linli_ui_context_get_store (self->context), read_room, question, g_free,
                          (GDestroyNotify) answer_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (LinliCentreRoom *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
  else
    self->stale = TRUE;
}

/* --- The object --- */

static void
linli_centre_room_map (GtkWidget *widget)
{
  LinliCentreRoom *self = LINLI_CENTRE_ROOM (widget);

  GTK_WIDGET_CLASS (linli_centre_room_parent_class)->map (widget);
  if (self->stale)
    reload (self);
}

static void
linli_centre_room_dispose (GObject *object)
{
  LinliCentreRoom *self = LINLI_CENTRE_ROOM (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_centre_room_parent_class)->dispose (object);
}

static void
linli_centre_room_finalize (GObject *object)
{
  LinliCentreRoom *self = LINLI_CENTRE_ROOM (object);

  g_object_unref (self->cancellable);
  if (self->facts != NULL)
    self->kind->facts_free (self->facts);
  g_ptr_array_unref (self->lines);
  g_strfreev (self->words);

  G_OBJECT_CLASS (linli_centre_room_parent_class)->finalize (object);
}

static void
linli_centre_room_class_init (LinliCentreRoomClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_centre_room_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_centre_room_finalize;
  widget_class->map = linli_centre_room_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-centre-room.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, doc);
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, bar);
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, head);
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, list);
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, nothing);
  gtk_widget_class_bind_template_child (widget_class, LinliCentreRoom, more);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  /* Whether linli_centre_room_start() does something is known, or known anew. */
  signals[MAY_CHANGED] = g_signal_new ("may-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
linli_centre_room_init (LinliCentreRoom *self)
{
  self->cancellable = g_cancellable_new ();
  self->lines = g_ptr_array_new_with_free_func (line_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @kind: static */
GtkWidget *
linli_centre_room_new (LinliUiContext      *context,
                       const LinliRoomKind *kind)
{
  LinliCentreRoom *self = g_object_new (LINLI_TYPE_CENTRE_ROOM, NULL);
  LinliDb *db = linli_store_get_db (linli_ui_context_get_store (context));
  const char *title = g_dgettext (GETTEXT_PACKAGE, kind->title);

  self->context = g_object_ref (context);
  self->kind = kind;
  gtk_label_set_label (self->doc, g_dgettext (GETTEXT_PACKAGE, kind->doc));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; kind->tables[i] != NULL; i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", kind->tables[i], NULL);

      g_signal_connect_object (db, signal, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (linli_ui_context_get_session_watch (context), "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_rights (self);
  reload (self);

  return GTK_WIDGET (self);
}

/* Whether the person may add a line here. */
gboolean
linli_centre_room_may_start (LinliCentreRoom *self)
{
  g_return_val_if_fail (LINLI_IS_CENTRE_ROOM (self), FALSE);

  return self->may && self->kind->fresh != NULL;
}

/* Opens the form for one line more. */
void
linli_centre_room_start (LinliCentreRoom *self)
{
  g_return_if_fail (LINLI_IS_CENTRE_ROOM (self));

  if (linli_centre_room_may_start (self))
    open_dialog (self, NULL);
}

/* Opens the form for what @code names, a line or something above the lines, if the person may. */
void
linli_centre_room_edit (LinliCentreRoom *self,
                        const char      *code)
{
  g_return_if_fail (LINLI_IS_CENTRE_ROOM (self) && code != NULL);

  open_dialog (self, code);
}

/* For a head that decides which lines there are. */
void
linli_centre_room_show_again (LinliCentreRoom *self)
{
  g_return_if_fail (LINLI_IS_CENTRE_ROOM (self));

  if (self->facts != NULL)
    show (self);
}

/* Returns: (transfer none) */
LinliUiContext *
linli_centre_room_get_context (LinliCentreRoom *self)
{
  g_return_val_if_fail (LINLI_IS_CENTRE_ROOM (self), NULL);

  return self->context;
}
