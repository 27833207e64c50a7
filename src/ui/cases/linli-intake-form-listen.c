/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the form of an intake answers while somebody fills it in: a resident who
 * is known, the community of a place, whom the matter goes to, and the hints. */

#include "config.h"

#include "linli-intake-form-private.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-catalogue-tables.h"
#include "linli-people-tables.h"
#include "linli-picker.h"
#include "linli-route-words.h"

#define PAUSE_MS 200

static void
changed_cb (LinliIntakeForm *self)
{
  linli_hint_asker_touch (self->asker);
  if (!self->filling)
    g_signal_emit_by_name (self, "changed");
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
  LinliRow *resident = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, NAME)));

  if (resident == NULL)
    return;
  say_known (self, resident);
  if (linli_picker_is_restoring (LINLI_PICKER (linli_intake_form_input (self, NAME))))
    return;
  gtk_editable_set_text (GTK_EDITABLE (linli_intake_form_input (self, PHONE)),
                         linli_row_get_text (resident, LINLI_APPELLANT_PHONE) != NULL
                           ? linli_row_get_text (resident, LINLI_APPELLANT_PHONE)
                           : "");
  if (linli_row_get_int (resident, LINLI_APPELLANT_CONFIDENTIAL))
    gtk_check_button_set_active (self->checks[CONFIDENTIAL], TRUE);
}

static void
name_typed_cb (LinliIntakeForm *self)
{
  if (linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, NAME))) == NULL)
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
  LinliRow *place = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, PLACE)));
  const char *community = place != NULL ? linli_row_get_text (place, LINLI_PLACE_COMMUNITY) : NULL;
  g_autofree char *typed = linli_form_input_dup_text (self->inputs[COMMUNITY]);

  if (community == NULL || linli_picker_is_restoring (LINLI_PICKER (linli_intake_form_input (self, PLACE))) ||
      (*typed != '\0' && g_strcmp0 (typed, linli_ui_context_get_session (self->context)->community) != 0 &&
       g_strcmp0 (typed, self->filled_in) != 0))
    return;
  g_free (self->filled_in);
  self->filled_in = g_strdup (community);
  linli_form_input_set_text (self->inputs[COMMUNITY], community);
}

/* --- The duty item --- */

/* @column: -1 for the row's id */
static char *
dup_picked (LinliIntakeForm *self,
            guint            which,
            int              column)
{
  LinliRow *row = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, which)));

  return row == NULL ? NULL : g_strdup (column >= 0 ? linli_row_get_text (row, (guint) column) : linli_row_get_id (row));
}

static LinliIntakeQuestion *
new_question (LinliIntakeForm *self)
{
  LinliIntakeQuestion *question = g_new0 (LinliIntakeQuestion, 1);

  question->item = dup_picked (self, ITEM, LINLI_DUTY_ITEM_CODE);
  question->attributes = linli_form_input_dup_text (self->inputs[ATTRIBUTES]);
  question->community = linli_form_input_dup_text (self->inputs[COMMUNITY]);
  question->place = g_strdup (linli_picker_get_text (LINLI_PICKER (linli_intake_form_input (self, PLACE))));
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

  linli_item_card_show (self->card, linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, ITEM))),
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

/* The item that is picked now: its card, what is asked about it, whom it goes to. */
void
linli_intake_form_show_item (LinliIntakeForm *self)
{
  LinliRow *item = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, ITEM)));

  g_clear_pointer (&self->route, linli_intake_route_free);
  show_route (self);
  gtk_widget_set_visible (GTK_WIDGET (self->card), item != NULL);
  linli_attribute_fields_set_item (LINLI_ATTRIBUTE_FIELDS (linli_intake_form_input (self, ATTRIBUTES)),
                                   item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_CODE) : NULL);
  ask_route (self);
}

/* What was picked has been shown already. */
static void
item_typed_cb (LinliIntakeForm *self)
{
  if (!linli_intake_form_has_item (self))
    linli_intake_form_show_item (self);
}

/* --- Hints --- */

static LinliHintQuestion *
make_question (gpointer form)
{
  LinliIntakeForm *self = form;
  LinliSuggester *suggester = linli_ui_context_get_suggester (self->context);
  g_autofree char *text = linli_intake_form_dup_text (self, TEXT);
  LinliHintQuestion *question = linli_hint_question_new (text, linli_ui_context_now (self->context),
                                                         linli_suggester_get_knowledge (suggester));
  LinliRow *item = linli_picker_get_row (LINLI_PICKER (linli_intake_form_input (self, ITEM)));

  if (!gtk_check_button_get_active (self->checks[ANONYMOUS]))
    {
      question->appellant = dup_picked (self, NAME, -1);
      question->name = linli_intake_form_dup_text (self, NAME);
      question->phone = linli_intake_form_dup_text (self, PHONE);
    }
  question->place = linli_intake_form_dup_text (self, PLACE);
  question->place_id = dup_picked (self, PLACE, -1);
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
  linli_picker_set_row (LINLI_PICKER (linli_intake_form_input (self, ITEM)), item);
  linli_intake_form_show_item (self);
  changed_cb (self);
}

/* --- Listening --- */

static void
listen_to (LinliIntakeForm *self,
           guint            which,
           const char      *signal,
           GCallback        callback)
{
  g_signal_connect_object (linli_intake_form_input (self, which), signal, callback, self, G_CONNECT_SWAPPED);
}

/* Once, when everything stands in the form: one part listens to another. */
void
linli_intake_form_listen (LinliIntakeForm *self)
{
  self->asker = linli_hint_asker_new (self->context, make_question, self);
  g_signal_connect_object (self->asker, "found", G_CALLBACK (hints_found_cb), self, G_CONNECT_SWAPPED);
  /* Begins to learn before the first words, and says when it has. */
  g_signal_connect_object (linli_ui_context_get_suggester (self->context), "changed", G_CALLBACK (linli_hint_asker_touch),
                           self->asker, G_CONNECT_SWAPPED);

  for (guint i = 0; i < N_INPUTS; i++)
    linli_form_input_connect (self->inputs[i], G_CALLBACK (changed_cb), self);
  for (guint i = 0; i < N_CHECKS; i++)
    g_signal_connect_object (self->checks[i], "toggled", i == ANONYMOUS ? G_CALLBACK (anonymous_cb) : G_CALLBACK (changed_cb),
                             self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaf_hints, "taken", G_CALLBACK (leaf_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  listen_to (self, NAME, "picked", G_CALLBACK (resident_cb));
  listen_to (self, NAME, "changed", G_CALLBACK (name_typed_cb));
  listen_to (self, ITEM, "picked", G_CALLBACK (linli_intake_form_show_item));
  listen_to (self, ITEM, "changed", G_CALLBACK (item_typed_cb));
  listen_to (self, ATTRIBUTES, "changed", G_CALLBACK (ask_route_soon));
  listen_to (self, PLACE, "picked", G_CALLBACK (place_cb));
  listen_to (self, PLACE, "changed", G_CALLBACK (ask_route_soon));
  listen_to (self, COMMUNITY, "changed", G_CALLBACK (ask_route_soon));
  listen_to (self, CHANNEL, "changed", G_CALLBACK (ask_route_soon));
  listen_to (self, CHANNEL, "picked", G_CALLBACK (ask_route_soon));
  listen_to (self, URGENCY, "notify::selected", G_CALLBACK (ask_route));
}
