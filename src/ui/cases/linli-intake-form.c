/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands in the form of an intake, how it is kept as a draft, and the
 * request it becomes. */

#include "config.h"

#include "linli-intake-form-private.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-columns.h"
#include "linli-entry-words.h"
#include "linli-people-tables.h"
#include "linli-picker.h"
#include "linli-text-area.h"

static const char *const check_names[] = { "anonymous", "confidential", "reply_wanted" };

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliIntakeForm, linli_intake_form, ADW_TYPE_BIN)

/* Returns: (transfer none): answers and cases beside the words */
LinliMatterHints *
linli_intake_form_get_hints (LinliIntakeForm *self)
{
  return self->matter_hints;
}

/* --- Putting it together --- */

static LinliFormInput *
add (LinliIntakeForm *self,
     guint            which,
     GtkWidget       *box,
     const char      *name,
     const char      *label,
     GtkWidget       *widget)
{
  LinliFormInput *input = linli_form_input_new (name, linli_field_new (label, widget));

  gtk_widget_set_hexpand (GTK_WIDGET (input->field), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (input->field));
  self->inputs[which] = input;

  return input;
}

static GtkWidget *
new_picker (LinliIntakeForm *self,
            LinliPickKind    kind,
            gboolean         free_text,
            const char      *hint)
{
  GtkWidget *picker = linli_picker_new (self->context, kind, free_text);

  linli_picker_set_hint (LINLI_PICKER (picker), hint);

  return picker;
}

static GtkWidget *
add_line (GtkWidget *box)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", TRUE, NULL);

  gtk_box_append (GTK_BOX (box), line);

  return line;
}

static void
add_checks (LinliIntakeForm *self,
            GtkWidget       *box)
{
  const char *labels[] = { _("Anonymous"), _("Confidential"), _("Wants a reply") };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  for (guint i = 0; i < N_CHECKS; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (labels[i]);

      self->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_box_append (GTK_BOX (line), check);
    }
  gtk_box_append (GTK_BOX (box), line);
}

/* Who came, by which channel, with what words. */
static GtkWidget *
new_left (LinliIntakeForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line;

  add (self, TEXT, box, "text", _("The resident’s _words"), linli_text_area_new (190, 320))->required = TRUE;
  line = add_line (box);
  add (self, NAME, line, "name", _("N_ame"),
       new_picker (self, LINLI_PICK_APPELLANT, TRUE, _("Name, initials or phone of a known resident")));
  add (self, PHONE, line, "phone", _("_Phone"), gtk_entry_new ());
  g_object_set (linli_intake_form_input (self, PHONE), "input-purpose", GTK_INPUT_PURPOSE_PHONE, NULL);
  add_checks (self, box);
  line = add_line (box);
  add (self, CHANNEL, line, "channel", _("_Channel"),
       new_picker (self, LINLI_PICK_CHANNEL, FALSE, _("Name or initials")))->required = TRUE;
  self->inputs[CHANNEL]->column = LINLI_CHANNEL_CODE;
  self->matter_hints = LINLI_MATTER_HINTS (linli_matter_hints_new (self->context));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->matter_hints));

  return box;
}

static void
add_choices (LinliIntakeForm *self,
             GtkWidget       *line)
{
  const char *const urgencies[] = { "", "urgent", "normal", "hard", NULL };
  const char *urgency_words[] = { C_("urgency", "As the duty item says"), C_("urgency", "Urgent"),
                                  C_("urgency", "Ordinary"), C_("urgency", "Hard"), NULL };
  const char *const *natures = linli_natures ();
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) "");
  g_ptr_array_add (words, (gpointer) C_("nature", "Not said"));
  for (guint i = 0; natures[i] != NULL; i++)
    {
      g_ptr_array_add (ids, (gpointer) natures[i]);
      g_ptr_array_add (words, (gpointer) linli_nature_words (natures[i]));
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (words, NULL);
  add (self, NATURE, line, "nature", _("Na_ture"),
       gtk_drop_down_new_from_strings ((const char *const *) words->pdata));
  self->inputs[NATURE]->choices = g_strdupv ((char **) ids->pdata);
  add (self, URGENCY, line, "urgency", _("_Urgency"), gtk_drop_down_new_from_strings (urgency_words));
  self->inputs[URGENCY]->choices = g_strdupv ((char **) urgencies);
}

