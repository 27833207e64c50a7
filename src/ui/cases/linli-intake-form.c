/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-intake-form.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-columns.h"
#include "linli-entry-words.h"
#include "linli-form-input.h"
#include "linli-hint-asker.h"
#include "linli-intake-files.h"
#include "linli-item-card.h"
#include "linli-leaf-hints.h"
#include "linli-matter-hints.h"
#include "linli-people-tables.h"
#include "linli-picker.h"
#include "linli-route-words.h"
#include "linli-text-area.h"

/* In the order in which the keyboard comes to them. */
enum { TEXT, NAME, PHONE, CHANNEL, ITEM, ATTRIBUTES, NATURE, URGENCY, PLACE, COMMUNITY, TITLE, N_INPUTS };
enum { ANONYMOUS, CONFIDENTIAL, REPLY, N_CHECKS };

static const char *const check_names[] = { "anonymous", "confidential", "reply_wanted" };

#define PAUSE_MS 200

struct _LinliIntakeForm
{
  AdwBin            parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkCheckButton   *checks[N_CHECKS];
  LinliItemCard    *card;
  GtkLabel         *goes_to;
  LinliIntakeFiles *files;
  LinliLeafHints   *leaf_hints;
  LinliMatterHints *matter_hints;

  /* Owned */
  LinliUiContext   *context;
  LinliHintAsker   *asker;
  LinliFormInput   *inputs[N_INPUTS];
  LinliIntakeRoute *route;       /* (nullable): whom it would go to */
  GCancellable     *cancellable; /* (nullable): of the route being read */
  char             *filled_in;   /* (nullable): the community that came with a place */

  /* State */
  gboolean          filling;     /* what changes is not typed */
  guint             route_id;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliIntakeForm, linli_intake_form, ADW_TYPE_BIN)

static GtkWidget *
input_of (LinliIntakeForm *self,
          guint            which)
{
  return linli_field_get_input (self->inputs[which]->field);
}

static void
changed_cb (LinliIntakeForm *self)
{
  linli_hint_asker_touch (self->asker);
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* --- The resident --- */

static void
say_known (LinliIntakeForm *self,
           LinliRow        *resident)
{
  const char *address = linli_row_get_text (resident, LINLI_APPELLANT_ADDRESS);
  const char *note = linli_row_get_text (resident, LINLI_APPELLANT_NOTE);
  g_autofree char *words = g_strjoin (" · ", _("Known resident"), address != NULL ? address : note,
                                      address != NULL ? note : NULL, NULL);

  linli_field_set_hint (self->inputs[NAME]->field, words);
}

static void
resident_cb (LinliIntakeForm *self)
{
  LinliRow *resident = linli_picker_get_row (LINLI_PICKER (input_of (self, NAME)));

  if (resident == NULL)
    return;
  say_known (self, resident);
  if (linli_picker_is_restoring (LINLI_PICKER (input_of (self, NAME))))
    return;
  gtk_editable_set_text (GTK_EDITABLE (input_of (self, PHONE)),
                         linli_row_get_text (resident, LINLI_APPELLANT_PHONE) != NULL
                           ? linli_row_get_text (resident, LINLI_APPELLANT_PHONE)
                           : "");
  if (linli_row_get_int (resident, LINLI_APPELLANT_CONFIDENTIAL))
    gtk_check_button_set_active (self->checks[CONFIDENTIAL], TRUE);
}

static void
name_typed_cb (LinliIntakeForm *self)
{
  if (linli_picker_get_row (LINLI_PICKER (input_of (self, NAME))) == NULL)
    linli_field_set_hint (self->inputs[NAME]->field, NULL);
}

static void
anonymous_cb (LinliIntakeForm *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->inputs[NAME]->field),
                            !gtk_check_button_get_active (self->checks[ANONYMOUS]));
  changed_cb (self);
}

/* --- The place --- */

