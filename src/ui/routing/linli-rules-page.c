/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-rules-page.h"

#include <glib/gi18n-lib.h>

#include "linli-attribute-fields.h"
#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-change.h"
#include "linli-form-input.h"
#include "linli-intake-route.h"
#include "linli-picker.h"
#include "linli-route-card.h"
#include "linli-routing-tables.h"
#include "linli-rule-dialog.h"

enum { ITEM, ATTRIBUTES, COMMUNITY, PLACE, N_INPUTS };

struct _LinliRulesPage
{
  AdwBin          parent_instance;

  /* Template children */
  GtkStack       *stack;
  GtkListBox     *list;
  GtkBox         *trial;
  AdwBin         *answer;

  /* Owned */
  LinliUiContext *context;
  GCancellable   *cancellable;
  LinliRuleList  *rules;             /* (nullable) */
  LinliFormInput *inputs[N_INPUTS];  /* of the matter tried out */
  GtkWindow      *dialog;            /* (nullable) weak */
};

G_DEFINE_FINAL_TYPE (LinliRulesPage, linli_rules_page, ADW_TYPE_BIN)

/* --- Changing a rule --- */

static void reload (LinliRulesPage *self);

static void
run (LinliRulesPage *self,
     const char     *command,
     LinliRequest   *request)
{
  linli_change_run (self->context, command, request, _("The rules are changed."), (LinliChangeRefused) reload, self);
}

static void
done_cb (LinliRulesPage *self,
         const char     *command,
         const char     *operation)
{
  linli_change_say (self->context, _("The rules are changed."), operation);
}

static void
open_dialog (LinliRulesPage *self,
             LinliRow       *rule)
{
  LinliActionDialog *dialog;

  if (self->rules == NULL || self->dialog != NULL)
    return;
  dialog = linli_rule_dialog_new (self->context, self->rules, rule);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  open_dialog (LINLI_RULES_PAGE (widget), NULL);
}

static LinliRow *
rule_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "rule");
}

static void
row_activated_cb (LinliRulesPage *self,
                  GtkListBoxRow  *row)
{
  open_dialog (self, rule_of_row (row));
}

/* The focused rule goes up or down by one. */
static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliRulesPage *self = LINLI_RULES_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL; /* or itself */
  g_autoptr(LinliRequest) request = linli_request_new ();
  int to;

  if (row == NULL || gtk_widget_get_parent (row) != GTK_WIDGET (self->list))
    return;
  to = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + 1 + g_variant_get_int32 (parameter);
  if (to < 1 || to > (int) self->rules->rules->len)
    return;
  g_object_set_data_full (G_OBJECT (self), "focus-rule",
                          g_strdup (linli_row_get_text (rule_of_row (GTK_LIST_BOX_ROW (row)), LINLI_ROUTING_RULE_CODE)), g_free);
  linli_request_set_text (request, "rule", linli_row_get_text (rule_of_row (GTK_LIST_BOX_ROW (row)), LINLI_ROUTING_RULE_CODE));
  linli_request_set_int (request, "to", to);
  run (self, "rule.move", request);
}

static gboolean
switched_cb (LinliRulesPage *self,
             gboolean        active,
             GtkSwitch      *toggle)
{
  LinliRow *rule = g_object_get_data (G_OBJECT (toggle), "rule");
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "rule", linli_row_get_text (rule, LINLI_ROUTING_RULE_CODE));
  linli_request_set_bool (request, "active", active);
  run (self, "rule.switch", request);
  return FALSE;
}

/* --- Showing --- */

static GtkWidget *
switch_new (LinliRulesPage *self,
            LinliRow       *rule)
{
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *name = g_strdup_printf (_("“%s” is in force"), linli_row_get_text (rule, LINLI_ROUTING_RULE_NAME));

  gtk_switch_set_active (GTK_SWITCH (toggle), linli_row_get_int (rule, LINLI_ROUTING_RULE_ACTIVE) != 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (toggle), "rule", linli_row_ref (rule), (GDestroyNotify) linli_row_unref);
  g_signal_connect_object (toggle, "state-set", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);

  return toggle;
}

static GtkWidget *
row_new (LinliRulesPage *self,
         LinliRow       *rule,
         guint           n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *conditions = linli_rule_words (self->rules, rule);
  g_autofree char *unit = linli_rule_unit_words (self->rules, rule);
  g_autofree char *title = g_strdup_printf ("%s → %s", linli_row_get_text (rule, LINLI_ROUTING_RULE_NAME), unit);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_conditions = g_markup_escape_text (conditions, -1);
  g_autofree char *name = g_strdup_printf ("%s. %s, %s", number, title, conditions);
  GtkWidget *label = gtk_label_new (number);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (label), 3);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_conditions);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), switch_new (self, rule));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "rule", linli_row_ref (rule), (GDestroyNotify) linli_row_unref);

  return row;
}

static void
show (LinliRulesPage *self)
{
  g_autofree char *focus = g_object_steal_data (G_OBJECT (self), "focus-rule");
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->rules->rules->len; i++)
    {
      GtkWidget *made = row_new (self, self->rules->rules->pdata[i], i + 1);

      gtk_list_box_append (self->list, made);
      if (g_strcmp0 (focus, linli_row_get_text (self->rules->rules->pdata[i], LINLI_ROUTING_RULE_CODE)) == 0)
        gtk_widget_grab_focus (made);
    }
  gtk_stack_set_visible_child_name (self->stack, self->rules->rules->len > 0 ? "rules" : "empty");
}