/* What it is, where it is, and what goes with it. */
static GtkWidget *
new_right (LinliIntakeForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line;

  add (self, ITEM, box, "item", _("Duty it_em"),
       new_picker (self, LINLI_PICK_DUTY_ITEM, FALSE, _("Name, the resident’s word for it, or pinyin initials")));
  self->inputs[ITEM]->column = LINLI_DUTY_ITEM_CODE;
  self->leaf_hints = LINLI_LEAF_HINTS (linli_leaf_hints_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->leaf_hints));
  self->card = LINLI_ITEM_CARD (linli_item_card_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->card));
  add (self, ATTRIBUTES, box, "attributes", _("What is asked about it"), linli_attribute_fields_new (self->context));
  self->goes_to = GTK_LABEL (linli_text_new (NULL, "dim-label"));
  gtk_widget_set_visible (GTK_WIDGET (self->goes_to), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->goes_to));
  line = add_line (box);
  add_choices (self, line);
  line = add_line (box);
  add (self, PLACE, line, "place", _("P_lace"),
       new_picker (self, LINLI_PICK_PLACE, TRUE, _("Initials, other name or part; any words may stay")));
  add (self, COMMUNITY, line, "community", _("Co_mmunity"), gtk_entry_new ());
  add (self, TITLE, box, "title", _("Title"), gtk_entry_new ());
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_intake_form_input (self, TITLE)), _("Made from the words when left empty"));
  self->files = LINLI_INTAKE_FILES (linli_intake_files_new (self->context));
  gtk_box_append (GTK_BOX (box), linli_section_new (_("Files"), GTK_WIDGET (self->files)));

  return box;
}

/* --- The object --- */

static gboolean
linli_intake_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (linli_intake_form_input (LINLI_INTAKE_FORM (widget), TEXT));
}

static void
linli_intake_form_dispose (GObject *object)
{
  LinliIntakeForm *self = LINLI_INTAKE_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->route_id, g_source_remove);
  if (self->asker != NULL)
    linli_hint_asker_stop (self->asker);
  g_clear_object (&self->asker);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_intake_form_parent_class)->dispose (object);
}

static void
linli_intake_form_finalize (GObject *object)
{
  LinliIntakeForm *self = LINLI_INTAKE_FORM (object);

  for (guint i = 0; i < N_INPUTS; i++)
    g_clear_pointer (&self->inputs[i], linli_form_input_free);
  g_clear_pointer (&self->route, linli_intake_route_free);
  g_clear_pointer (&self->filled_in, g_free);

  G_OBJECT_CLASS (linli_intake_form_parent_class)->finalize (object);
}

static void
linli_intake_form_class_init (LinliIntakeFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_intake_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_intake_form_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_intake_form_grab_focus;

  /* LinliIntakeForm::changed: by a person */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_intake_form_init (LinliIntakeForm *self)
{
}

GtkWidget *
linli_intake_form_new (LinliUiContext *context)
{
  LinliIntakeForm *self = g_object_new (LINLI_TYPE_INTAKE_FORM, NULL);
  LinliColumns *columns = g_object_new (LINLI_TYPE_COLUMNS, NULL);
  GtkWidget *left, *right;

  self->context = g_object_ref (context);
  left = new_left (self);
  right = new_right (self);
  linli_columns_set_children (columns, left, right);
  linli_intake_form_listen (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (columns));
  linli_intake_form_clear (self);

  return GTK_WIDGET (self);
}

/* What the clerk chose for the last resident holds for the next one; nothing
 * else does. */
void
linli_intake_form_clear (LinliIntakeForm *self)
{
  LinliSession *session = linli_ui_context_get_session (self->context);
  g_autofree char *channel = g_settings_get_string (linli_ui_context_get_settings (self->context), "last-channel");
  g_auto(GStrv) parts = g_strsplit (channel, "\n", 2);

  self->filling = TRUE;
  for (guint i = 0; i < N_INPUTS; i++)
    {
      linli_form_input_set_text (self->inputs[i], NULL);
      linli_field_set_hint (self->inputs[i]->field, NULL);
    }
  for (guint i = 0; i < N_CHECKS; i++)
    gtk_check_button_set_active (self->checks[i], FALSE);
  linli_intake_files_restore (self->files, NULL);
  linli_form_input_set_text (self->inputs[COMMUNITY], session->community);
  if (g_strv_length (parts) == 2)
    linli_picker_restore (LINLI_PICKER (linli_intake_form_input (self, CHANNEL)), parts[0], parts[1]);
  linli_intake_form_show_item (self);
  linli_leaf_hints_show (self->leaf_hints, NULL);
  linli_matter_hints_show (self->matter_hints, NULL, NULL);
  self->filling = FALSE;
}

/* Remembers the channel of a case that was taken in, for the next one. */
void
linli_intake_form_keep_channel (LinliIntakeForm *self)
{
  LinliRow *channel = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, CHANNEL)));
  g_autofree char *value = NULL;

  if (channel == NULL)
    return;
  value = g_strdup_printf ("%s\n%s", linli_row_get_text (channel, LINLI_CHANNEL_NAME), linli_row_get_id (channel));
  g_settings_set_string (linli_ui_context_get_settings (self->context), "last-channel", value);
}

