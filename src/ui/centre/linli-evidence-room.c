/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 办结要件: the duty items that ask for more than words when a result is
 * reported. An item that asks for nothing any more leaves the list. */

#include "config.h"

#include "linli-centre-rooms.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-duty-evidence.h"
#include "linli-evidence-kinds.h"

static gpointer
read_items (LinliConn *conn,
            gint64     now,
            GError   **error)
{
  return linli_duty_evidence_load (conn, error);
}

static const char *
translate (const char *sentence)
{
  return g_dgettext (GETTEXT_PACKAGE, sentence);
}

static void
show_items (LinliCentreRoom *room,
            gpointer         facts)
{
  GPtrArray *items = facts;

  for (guint i = 0; i < items->len; i++)
    {
      LinliRow *item = items->pdata[i];
      const char *code = linli_row_get_text (item, LINLI_DUTY_ITEM_CODE);
      g_autofree char *evidence = linli_evidence_kinds_words (linli_row_get_text (item, LINLI_DUTY_ITEM_EVIDENCE), translate);
      const LinliRoomLine line = { code, linli_row_get_text (item, LINLI_DUTY_ITEM_NAME), evidence, code, NULL, TRUE };

      linli_centre_room_add (room, &line);
    }
}

/* --- The form --- */

static GtkWidget *
new_checks (const char *text)
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS + 1] = { NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  guint n = 0;

  linli_evidence_kinds_parse (text, kinds, &n);
  for (guint i = 0; linli_evidence_kinds[i] != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (translate (linli_evidence_kind_words (linli_evidence_kinds[i])));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strv_contains (kinds, linli_evidence_kinds[i]));
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  GtkWidget *check = gtk_widget_get_first_child (data);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; check != NULL; i++, check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", linli_evidence_kinds[i]);
  linli_request_set_text (request, "evidence", text->str);
  return TRUE;
}

static LinliRow *
find_item (GPtrArray  *items,
           const char *code)
{
  for (guint i = 0; code != NULL && i < items->len; i++)
    if (g_str_equal (linli_row_get_text (items->pdata[i], LINLI_DUTY_ITEM_CODE), code))
      return items->pdata[i];
  return NULL;
}

/* Another item that asks for something already is picked with what it asks for. */
static void
picked_cb (LinliPicker *picker,
           GtkWidget   *checks)
{
  LinliRow *item = linli_picker_get_row (picker);
  const char *kinds[LINLI_EVIDENCE_N_KINDS + 1] = { NULL };
  GtkWidget *check = gtk_widget_get_first_child (checks);
  guint n = 0;

  if (item == NULL)
    return;
  linli_evidence_kinds_parse (linli_row_get_text (item, LINLI_DUTY_ITEM_EVIDENCE), kinds, &n);
  for (guint i = 0; check != NULL; i++, check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strv_contains (kinds, linli_evidence_kinds[i]));
}

static LinliActionDialog *
edit_item (LinliUiContext *context,
           gpointer        facts,
           const char     *code)
{
  LinliRow *item = find_item (facts, code);
  GtkWidget *checks = new_checks (item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_EVIDENCE) : NULL);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "duty.set-evidence", code != NULL ? code : "new",
                                                       item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_NAME)
                                                                    : _("Evidence of One More Item"), _("Save"));

  if (item != NULL)
    {
      const char *closing = linli_row_get_text (item, LINLI_DUTY_ITEM_CLOSING);

      linli_action_dialog_fix_text (dialog, "code", code);
      if (closing != NULL)
        linli_action_dialog_add_widget (dialog, linli_section_new (_("Closed when"), linli_text_new (closing, NULL)));
      gtk_window_set_focus (GTK_WINDOW (dialog), gtk_widget_get_first_child (checks));
    }
  else
    {
      LinliFormInput *input = linli_action_dialog_add_picker (dialog, "code", _("_Duty item"), LINLI_PICK_DUTY_ITEM, NULL);

      input->required = TRUE;
      input->column = LINLI_DUTY_ITEM_CODE;
      g_signal_connect_object (linli_field_get_input (input->field), "picked", G_CALLBACK (picked_cb), checks, 0);
    }
  linli_action_dialog_add_widget (dialog, linli_section_new (_("Asked for before a result can be reported"), checks));
  linli_action_dialog_add_widget (dialog, linli_text_new (_("This holds for cases registered from now on; those under way keep "
                                                            "what was asked for when they were registered."), "dim-label"));
  linli_action_dialog_set_collect (dialog, collect, checks);

  return dialog;
}

static const char *const tables[] = { "duty_item", NULL };

const LinliRoomKind linli_evidence_room = {
  .id = "evidence",
  .title = N_("Closing Evidence"),
  .icon = "linli-done-symbolic",
  .doc = N_("What a unit has to show, beside its words, before it can report a result. Somebody who reviews cases may waive it "
            "in a single case, with a reason."),
  .command = "duty.set-evidence",
  .fresh = N_("_One More Item…"),
  .tables = tables,
  .read = read_items,
  .facts_free = (GDestroyNotify) g_ptr_array_unref,
  .show = show_items,
  .edit = edit_item,
};
