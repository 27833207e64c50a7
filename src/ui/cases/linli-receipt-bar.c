/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-receipt-bar.h"

struct _LinliReceiptBar
{
  GtkBox       parent_instance;

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel    *words;
  GtkLabel    *number;
  GtkButton   *open;
};

G_DEFINE_FINAL_TYPE (LinliReceiptBar, linli_receipt_bar, GTK_TYPE_BOX)

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          gtk_label_get_label (LINLI_RECEIPT_BAR (widget)->number));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "win.print-form", "(ss)", "receipt",
                              gtk_label_get_label (LINLI_RECEIPT_BAR (widget)->number));
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  linli_receipt_bar_hide (LINLI_RECEIPT_BAR (widget));
}

static void
linli_receipt_bar_class_init (LinliReceiptBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-receipt-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliReceiptBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LinliReceiptBar, words);
  gtk_widget_class_bind_template_child (widget_class, LinliReceiptBar, number);
  gtk_widget_class_bind_template_child (widget_class, LinliReceiptBar, open);
  gtk_widget_class_install_action (widget_class, "receipt.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "receipt.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "receipt.close", NULL, close_action);
}

static void
linli_receipt_bar_init (LinliReceiptBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linli_receipt_bar_hide (self);
}

/* @words: what became of the case */
void
linli_receipt_bar_show (LinliReceiptBar *self,
                        const char      *words,
                        const char      *number,
                        const char      *case_id)
{
  g_return_if_fail (LINLI_IS_RECEIPT_BAR (self));

  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->number, number);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", case_id);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/* Something more became of the same case. */
void
linli_receipt_bar_say (LinliReceiptBar *self,
                       const char      *words)
{
  g_return_if_fail (LINLI_IS_RECEIPT_BAR (self));

  gtk_label_set_label (self->words, words);
}

void
linli_receipt_bar_hide (LinliReceiptBar *self)
{
  g_return_if_fail (LINLI_IS_RECEIPT_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