/* Returns: (transfer full): what stands in a field as it is read, not what is sent */
char *
linli_intake_form_dup_text (LinliIntakeForm *self,
                            guint            which)
{
  GtkWidget *input = linli_intake_form_input (self, which);

  return LINLI_IS_PICKER (input) ? g_strdup (linli_picker_get_text (LINLI_PICKER (input)))
                                 : linli_form_input_dup_text (self->inputs[which]);
}

/* Whether there is anything that a person typed. The channel and the community
 * are there before anybody comes. */
static gboolean
is_begun (LinliIntakeForm *self)
{
  static const guint typed[] = { TEXT, NAME, PHONE, ITEM, PLACE, TITLE };
  g_autofree char *files = linli_intake_files_dup_text (self->files);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *text = linli_intake_form_dup_text (self, typed[i]);

      if (*g_strstrip (text) != '\0')
        return TRUE;
    }

  return *files != '\0';
}

/* Returns: (transfer full) (nullable): what linli_intake_form_restore() needs;
 *   %NULL for a form in which nothing was typed */
LinliRequest *
linli_intake_form_save (LinliIntakeForm *self)
{
  LinliRequest *draft;
  g_autofree char *files = NULL;

  if (!is_begun (self))
    return NULL;
  draft = linli_request_new ();
  files = linli_intake_files_dup_text (self->files);
  for (guint i = 0; i < N_INPUTS; i++)
    linli_form_input_save (self->inputs[i], draft);
  for (guint i = 0; i < N_CHECKS; i++)
    linli_request_set_bool (draft, check_names[i], gtk_check_button_get_active (self->checks[i]));
  linli_request_set_text (draft, "files", files);

  return draft;
}

void
linli_intake_form_restore (LinliIntakeForm *self,
                           LinliRequest    *draft)
{
  g_return_if_fail (LINLI_IS_INTAKE_FORM (self));

  linli_intake_form_clear (self);
  self->filling = TRUE;
  for (guint i = 0; i < N_INPUTS; i++)
    linli_form_input_restore (self->inputs[i], draft);
  for (guint i = 0; i < N_CHECKS; i++)
    gtk_check_button_set_active (self->checks[i], linli_request_get_bool (draft, check_names[i]));
  linli_intake_files_restore (self->files, linli_request_get_text (draft, "files"));
  self->filling = FALSE;
  linli_hint_asker_touch (self->asker);
}