/* What the list says of its community holds, unless somebody typed another. */
static void
place_cb (LinliIntakeForm *self)
{
  LinliRow *place = linli_picker_get_row (LINLI_PICKER (input_of (self, PLACE)));
  const char *community = place != NULL ? linli_row_get_text (place, LINLI_PLACE_COMMUNITY) : NULL;
  g_autofree char *typed = linli_form_input_dup_text (self->inputs[COMMUNITY]);

  if (community == NULL || linli_picker_is_restoring (LINLI_PICKER (input_of (self, PLACE))) ||
      (*typed != '\0' && g_strcmp0 (typed, linli_ui_context_get_session (self->context)->community) != 0 &&
       g_strcmp0 (typed, self->filled_in) != 0))
    return;
  g_free (self->filled_in);
  self->filled_in = g_strdup (community);
  linli_form_input_set_text (self->inputs[COMMUNITY], community);
}

/* --- The duty item --- */

static char *
dup_picked (LinliIntakeForm *self,
            guint            which,
            int              column)
{
  LinliRow *row = linli_picker_get_row (LINLI_PICKER (input_of (self, which)));

  return row == NULL ? NULL : g_strdup (column >= 0 ? linli_row_get_text (row, (guint) column) : linli_row_get_id (row));
}

static LinliIntakeQuestion *
new_question (LinliIntakeForm *self)
{
  LinliIntakeQuestion *question = g_new0 (LinliIntakeQuestion, 1);

  question->item = dup_picked (self, ITEM, LINLI_DUTY_ITEM_CODE);
  question->attributes = linli_form_input_dup_text (self->inputs[ATTRIBUTES]);
  question->community = linli_form_input_dup_text (self->inputs[COMMUNITY]);
  question->place = g_strdup (linli_picker_get_text (LINLI_PICKER (input_of (self, PLACE))));
  question->place_id = dup_picked (self, PLACE, -1);
  question->grid = dup_picked (self, PLACE, LINLI_PLACE_GRID);
  question->urgency = linli_form_input_dup_text (self->inputs[URGENCY]);
  question->channel = dup_picked (self, CHANNEL, LINLI_CHANNEL_CODE);
  question->at = linli_ui_context_now (self->context);

  return question;
}

static void
show_route (LinliIntakeForm *self)
{
  g_autofree char *why = NULL;
  g_autofree char *words = NULL;

  linli_item_card_show (self->card, linli_picker_get_row (LINLI_PICKER (input_of (self, ITEM))),
                        self->route != NULL ? self->route->units : NULL, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->goes_to), self->route != NULL && self->route->note != NULL);
  if (self->route == NULL || self->route->note == NULL)
    return;
  why = linli_route_reason_words (self->route->note);
  /* Translators: a unit, and the sentence why it is this one */
  words = self->route->note->lead != NULL ? g_strdup_printf (_("Goes to %s. %s"), self->route->note->lead, why)
                                          : g_strdup (why);
  gtk_label_set_label (self->goes_to, words);
}

static void
read_route_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliIntakeForm) self = user_data;
  LinliIntakeRoute *route = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (route == NULL)
    return;
  g_clear_pointer (&self->route, linli_intake_route_free);
  self->route = route;
  if (self->context != NULL && linli_intake_form_has_item (self))
    show_route (self);
}

/* Whom it goes to follows what is chosen; while one answer is on its way the
 * next question waits for nothing. */
static void
ask_route (LinliIntakeForm *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!linli_intake_form_has_item (self))
    return;
  self->cancellable = g_cancellable_new ();
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_intake_route_read, new_question (self),
                          (GDestroyNotify) linli_intake_question_free, (GDestroyNotify) linli_intake_route_free,
                          self->cancellable, read_route_cb, g_object_ref (self));
}

static gboolean
route_cb (gpointer data)
{
  LinliIntakeForm *self = data;

  self->route_id = 0;
  ask_route (self);

  return G_SOURCE_REMOVE;
}

