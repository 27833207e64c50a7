/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-evidence-list.h"

#include <glib/gi18n-lib.h>

#include "linli-attachment-store.h"
#include "linli-attachment-words.h"
#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-evidence.h"
#include "linli-paste.h"
#include "linli-time-words.h"

struct _LinliEvidenceList
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkBox         *rows;
  GtkLabel       *message;

  /* Owned */
  LinliUiContext *context;
  GPtrArray      *list;     /* LinliEvidence */
  LinliRow       *item;     /* (nullable) */
  char           *case_id;

  gboolean        may_add;
  gboolean        may_waive;
  gboolean        for_unit;
};

G_DEFINE_FINAL_TYPE (LinliEvidenceList, linli_evidence_list, GTK_TYPE_BOX)

static void show_list (LinliEvidenceList *self);

static const char *
kind_words (const char *kind)
{
  return g_dgettext (GETTEXT_PACKAGE, linli_evidence_kind_words (kind));
}

static void
say (LinliEvidenceList *self,
     const char        *words)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

/* --- Reading it again --- */

typedef struct
{
  char     *case_id;
  LinliRow *item;
  gboolean  for_unit;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->case_id);
  g_clear_pointer (&question->item, linli_row_unref);
  g_free (question);
}

/* What the form complained of may be there now. */
static void
forget_complaint (LinliEvidenceList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  LinliFormInput *result = LINLI_IS_ACTION_DIALOG (root) ? linli_action_dialog_find (LINLI_ACTION_DIALOG (root), "result") : NULL;

  if (result != NULL)
    linli_field_set_error (result->field, NULL);
  if (LINLI_IS_ACTION_DIALOG (root))
    linli_action_dialog_say (LINLI_ACTION_DIALOG (root), NULL, FALSE);
}

static gpointer
read_list (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Question *question = data;

  return linli_evidence_load (conn, question->case_id, question->item, question->for_unit, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliEvidenceList) self = user_data;
  g_autoptr(GPtrArray) list = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (self->context == NULL || list == NULL)
    return;
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&list);
  show_list (self);
  forget_complaint (self);
}

static void
reload (LinliEvidenceList *self)
{
  Question *question = g_new0 (Question, 1);

  question->case_id = g_strdup (self->case_id);
  question->item = self->item != NULL ? linli_row_ref (self->item) : NULL;
  question->for_unit = self->for_unit;
  linli_store_read_async (linli_ui_context_get_store (self->context), read_list, question, question_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, read_cb, g_object_ref (self));
}

/* --- Adding --- */

/* A file on its way into the store, and what it shows. */
typedef struct
{
  LinliEvidenceList *list; /* (owned) */
  const char        *kind;
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->list);
  g_free (arrival);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static Arrival *
arrival_new (LinliEvidenceList *self,
             const char        *kind)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->list = g_object_ref (self);
  arrival->kind = kind;
  say (self, NULL);
  return arrival;
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LinliEvidenceList) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);
  g_autofree char *words = reply == NULL ? linli_error_words (error) : NULL;

  if (self->context == NULL)
    return;
  if (reply != NULL)
    reload (self);
  else
    say (self, words); /* of several files one that came in does not hide what happened to another */
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Arrival) arrival = user_data;
  LinliEvidenceList *self = arrival->list;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStoredFile) stored = linli_attachment_put_finish (result, &error);
  g_autoptr(LinliRequest) request = NULL;

  if (self->context == NULL)
    return;
  if (stored == NULL)
    {
      g_autofree char *words = linli_attachment_error_words (error);

      say (self, words);
      return;
    }
  request = linli_request_new ();
  linli_request_set_text (request, "case", self->case_id);
  linli_request_set_text (request, "sha256", stored->sha256);
  linli_request_set_text (request, "name", stored->name);
  linli_request_set_text (request, "content_type", stored->content_type);
  linli_request_set_int (request, "size", stored->size);
  linli_request_set_text (request, "audience", "unit");
  linli_request_set_text (request, "evidence", arrival->kind);
  linli_store_run_async (linli_ui_context_get_store (self->context), "case.attach", request, NULL, attached_cb,
                         g_object_ref (self));
}

static void
take_file (LinliEvidenceList *self,
           const char        *kind,
           GFile             *file)
{
  linli_attachment_put_file_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), file, NULL,
                                   stored_cb, arrival_new (self, kind));
}

static void
take_texture (LinliEvidenceList *self,
              const char        *kind,
              GdkTexture        *texture)
{
  g_autoptr(GBytes) bytes = gdk_texture_save_to_png_bytes (texture);

  linli_attachment_put_bytes_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), bytes,
                                    _("pasted picture.png"), NULL, stored_cb, arrival_new (self, kind));
}