static void
set_resident (LinliIntakeForm *self,
              LinliRequest    *request)
{
  g_autoptr(LinliRequest) resident = linli_request_new ();
  LinliPicker *name = LINLI_PICKER (linli_intake_form_input (self, NAME));
  LinliRow *known = linli_picker_get_row (name);
  const char *phone = gtk_editable_get_text (GTK_EDITABLE (linli_intake_form_input (self, PHONE)));
  gboolean anonymous = gtk_check_button_get_active (self->checks[ANONYMOUS]);
  const char *known_phone = known != NULL ? linli_row_get_text (known, LINLI_APPELLANT_PHONE) : NULL;

  /* Another number under a known name is somebody else until a person says otherwise. */
  if (known != NULL && !anonymous && g_strcmp0 (phone, known_phone != NULL ? known_phone : "") == 0)
    linli_request_set_text (resident, "id", linli_row_get_id (known));
  else
    {
      linli_request_set_text (resident, "name", anonymous ? NULL : linli_picker_get_text (name));
      linli_request_set_text (resident, "phone", phone);
      linli_request_set_bool (resident, "anonymous", anonymous);
    }
  linli_request_set_bool (resident, "confidential", gtk_check_button_get_active (self->checks[CONFIDENTIAL]));
  linli_request_set_object (request, "appellant", resident);
}

/* Returns: (transfer full): the arguments of case.intake */
LinliRequest *
linli_intake_form_make_request (LinliIntakeForm *self)
{
  static const guint plain[] = { TEXT, CHANNEL, ITEM, ATTRIBUTES, NATURE, URGENCY, COMMUNITY, TITLE };
  LinliRequest *request = linli_request_new ();
  LinliPicker *place = LINLI_PICKER (linli_intake_form_input (self, PLACE));

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    linli_form_input_send (self->inputs[plain[i]], request);
  linli_request_set_text (request, "place", linli_picker_get_text (place));
  if (linli_picker_get_row (place) != NULL)
    linli_request_set_text (request, "place_id", linli_row_get_id (linli_picker_get_row (place)));
  set_resident (self, request);
  linli_request_set_bool (request, "reply_wanted", gtk_check_button_get_active (self->checks[REPLY]));
  linli_request_set_bool (request, "accept", linli_intake_form_has_item (self));
  linli_intake_files_send (self->files, request);

  return request;
}

/**
 * linli_intake_form_check:
 * @dispatching: whether the case is to be dispatched at once
 *
 * Says what is missing, at the field, and puts the keyboard there.
 */
gboolean
linli_intake_form_check (LinliIntakeForm *self,
                         gboolean         dispatching)
{
  LinliPicker *item = LINLI_PICKER (linli_intake_form_input (self, ITEM));

  for (guint i = 0; i < N_INPUTS; i++)
    linli_field_set_error (self->inputs[i]->field, NULL);
  for (guint i = 0; i < N_INPUTS; i++)
    if (linli_form_input_is_missing (self->inputs[i]))
      return !linli_intake_form_show_error (self, self->inputs[i]->name,
                                            i == CHANNEL ? _("Choose one from the list.")
                                                         : _("This must be filled in."));
  if (linli_picker_get_row (item) == NULL && *linli_picker_get_text (item) != '\0')
    return !linli_intake_form_show_error (self, "item", _("Choose one from the list."));
  if (dispatching && linli_picker_get_row (item) == NULL)
    return !linli_intake_form_show_error (self, "item", _("Choose what the matter is before dispatching it."));

  return TRUE;
}

/* Returns: %FALSE when @name (nullable) is no field of this form */
gboolean
linli_intake_form_show_error (LinliIntakeForm *self,
                              const char      *name,
                              const char      *words)
{
  if (g_strcmp0 (name, "appellant") == 0)
    name = "name";
  else if (g_strcmp0 (name, "place_id") == 0)
    name = "place";
  for (guint i = 0; i < N_INPUTS; i++)
    if (g_strcmp0 (self->inputs[i]->name, name) == 0)
      {
        linli_field_set_error (self->inputs[i]->field, words);
        gtk_widget_grab_focus (GTK_WIDGET (self->inputs[i]->field));
        return TRUE;
      }

  return FALSE;
}

gboolean
linli_intake_form_has_item (LinliIntakeForm *self)
{
  return linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, ITEM))) != NULL;
}

void
linli_intake_form_take_file (LinliIntakeForm *self,
                             GFile           *file)
{
  linli_intake_files_take_file (self->files, file);
}

void
linli_intake_form_take_texture (LinliIntakeForm *self,
                                GdkTexture      *texture)
{
  linli_intake_files_take_texture (self->files, texture);
}
