/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-parked-row.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-entry-words.h"
#include "linli-sync-words.h"
#include "linli-time-words.h"

struct _LinliParkedRow
{
  AdwBin    parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkEntry *reason;

  /* Owned */
  char     *operation;
  char     *kind;
  char     *args;
};

enum { DECIDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliParkedRow, linli_parked_row, ADW_TYPE_BIN)

static void
linli_parked_row_finalize (GObject *object)
{
  LinliParkedRow *self = LINLI_PARKED_ROW (object);

  g_free (self->operation);
  g_free (self->kind);
  g_free (self->args);

  G_OBJECT_CLASS (linli_parked_row_parent_class)->finalize (object);
}

static void
linli_parked_row_class_init (LinliParkedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_parked_row_finalize;

  /**
   * LinliParkedRow::decided:
   * @decision: again, note, dropped, seen
   * @reason: (nullable)
   */
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
linli_parked_row_init (LinliParkedRow *self)
{
}

static void
decide_cb (GtkButton      *button,
           LinliParkedRow *self)
{
  const char *reason = self->reason != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->reason)) : NULL;

  g_signal_emit (self, signals[DECIDED], 0, g_object_get_data (G_OBJECT (button), "decision"), reason);
}

/* Dropping what somebody typed takes a reason. */
static void
reason_cb (GtkEditable *entry,
           GtkWidget   *button)
{
  gtk_widget_set_sensitive (button, *gtk_editable_get_text (entry) != '\0');
}

static GtkWidget *
add_button (LinliParkedRow *self,
            GtkBox         *box,
            const char     *label,
            const char     *decision)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data (G_OBJECT (button), "decision", (gpointer) decision);
  g_signal_connect_object (button, "clicked", G_CALLBACK (decide_cb), self, 0);
  gtk_box_append (box, button);
  return button;
}

static GtkWidget *
make_decisions (LinliParkedRow    *self,
                const LinliParked *parked)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *drop;

  if (!g_str_equal (parked->result, "rejected"))
    {
      add_button (self, GTK_BOX (box), _("_Seen"), "seen");
      return box;
    }
  add_button (self, GTK_BOX (box), _("_Do Again"), "again");
  self->reason = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->reason, _("Why it is dropped"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Why it is dropped"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->reason), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->reason));
  drop = add_button (self, GTK_BOX (box), _("Dr_op"), "dropped");
  gtk_widget_add_css_class (drop, "destructive-action");
  gtk_widget_set_sensitive (drop, FALSE);
  g_signal_connect_object (self->reason, "changed", G_CALLBACK (reason_cb), drop, 0);

  return box;
}

static void
add_sides (GtkBox            *card,
           const LinliParked *parked)
{
  for (guint i = 0; i + 2 < parked->fields->len; i += 3)
    {
      /* Translators: of a field that two people changed: what stands, and what was typed here */
      g_autofree char *words = g_strdup_printf (_("at the hub: %s\nhere: %s"), (char *) parked->fields->pdata[i + 1],
                                                (char *) parked->fields->pdata[i + 2]);

      gtk_box_append (card, linli_fact_row_new (linli_case_field_words (parked->fields->pdata[i]), words));
    }
  for (guint i = 0; parked->fields->len == 0 && i + 1 < parked->mine->len; i += 2)
    gtk_box_append (card, linli_text_new (parked->mine->pdata[i + 1], NULL));
}

/* @parked: read now and not kept */
LinliParkedRow *
linli_parked_row_new (const LinliParked *parked,
                      LinliUiContext    *context)
{
  LinliParkedRow *self = g_object_new (LINLI_TYPE_PARKED_ROW, NULL);
  GtkWidget *card = linli_card_new (8);
  g_autofree char *title = linli_parked_title (parked);
  g_autofree char *reason = linli_parked_reason (parked);
  g_autofree char *moment = linli_moment_words (parked->opened_at, linli_ui_context_now (context),
                                                linli_ui_context_get_zone (context));

  self->operation = g_strdup (parked->operation);
  self->kind = g_strdup (parked->kind);
  self->args = g_strdup (parked->args);
  gtk_box_append (GTK_BOX (card), linli_text_new (title, "heading"));
  gtk_box_append (GTK_BOX (card), linli_text_new (reason, NULL));
  add_sides (GTK_BOX (card), parked);
  gtk_box_append (GTK_BOX (card), linli_caption_new (moment));
  gtk_box_append (GTK_BOX (card), make_decisions (self, parked));
  adw_bin_set_child (ADW_BIN (self), card);

  return self;
}

const char *
linli_parked_row_get_operation (LinliParkedRow *self)
{
  return self->operation;
}

const char *
linli_parked_row_get_kind (LinliParkedRow *self)
{
  return self->kind;
}

/* Returns: JSON, as the command takes it */
const char *
linli_parked_row_get_args (LinliParkedRow *self)
{
  return self->args;
}