/* After what is typed letter by letter. */
static void
ask_route_soon (LinliIntakeForm *self)
{
  g_clear_handle_id (&self->route_id, g_source_remove);
  self->route_id = g_timeout_add (PAUSE_MS, route_cb, self);
}

static void
item_cb (LinliIntakeForm *self)
{
  LinliRow *item = linli_picker_get_row (LINLI_PICKER (input_of (self, ITEM)));

  g_clear_pointer (&self->route, linli_intake_route_free);
  show_route (self);
  gtk_widget_set_visible (GTK_WIDGET (self->card), item != NULL);
  linli_attribute_fields_set_item (LINLI_ATTRIBUTE_FIELDS (input_of (self, ATTRIBUTES)),
                                   item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_CODE) : NULL);
  ask_route (self);
}

/* What was picked has been shown already. */
static void
item_typed_cb (LinliIntakeForm *self)
{
  if (!linli_intake_form_has_item (self))
    item_cb (self);
}

/* --- Hints --- */

static char *
text_of (LinliIntakeForm *self,
         guint            which)
{
  GtkWidget *input = input_of (self, which);

  return LINLI_IS_PICKER (input) ? g_strdup (linli_picker_get_text (LINLI_PICKER (input)))
                                 : linli_form_input_dup_text (self->inputs[which]);
}

static char *
picked_of (LinliIntakeForm *self,
           guint            which)
{
  LinliRow *row = linli_picker_get_row (LINLI_PICKER (input_of (self, which)));

  return row != NULL ? g_strdup (linli_row_get_id (row)) : NULL;
}

static LinliHintQuestion *
make_question (gpointer form)
{
  LinliIntakeForm *self = form;
  LinliSuggester *suggester = linli_ui_context_get_suggester (self->context);
  g_autofree char *text = text_of (self, TEXT);
  LinliHintQuestion *question = linli_hint_question_new (text, linli_ui_context_now (self->context),
                                                         linli_suggester_get_knowledge (suggester));
  LinliRow *item = linli_picker_get_row (LINLI_PICKER (input_of (self, ITEM)));

  if (!gtk_check_button_get_active (self->checks[ANONYMOUS]))
    {
      question->appellant = picked_of (self, NAME);
      question->name = text_of (self, NAME);
      question->phone = text_of (self, PHONE);
    }
  question->place = text_of (self, PLACE);
  question->place_id = picked_of (self, PLACE);
  if (item != NULL)
    question->item_code = g_strdup (linli_row_get_text (item, LINLI_DUTY_ITEM_CODE));

  return question;
}

static void
hints_found_cb (LinliIntakeForm *self,
                LinliHints      *hints)
{
  linli_leaf_hints_show (self->leaf_hints, hints->leaves);
  linli_matter_hints_show (self->matter_hints, hints->answers, hints->duplicates);
}

