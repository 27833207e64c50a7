/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-form-preview.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-json.h"

#define PREVIEW "form-preview"
#define PAUSE   250 /* ms of not typing */

typedef struct
{
  LinliActionDialog *dialog;      /* (unowned): owns this */
  LinliUiContext    *context;
  GtkWidget         *label;       /* (unowned) */
  LinliEffectFunc    effect;      /* (nullable): none where @command is tried */
  char              *command;     /* (nullable) */
  LinliTrialWordsFunc words;      /* (nullable): with @command */
  LinliCollectFunc   collect;     /* (nullable) */
  gpointer           collect_data;
  GCancellable      *cancellable; /* of the question that is under way */
  guint              pause_id;
} Preview;

typedef struct
{
  LinliEffectFunc effect;
  char           *command; /* (nullable) */
  JsonObject     *args;
  gint64          now;
} Question;

/* Who waits for what a command would tell. */
typedef struct
{
  GtkWidget          *label;   /* (owned) */
  LinliUiContext     *context; /* (owned) */
  LinliTrialWordsFunc words;
} Trial;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->context);
  g_free (self->command);
  g_free (self);
}

static void
question_free (Question *question)
{
  g_free (question->command);
  json_object_unref (question->args);
  g_free (question);
}

static gpointer
read_effect (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  const Question *question = data;

  return question->effect (conn, question->args, question->now, error);
}

/* In the writing lane, which nothing is written in. */
static gpointer
try_command (LinliConn  *conn,
             LinliDesk  *desk,
             LinliStore *store,
             gpointer    data,
             GError    **error)
{
  const Question *question = data;
  g_autoptr(LinliOutcome) outcome = linli_store_submit (store, conn, question->command, question->args, LINLI_EXECUTE_DRY_RUN,
                                                        error);

  return outcome != NULL ? json_object_ref (outcome->result) : NULL;
}

/* What a change does is not to be scrolled for: the form grows with it, as far
 * as it does with its fields. */
static void
grow (GtkWidget *label)
{
  GtkRoot *form = gtk_widget_get_root (label);
  int width = 0;
  int height = 0;
  int natural = 0;

  if (!GTK_IS_WINDOW (form) || !gtk_widget_get_mapped (GTK_WIDGET (form)))
    return;
  gtk_widget_measure (GTK_WIDGET (form), GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (form)), NULL, &natural,
                      NULL, NULL);
  gtk_window_get_default_size (GTK_WINDOW (form), &width, &height);
  if (natural > gtk_widget_get_height (GTK_WIDGET (form)))
    gtk_window_set_default_size (GTK_WINDOW (form), width, -1);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) label = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = linli_store_read_finish (LINLI_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (words == NULL)
    words = linli_error_words (error);
  gtk_label_set_label (GTK_LABEL (label), words);
  grow (label);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Trial *trial = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) told = linli_store_write_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      words = told != NULL ? trial->words (told, trial->context) : linli_error_words (error);
      gtk_label_set_label (GTK_LABEL (trial->label), words);
      grow (trial->label);
    }
  g_object_unref (trial->label);
  g_object_unref (trial->context);
  g_free (trial);
}

static void
ask_trial (Preview  *self,
           Question *question)
{
  Trial *trial = g_new0 (Trial, 1);

  trial->label = g_object_ref (self->label);
  trial->context = g_object_ref (self->context);
  trial->words = self->words;
  linli_store_write_async (linli_ui_context_get_store (self->context), try_command, question, (GDestroyNotify) question_free,
                           (GDestroyNotify) json_object_unref, self->cancellable, tried_cb, trial);
}

static gboolean
ask_cb (gpointer data)
{
  Preview *self = data;
  LinliStore *store = linli_ui_context_get_store (self->context);
  g_autoptr(LinliRequest) request = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *text = NULL;
  Question *question;

  self->pause_id = 0;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!linli_action_dialog_is_complete (self->dialog))
    {
      gtk_label_set_label (GTK_LABEL (self->label), "");
      return G_SOURCE_REMOVE;
    }
  request = linli_action_dialog_dup_request (self->dialog, FALSE);
  if (self->collect != NULL && !self->collect (request, self->collect_data, &fault))
    {
      gtk_label_set_label (GTK_LABEL (self->label), fault);
      return G_SOURCE_REMOVE;
    }
  text = linli_request_to_text (request);
  question = g_new0 (Question, 1);
  question->effect = self->effect;
  question->command = g_strdup (self->command);
  question->args = linli_json_parse_object (text, -1, NULL);
  question->now = linli_ui_context_now (self->context);
  if (self->command != NULL)
    ask_trial (self, question);
  else
    linli_store_read_async (store, read_effect, question, (GDestroyNotify) question_free, g_free, self->cancellable, read_cb,
                            g_object_ref (self->label));
  return G_SOURCE_REMOVE;
}

/* Something that is no field of @dialog changed. */
void
linli_form_preview_update (LinliActionDialog *dialog)
{
  Preview *self = g_object_get_data (G_OBJECT (dialog), PREVIEW);

  if (self == NULL)
    return;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE, ask_cb, self);
}

static Preview *
attach (LinliActionDialog *dialog,
        LinliUiContext    *context,
        LinliCollectFunc   collect,
        gpointer           collect_data)
{
  Preview *self = g_new0 (Preview, 1);

  self->dialog = dialog;
  self->context = g_object_ref (context);
  self->label = linli_text_new ("", "dim-label");
  self->collect = collect;
  self->collect_data = collect_data;
  self->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (dialog), PREVIEW, self, preview_free);
  linli_action_dialog_add_aside (dialog, linli_section_new (_("What It Would Change"), self->label));
  g_signal_connect (dialog, "edited", G_CALLBACK (linli_form_preview_update), NULL);
  return self;
}

/**
 * linli_form_preview_attach:
 * @collect: (nullable): as linli_action_dialog_set_collect() has it
 */
void
linli_form_preview_attach (LinliActionDialog *dialog,
                           LinliUiContext    *context,
                           LinliEffectFunc    effect,
                           LinliCollectFunc   collect,
                           gpointer           collect_data)
{
  Preview *self = attach (dialog, context, collect, collect_data);

  self->effect = effect;
  ask_cb (self);
}

/**
 * linli_form_preview_attach_trial:
 * @command: of the form
 * @words: puts what it tells into words
 * @collect: (nullable): as linli_action_dialog_set_collect() has it
 *
 * The command itself is tried, and nothing of it is kept: what is foreseen is
 * what happens.
 */
void
linli_form_preview_attach_trial (LinliActionDialog  *dialog,
                                 LinliUiContext     *context,
                                 const char         *command,
                                 LinliTrialWordsFunc words,
                                 LinliCollectFunc    collect,
                                 gpointer            collect_data)
{
  Preview *self = attach (dialog, context, collect, collect_data);

  self->command = g_strdup (command);
  self->words = words;
  ask_cb (self);
}