static void
chosen_cb (GtkNativeDialog   *dialog,
           int                response,
           LinliEvidenceList *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(GFile) file = g_list_model_get_item (files, i);

          take_file (self, g_object_get_data (G_OBJECT (dialog), "kind"), file);
        }
    }
  g_object_unref (dialog);
}

static void
choose_cb (GtkWidget         *button,
           LinliEvidenceList *self)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "kind");
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (kind_words (kind),
                                                              GTK_WINDOW (gtk_widget_get_root (button)),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));

  if (g_str_has_prefix (kind, "photo"))
    {
      g_autoptr(GtkFileFilter) pictures = gtk_file_filter_new ();

      gtk_file_filter_set_name (pictures, _("Pictures"));
      gtk_file_filter_add_pixbuf_formats (pictures);
      gtk_file_filter_add_mime_type (pictures, "image/*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), pictures);
    }
  g_object_set_data (G_OBJECT (dialog), "kind", (gpointer) kind);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- Dropping and pasting --- */

static void
row_file_cb (gpointer form,
             GFile   *file)
{
  LinliEvidenceList *self = LINLI_EVIDENCE_LIST (gtk_widget_get_ancestor (form, LINLI_TYPE_EVIDENCE_LIST));

  take_file (self, g_object_get_data (form, "kind"), file);
}

static void
row_texture_cb (gpointer    form,
                GdkTexture *texture)
{
  LinliEvidenceList *self = LINLI_EVIDENCE_LIST (gtk_widget_get_ancestor (form, LINLI_TYPE_EVIDENCE_LIST));

  take_texture (self, g_object_get_data (form, "kind"), texture);
}

/* The row that has the focus; else the first that is missing and could be shown by it.
 *
 * Returns: (nullable): a kind */
static const char *
aim (LinliEvidenceList *self,
     GtkWidget         *form,
     gboolean           picture)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (form));
  const char *fallback = NULL;

  for (; focus != NULL && focus != GTK_WIDGET (self); focus = gtk_widget_get_parent (focus))
    if (g_object_get_data (G_OBJECT (focus), "kind") != NULL)
      return g_object_get_data (G_OBJECT (focus), "kind");
  for (guint i = 0; i < self->list->len; i++)
    {
      const LinliEvidence *one = self->list->pdata[i];
      gboolean fits = picture || !g_str_has_prefix (one->kind, "photo");

      if (fits && one->state == LINLI_EVIDENCE_MISSING)
        return one->kind;
      fallback = fits ? one->kind : fallback;
    }
  return fallback;
}

static void
form_file_cb (gpointer form,
              GFile   *file)
{
  LinliEvidenceList *self = g_object_get_data (form, "evidence");
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  const char *kind = aim (self, form, g_content_type_is_mime_type (type, "image/*"));

  if (kind != NULL)
    take_file (self, kind, file);
  else
    say (self, _("This is no picture: a photo is asked for here."));
}

static void
form_texture_cb (gpointer    form,
                 GdkTexture *texture)
{
  LinliEvidenceList *self = g_object_get_data (form, "evidence");

  take_texture (self, aim (self, form, TRUE), texture);
}

/* --- Letting off --- */

static void
waived_cb (LinliActionDialog *dialog,
           const char        *command,
           const char        *operation,
           LinliEvidenceList *self)
{
  reload (self);
}

static void
waive_cb (GtkWidget         *button,
          LinliEvidenceList *self)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "kind");
  gboolean again = g_object_get_data (G_OBJECT (button), "again") != NULL;
  g_autofree char *title = again ? g_strdup_printf (_("Ask for It Again: %s"), kind_words (kind))
                                 : g_strdup_printf (_("Waive: %s"), kind_words (kind));
  LinliActionDialog *dialog = linli_action_dialog_new (self->context, "case.waive-evidence", self->case_id, title,
                                                       again ? _("Ask Again") : _("Waive"));

  linli_action_dialog_fix_text (dialog, "case", self->case_id);
  linli_action_dialog_fix_text (dialog, "evidence", kind);
  linli_action_dialog_fix_bool (dialog, "waived", !again);
  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL)->required = TRUE;
  g_signal_connect_object (dialog, "done", G_CALLBACK (waived_cb), self, 0);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (button)));
}

/* --- Showing it --- */