static void
leaf_taken_cb (LinliIntakeForm *self,
               LinliRow        *item)
{
  linli_picker_set_row (LINLI_PICKER (input_of (self, ITEM)), item);
  item_cb (self);
  changed_cb (self);
}

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
  linli_form_input_connect (input, G_CALLBACK (changed_cb), self);
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
      g_signal_connect_object (check, "toggled", i == ANONYMOUS ? G_CALLBACK (anonymous_cb) : G_CALLBACK (changed_cb),
                               self, G_CONNECT_SWAPPED);
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
  g_object_set (input_of (self, PHONE), "input-purpose", GTK_INPUT_PURPOSE_PHONE, NULL);
  add_checks (self, box);
  line = add_line (box);
  add (self, CHANNEL, line, "channel", _("_Channel"),
       new_picker (self, LINLI_PICK_CHANNEL, FALSE, _("Name or initials")))->required = TRUE;
  self->inputs[CHANNEL]->column = LINLI_CHANNEL_CODE;
  self->matter_hints = LINLI_MATTER_HINTS (linli_matter_hints_new (self->context));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->matter_hints));
  g_signal_connect_object (input_of (self, NAME), "picked", G_CALLBACK (resident_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, NAME), "changed", G_CALLBACK (name_typed_cb), self, G_CONNECT_SWAPPED);

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
  g_signal_connect_object (self->leaf_hints, "taken", G_CALLBACK (leaf_taken_cb), self, G_CONNECT_SWAPPED);
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
  gtk_entry_set_placeholder_text (GTK_ENTRY (input_of (self, TITLE)), _("Made from the words when left empty"));
  self->files = LINLI_INTAKE_FILES (linli_intake_files_new (self->context));
  gtk_box_append (GTK_BOX (box), linli_section_new (_("Files"), GTK_WIDGET (self->files)));
  g_signal_connect_object (input_of (self, ITEM), "picked", G_CALLBACK (item_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, ITEM), "changed", G_CALLBACK (item_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, ATTRIBUTES), "changed", G_CALLBACK (ask_route_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, PLACE), "picked", G_CALLBACK (place_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, PLACE), "changed", G_CALLBACK (ask_route_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, COMMUNITY), "changed", G_CALLBACK (ask_route_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, CHANNEL), "changed", G_CALLBACK (ask_route_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, CHANNEL), "picked", G_CALLBACK (ask_route_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (input_of (self, URGENCY), "notify::selected", G_CALLBACK (ask_route), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return box;
}

/* --- The object --- */

static gboolean
linli_intake_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (input_of (LINLI_INTAKE_FORM (widget), TEXT));
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
  self->asker = linli_hint_asker_new (context, make_question, self);
  g_signal_connect_object (self->asker, "found", G_CALLBACK (hints_found_cb), self, G_CONNECT_SWAPPED);
  /* Begins to learn before the first words, and says when it has. */
  g_signal_connect_object (linli_ui_context_get_suggester (context), "changed", G_CALLBACK (linli_hint_asker_touch),
                           self->asker, G_CONNECT_SWAPPED);
  left = new_left (self);
  right = new_right (self); /* listens to the left */
  linli_columns_set_children (columns, left, right);
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
    linli_picker_restore (LINLI_PICKER (input_of (self, CHANNEL)), parts[0], parts[1]);
  item_cb (self);
  linli_leaf_hints_show (self->leaf_hints, NULL);
  linli_matter_hints_show (self->matter_hints, NULL, NULL);
  self->filling = FALSE;
}

/* Remembers the channel of a case that was taken in, for the next one. */
void
linli_intake_form_keep_channel (LinliIntakeForm *self)
{
  LinliRow *channel = linli_picker_get_row (LINLI_PICKER (input_of (self, CHANNEL)));
  g_autofree char *value = NULL;

  if (channel == NULL)
    return;
  value = g_strdup_printf ("%s\n%s", linli_row_get_text (channel, LINLI_CHANNEL_NAME), linli_row_get_id (channel));
  g_settings_set_string (linli_ui_context_get_settings (self->context), "last-channel", value);
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
      GtkWidget *input = input_of (self, typed[i]);
      g_autofree char *text = LINLI_IS_PICKER (input) ? g_strdup (linli_picker_get_text (LINLI_PICKER (input)))
                                                      : linli_form_input_dup_text (self->inputs[typed[i]]);

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
  LinliPicker *name = LINLI_PICKER (input_of (self, NAME));
  LinliRow *known = linli_picker_get_row (name);
  const char *phone = gtk_editable_get_text (GTK_EDITABLE (input_of (self, PHONE)));
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
  LinliPicker *place = LINLI_PICKER (input_of (self, PLACE));

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
  LinliPicker *item = LINLI_PICKER (input_of (self, ITEM));

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
  return linli_picker_get_row (LINLI_PICKER (input_of (self, ITEM))) != NULL;
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