static void
read_rules_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliRulesPage) self = user_data;
  LinliRuleList *rules = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (rules == NULL)
    return;
  g_clear_pointer (&self->rules, linli_rule_list_free);
  self->rules = rules;
  if (self->context != NULL)
    show (self);
}

static void
reload (LinliRulesPage *self)
{
  if (self->context == NULL)
    return;
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_rule_list_read, NULL, NULL,
                          (GDestroyNotify) linli_rule_list_free, self->cancellable, read_rules_cb, g_object_ref (self));
}

/* --- Trying it out --- */

static GtkWidget *
input_of (LinliRulesPage *self,
          guint           which)
{
  return linli_field_get_input (self->inputs[which]->field);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliRulesPage) self = user_data;
  g_autoptr(LinliIntakeRoute) route = linli_store_read_finish (LINLI_STORE (source), result, NULL);

  if (route != NULL && route->note != NULL && self->context != NULL)
    adw_bin_set_child (self->answer, linli_route_card_new (route->note));
}

static void
try_cb (LinliRulesPage *self)
{
  LinliRow *item = linli_picker_get_row (LINLI_PICKER (input_of (self, ITEM)));
  LinliIntakeQuestion *question;

  linli_attribute_fields_set_item (LINLI_ATTRIBUTE_FIELDS (input_of (self, ATTRIBUTES)),
                                   item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_CODE) : NULL);
  if (item == NULL)
    {
      adw_bin_set_child (self->answer, linli_text_new (_("Choose a duty item, and see where such a matter would "
                                                         "go and why."), "dim-label"));
      return;
    }
  question = g_new0 (LinliIntakeQuestion, 1);
  question->item = g_strdup (linli_row_get_text (item, LINLI_DUTY_ITEM_CODE));
  question->attributes = linli_form_input_dup_text (self->inputs[ATTRIBUTES]);
  question->community = linli_form_input_dup_text (self->inputs[COMMUNITY]);
  question->place = linli_form_input_dup_text (self->inputs[PLACE]);
  question->urgency = g_strdup ("");
  question->at = linli_ui_context_now (self->context);
  linli_store_read_async (linli_ui_context_get_store (self->context), linli_intake_route_read, question,
                          (GDestroyNotify) linli_intake_question_free, (GDestroyNotify) linli_intake_route_free,
                          self->cancellable, tried_cb, g_object_ref (self));
}

static void
add_input (LinliRulesPage *self,
           guint           which,
           const char     *name,
           const char     *label,
           GtkWidget      *input)
{
  self->inputs[which] = linli_form_input_new (name, linli_field_new (label, input));
  gtk_box_append (self->trial, GTK_WIDGET (self->inputs[which]->field));
  linli_form_input_connect (self->inputs[which], G_CALLBACK (try_cb), self);
}

static void
make_trial (LinliRulesPage *self)
{
  GtkWidget *item = linli_picker_new (self->context, LINLI_PICK_DUTY_ITEM, FALSE);

  add_input (self, ITEM, "item", _("Duty _item"), item);
  g_signal_connect_object (item, "picked", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);
  add_input (self, ATTRIBUTES, "attributes", _("What is asked about it"), linli_attribute_fields_new (self->context));
  add_input (self, COMMUNITY, "community", _("Co_mmunity"), gtk_entry_new ());
  add_input (self, PLACE, "place", _("P_lace"), gtk_entry_new ());
  linli_form_input_set_text (self->inputs[COMMUNITY], linli_ui_context_get_session (self->context)->community);
  try_cb (self);
}

/* --- The object --- */

static void
linli_rules_page_dispose (GObject *object)
{
  LinliRulesPage *self = LINLI_RULES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_rules_page_parent_class)->dispose (object);
}

static void
linli_rules_page_finalize (GObject *object)
{
  LinliRulesPage *self = LINLI_RULES_PAGE (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->rules, linli_rule_list_free);
  for (guint i = 0; i < N_INPUTS; i++)
    g_clear_pointer (&self->inputs[i], linli_form_input_free);

  G_OBJECT_CLASS (linli_rules_page_parent_class)->finalize (object);
}

static void
linli_rules_page_class_init (LinliRulesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_rules_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_rules_page_finalize;
  gtk_widget_class_install_action (widget_class, "rules.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "rules.move", "i", move_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "rules.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "rules.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-rules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliRulesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliRulesPage, list);
  gtk_widget_class_bind_template_child (widget_class, LinliRulesPage, trial);
  gtk_widget_class_bind_template_child (widget_class, LinliRulesPage, answer);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_rules_page_init (LinliRulesPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_rules_page_new (LinliUiContext *context)
{
  LinliRulesPage *self = g_object_new (LINLI_TYPE_RULES_PAGE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_store_get_db (linli_ui_context_get_store (context)), "changed::routing_rule",
                           G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  make_trial (self);
  reload (self);

  return GTK_WIDGET (self);
}