static void
append (GString    *words,
        const char *more)
{
  if (more != NULL && *more != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", more);
}

static char *
state_words (LinliEvidenceList   *self,
             const LinliEvidence *one)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autofree char *when =
    one->at != 0 ? linli_moment_full_words (one->at, linli_ui_context_get_zone (self->context)) : NULL;

  if (one->state == LINLI_EVIDENCE_MISSING)
    return g_strdup (_("Still missing"));
  if (one->state == LINLI_EVIDENCE_WAIVED)
    append (words, _("Waived"));
  append (words, one->what);
  if (one->n > 1)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", one->n - 1), one->n - 1);

      append (words, more);
    }
  append (words, one->by);
  append (words, when);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_button (LinliEvidenceList *self,
            GtkWidget         *row,
            const char        *label,
            const char        *kind,
            gboolean           again,
            GCallback          clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: what a button does, and with which evidence: "Add…: Photo after" */
  g_autofree char *whole = g_strdup_printf (_("%s: %s"), label, kind_words (kind));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  g_object_set_data (G_OBJECT (button), "kind", (gpointer) kind);
  g_object_set_data (G_OBJECT (button), "again", GINT_TO_POINTER (again));
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkWidget *
new_row (LinliEvidenceList   *self,
         const LinliEvidence *one)
{
  static const char *const icons[] = { "checkbox-symbolic", "checkbox-checked-symbolic", "checkbox-mixed-symbolic" };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[one->state]);
  g_autofree char *words = state_words (self, one);
  GtkWidget *caption = linli_caption_new (words);

  gtk_widget_add_css_class (icon, one->state == LINLI_EVIDENCE_SHOWN ? "success" : "dim-label");
  if (one->state == LINLI_EVIDENCE_MISSING)
    {
      gtk_widget_remove_css_class (caption, "dim-label");
      gtk_widget_add_css_class (caption, "warning");
    }
  gtk_widget_set_tooltip_text (caption, words);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), linli_text_new (kind_words (one->kind), NULL));
  gtk_box_append (GTK_BOX (texts), caption);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  g_object_set_data (G_OBJECT (row), "kind", (gpointer) one->kind);
  if (self->may_waive && one->state == LINLI_EVIDENCE_MISSING)
    add_button (self, row, _("Waive…"), one->kind, FALSE, G_CALLBACK (waive_cb));
  if (self->may_waive && one->state == LINLI_EVIDENCE_WAIVED)
    add_button (self, row, _("Ask Again…"), one->kind, TRUE, G_CALLBACK (waive_cb));
  if (self->may_add)
    {
      add_button (self, row, _("Add…"), one->kind, FALSE, G_CALLBACK (choose_cb));
      linli_paste_accept (row, row_file_cb, row_texture_cb);
    }
  return row;
}

static void
show_list (LinliEvidenceList *self)
{
  linli_box_clear (self->rows);
  for (guint i = 0; i < self->list->len; i++)
    gtk_box_append (self->rows, new_row (self, self->list->pdata[i]));
}

/* --- The object --- */

static void
linli_evidence_list_dispose (GObject *object)
{
  g_clear_object (&LINLI_EVIDENCE_LIST (object)->context);

  G_OBJECT_CLASS (linli_evidence_list_parent_class)->dispose (object);
}

static void
linli_evidence_list_finalize (GObject *object)
{
  LinliEvidenceList *self = LINLI_EVIDENCE_LIST (object);

  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->item, linli_row_unref);
  g_free (self->case_id);

  G_OBJECT_CLASS (linli_evidence_list_parent_class)->finalize (object);
}

static void
linli_evidence_list_class_init (LinliEvidenceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_evidence_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_evidence_list_finalize;
}

static void
linli_evidence_list_init (LinliEvidenceList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "case-card");
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->message = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->message));
}

/**
 * linli_evidence_list_add_to:
 * @aside: whether it is in view beside the fields, else below them
 *
 * Adds the checklist to a form, unless nothing is asked for of the case. Files
 * and pictures may be dropped on the whole form, and pasted into it.
 */
void
linli_evidence_list_add_to (LinliActionDialog *dialog,
                            LinliUiContext    *context,
                            LinliCaseSheet    *sheet,
                            gboolean           aside)
{
  LinliEvidenceList *self;
  GtkWidget *section;

  g_return_if_fail (LINLI_IS_ACTION_DIALOG (dialog));

  if (sheet->evidence->len == 0)
    return;
  self = g_object_new (LINLI_TYPE_EVIDENCE_LIST, NULL);
  self->context = g_object_ref (context);
  self->list = g_ptr_array_ref (sheet->evidence);
  self->item = sheet->detail->item != NULL ? linli_row_ref (sheet->detail->item) : NULL;
  self->case_id = g_strdup (linli_row_get_id (sheet->detail->case_row));
  self->may_add = linli_case_sheet_allows (sheet, "case.attach");
  self->may_waive = linli_case_sheet_allows (sheet, "case.waive-evidence");
  self->for_unit = sheet->detail->unit != NULL;
  show_list (self);
  section = linli_section_new (_("Closing Evidence"), GTK_WIDGET (self));
  if (aside)
    linli_action_dialog_add_aside (dialog, section);
  else
    linli_action_dialog_add_widget (dialog, section);
  if (!self->may_add)
    return;
  g_object_set_data (G_OBJECT (dialog), "evidence", self);
  linli_paste_accept (GTK_WIDGET (dialog), form_file_cb, form_texture_cb);
}
